import type { ConsumeCommand, PlaceHoldCommand } from "../pool/commands.ts";
import { goneAs, type HoldFact, least, type Place, sum, type Transfer } from "./reference-facts.ts";
import { MOST_OF_A_POOL } from "./reference-grants.ts";
import type { Ask } from "./history.ts";
import type { Story } from "./reference-story.ts";

/* What spends credits, sets them aside or gives them back. Each answers why it changed nothing, or null. */

export function spend(story: Story, { amount, limit, occurredAt }: ConsumeCommand): string | null {
  const { facts } = story;
  const available = facts.available();
  if (limit === "hard" && amount > available) return `insufficient_credits: ${amount} of ${available}`;
  const owed = facts.overage() + amount - facts.at("free");
  if (amount < 0n || amount > MOST_OF_A_POOL || owed > MOST_OF_A_POOL) return "amount_out_of_range";
  story.write("consumed", occurredAt, () => {
    const missing = story.drawFree("burned", amount);
    facts.bills.push({ asked: story.asked, amount: missing, reverses: null });
  });
  return null;
}

export function reverse(story: Story, consumed: number, at: number): string | null {
  const { facts } = story;
  const stays = (id: string) => facts.grants.some((grant) => grant.id === id && goneAs(grant, at) === null);
  const billed = sum(facts.bills.filter((bill) => bill.asked === consumed).map((bill) => bill.amount));
  const forgiven = least(billed, facts.overage());

  // What it owed and owes no more was repaid since, by whichever grants: of those that stay, the newest comes first.
  let repaid = billed - forgiven;
  const givenBack: Omit<Transfer, "asked">[] = [];
  for (const { id } of facts.grants.toReversed()) {
    if (!stays(id)) continue;
    const amount = least(repaid, facts.at("repaid", id));
    repaid -= amount;
    if (amount > 0n) givenBack.push({ grantId: id, from: "repaid", to: "free", amount });
  }
  const restored = facts.transfers
    .filter(({ asked, to, grantId }) => asked === consumed && to === "burned" && stays(grantId))
    .map(({ grantId, amount }) => ({ grantId, from: "burned", to: "free", amount }) as const);

  const all = [...givenBack, ...restored];
  if (facts.holdings() + sum(all.map((each) => each.amount)) > MOST_OF_A_POOL) return "amount_out_of_range";
  const { asked } = story;
  if (givenBack.length > 0)
    story.write("overage_repaid", at, () => {
      facts.transfers.push(...givenBack.map((each) => ({ ...each, asked })));
    });
  story.write("reversed", at, () => {
    facts.transfers.push(...restored.map((each) => ({ ...each, asked })));
    const letOff = forgiven + sum(givenBack.map((each) => each.amount));
    facts.bills.push({ asked, amount: -letOff, reverses: consumed });
  });
  const concerned = facts.grants.filter(({ id }) => all.some((each) => each.grantId === id));
  story.welcomeBack(concerned, at);
  return null;
}

export function setAside(story: Story, ask: PlaceHoldCommand, at: number): string | null {
  const { holdId: id, amount, expiresAt } = ask;
  if (amount < 0n || amount > MOST_OF_A_POOL) return "amount_out_of_range";
  const available = story.facts.available();
  if (amount > available) return `insufficient_credits: ${amount} of ${available}`;
  story.write("hold_placed", at, () => {
    story.facts.holds.push({ id, expiresAt, isOpen: true });
    story.drawFree(`hold ${id}`, amount);
  });
  return null;
}

export function capture(
  story: Story,
  { amount, isFinal }: Extract<Ask, { kind: "capture_hold" }>,
  { hold, at }: { hold: HoldFact; at: number },
): string | null {
  const { facts } = story;
  if (!hold.isOpen) return "hold_closed";
  if (amount < 0n || amount > MOST_OF_A_POOL) return "amount_out_of_range";
  const place: Place = `hold ${hold.id}`;
  const available = facts.available();
  const reserved = facts.at(place);
  if (amount > reserved + available) return `insufficient_credits: ${amount} of ${reserved + available}`;
  story.write("consumed", at, () => {
    let ofHold = least(amount, reserved);
    let ofFree = amount - ofHold;
    for (const grant of facts.grantsInBurnOrder()) {
      ofHold -= story.move(grant, [place, "burned"], ofHold);
      ofFree -= story.move(grant, ["free", "burned"], ofFree);
    }
    if (isFinal && amount >= reserved) hold.isOpen = false;
  });
  if (isFinal && hold.isOpen) story.endHold(hold, at);
  return null;
}

export function release(story: Story, hold: HoldFact, at: number): string | null {
  if (!hold.isOpen) return "hold_closed";
  story.endHold(hold, at);
  return null;
}

export function extend(
  story: Story,
  hold: HoldFact,
  { expiresAt, at }: { expiresAt: number; at: number },
): string | null {
  if (!hold.isOpen) return "hold_closed";
  if (expiresAt <= hold.expiresAt) return "not_later";
  story.write("updated", at, () => {
    hold.expiresAt = expiresAt;
  });
  return null;
}
