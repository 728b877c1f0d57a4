import type { GrantCommand } from "../pool/commands.ts";
import { goneAs, type GrantFact } from "./reference-facts.ts";
import type { Ask } from "./history.ts";
import type { Story } from "./reference-story.ts";

/* What is asked about grants, told to its end. Each answers why it changed nothing, or null. */

const MOST_OF_A_GRANT = 10n ** 18n;
export const MOST_OF_A_POOL = 9n * 10n ** 18n;

export function accept(story: Story, ask: GrantCommand, at: number): string | null {
  const { grantId: id, amount, category, priority, expiresAt, isPaymentPending } = ask;
  const { facts } = story;
  const effectiveAt = ask.effectiveAt ?? at;
  if (expiresAt !== null && (expiresAt <= at || expiresAt <= effectiveAt)) return "already_expired";
  if (amount < 1n || amount > MOST_OF_A_GRANT || facts.holdings() + amount > MOST_OF_A_POOL)
    return "amount_out_of_range";
  const grant: GrantFact = {
    ...{ id, category, priority, effectiveAt, expiresAt, created: story.asked },
    ...{ isPaymentPending, isFrozen: false, isRevoked: false },
  };
  facts.grants.push(grant);
  story.write("granted", at, () => {
    facts.transfers.push({ asked: story.asked, grantId: id, from: "outside", to: "waiting", amount });
    if (!isPaymentPending && effectiveAt <= at) story.move(grant, ["waiting", "free"]);
  });
  story.repayWith(grant, at);
  return null;
}

export function update(
  story: Story,
  ask: Extract<Ask, { kind: "update_grant" }>,
  { grant, at }: { grant: GrantFact; at: number },
): string | null {
  const { priority, effectiveAt, expiresAt } = ask;
  const givesTime = effectiveAt !== undefined || expiresAt !== undefined;
  if (priority !== undefined || givesTime) {
    const gone = goneAs(grant, at);
    if (gone !== null) return `grant_closed: ${gone}`;
  }
  if (effectiveAt !== undefined && story.facts.hasBegun(grant.id)) return "already_active";
  const begins = effectiveAt ?? grant.effectiveAt;
  const ends = (expiresAt === undefined ? grant.expiresAt : expiresAt) ?? Infinity;
  const isOver = (expiresAt ?? Infinity) <= at || ends <= begins;
  if (givesTime && isOver) return "already_expired";
  story.write("updated", at, () => {
    if (priority !== undefined) grant.priority = priority;
    if (effectiveAt !== undefined) grant.effectiveAt = effectiveAt;
    if (expiresAt !== undefined) grant.expiresAt = expiresAt;
  });
  return null;
}

export function revoke(
  story: Story,
  grant: GrantFact,
  { amount, at }: { amount: bigint | null; at: number },
): string | null {
  const { facts } = story;
  const gone = goneAs(grant, at);
  if (gone !== null) return `grant_closed: ${gone}`;
  if (facts.holdings(grant.id) === 0n) return "grant_closed: depleted";
  if (amount !== null && amount <= 0n) return "amount_out_of_range";
  const waiting = facts.at("waiting", grant.id);
  const frozen = facts.at("frozen", grant.id);
  const revocable = waiting + frozen + facts.at("free", grant.id);
  if (amount !== null && amount > revocable) return `beyond_revocable: ${revocable}`;
  const wanted = amount ?? revocable;
  if (frozen > 0n) story.write("unfrozen", at, () => story.move(grant, ["frozen", "free"], wanted));
  story.write("revoked", at, () => {
    story.move(grant, [waiting > 0n ? "waiting" : "free", "revoked"], wanted);
    if (amount === null || facts.holdings(grant.id) === 0n) grant.isRevoked = true;
  });
  return null;
}

export function confirmPayment(story: Story, grant: GrantFact, at: number): string | null {
  if (!grant.isPaymentPending) return "not_pending";
  if (grant.isRevoked) return "grant_closed: revoked";
  if (grant.effectiveAt <= at && !grant.isFrozen) {
    story.begin(grant, at);
    return null;
  }
  story.write("updated", at, () => {
    grant.isPaymentPending = false;
  });
  return null;
}

export function freeze(story: Story, grant: GrantFact, at: number): string | null {
  const gone = goneAs(grant, at);
  if (gone !== null) return `grant_closed: ${gone}`;
  if (grant.isFrozen) return "already_frozen";
  grant.isFrozen = true;
  story.takeAll("frozen", grant, at);
  return null;
}

export function unfreeze(story: Story, grant: GrantFact, at: number): string | null {
  if (grant.isRevoked) return "grant_closed: revoked";
  if (!grant.isFrozen) return "not_frozen";
  story.write("unfrozen", at, () => {
    grant.isFrozen = false;
    story.move(grant, ["frozen", "free"]);
  });
  story.welcomeBack([grant], at);
  return null;
}
