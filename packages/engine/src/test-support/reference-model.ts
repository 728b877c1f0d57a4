import { type Ask, type Chapter, dueAt, type Taken } from "./history.ts";
import { isHold, isInBalance, type Place } from "./reference-facts.ts";
import { accept, confirmPayment, freeze, revoke, unfreeze, update } from "./reference-grants.ts";
import { capture, extend, release, reverse, setAside, spend } from "./reference-spending.ts";
import { Story } from "./reference-story.ts";

export { dueAt } from "./history.ts";
export type { Ask, Chapter, Line, Move, Taken } from "./history.ts";
export { byRows, rankInBurnOrder } from "./reference-facts.ts";

/*
 * The rules of credits told a second time, slowly. Nothing is kept but facts: what was said of grants and holds, and who
 * moved how much of which grant from where to where. Every number is added up from those facts whenever it is asked for.
 * No line is shared with the engine, only the names of its commands, so that both being wrong in the same way takes two
 * separate mistakes.
 */

/** Tells the whole history from its beginning: one chapter for each ask. */
export function tell(history: readonly Taken[]): Chapter[] {
  const telling = new Telling();
  return history.map((taken) => telling.next(taken));
}

/** Tells a history ask by ask. */
export class Telling {
  #story = new Story();
  #asked = 0;

  next(taken: Taken): Chapter {
    const { ask } = taken;
    const at = dueAt(taken);
    const story = this.#story;
    story.lines.length = 0;
    story.asked = this.#asked;
    this.#asked += 1;
    const answer = answerTo(story, ask, at);
    if (answer === "unknown") return chapterOf(story, answer);
    story.passTime(at, -Infinity);
    const refusal = answer();
    if (refusal === null) story.passTime(at, at);
    return chapterOf(story, refusal);
  }
}

type Answer = () => string | null;

/** What would carry an ask out and say why not, if it is about something that there is. */
function answerTo(story: Story, ask: Ask, at: number): Answer | "unknown" {
  const { grants, holds } = story.facts;
  switch (ask.kind) {
    case "settle":
      return () => null;
    case "grant":
      return () => accept(story, ask, at);
    case "update_grant":
      return about(grants, ask.grantId, (grant) => update(story, ask, { grant, at }));
    case "revoke":
      return about(grants, ask.grantId, (grant) => revoke(story, grant, { amount: ask.amount, at }));
    case "confirm_payment":
      return about(grants, ask.grantId, (grant) => confirmPayment(story, grant, at));
    case "freeze":
      return about(grants, ask.grantId, (grant) => freeze(story, grant, at));
    case "unfreeze":
      return about(grants, ask.grantId, (grant) => unfreeze(story, grant, at));
    case "consume":
      return () => spend(story, ask);
    case "reverse":
      return canBeReversed(story, ask.consumed) ? () => reverse(story, ask.consumed, at) : "unknown";
    case "place_hold":
      return () => setAside(story, ask, at);
    case "capture_hold":
      return about(holds, ask.holdId, (hold) => capture(story, ask, { hold, at }));
    case "release_hold":
      return about(holds, ask.holdId, (hold) => release(story, hold, at));
    case "extend_hold":
      return about(holds, ask.holdId, (hold) => extend(story, hold, { expiresAt: ask.expiresAt, at }));
  }
}

function about<Thing extends { readonly id: string }>(
  things: readonly Thing[],
  id: string,
  answer: (thing: Thing) => string | null,
): Answer | "unknown" {
  const thing = things.find((each) => each.id === id);
  return thing ? () => answer(thing) : "unknown";
}

/** Every event that was taken left a bill, and every one that was taken back a second one. */
function canBeReversed({ facts: { bills } }: Story, consumed: number): boolean {
  const isKnown = bills.some((bill) => bill.asked === consumed && bill.reverses === null);
  return isKnown && !bills.some((bill) => bill.reverses === consumed);
}

function chapterOf({ facts, lines }: Story, refusal: string | null): Chapter {
  const ofGrants = (isThere: (place: Place) => boolean) =>
    new Map(facts.grants.map(({ id }) => [id, facts.count(isThere, id)]));
  const open = facts.holds.filter((hold) => hold.isOpen);
  return {
    lines: [...lines],
    refusal,
    balance: facts.balance(),
    overage: facts.overage(),
    remaining: ofGrants(isInBalance),
    held: ofGrants(isHold),
    frozen: ofGrants((place) => place === "frozen"),
    revoked: ofGrants((place) => place === "revoked"),
    holds: new Map(open.map(({ id }) => [id, facts.at(`hold ${id}`)])),
  };
}
