import type { GrantCommand } from "../pool/commands.ts";
import type { Draft } from "./random-draft.ts";
import type { Ask, Chapter, Taken } from "./reference-model.ts";

/** So much that 20 units are the most a grant and 180 the most a pool holds. */
export const HUGE_UNIT = 5n * 10n ** 16n;

/** How far a random history has come. */
export interface World {
  at: number;
  /** What one unit is, in micro-credits. */
  readonly unit: bigint;
  /** Whether most asks are for grants, which are as large as can be, and stay. */
  readonly isBrimming: boolean;
  readonly taken: Taken[];
  /** What became of each ask. */
  readonly chapters: Chapter[];
}

/** A grant to ask about: one that was accepted or, for a stray, one that never was. Undefined while there is none. */
export function grantFor(draft: Draft, world: World): string | undefined {
  if (draft.isStray) return "nobody";
  const grants = acceptedAsks(world).flatMap(({ ask }) => (ask.kind === "grant" ? [ask] : []));
  return pick(grants, draft, (grant) => suits(draft, grant, world))?.grantId;
}

/** A grant that was accepted not long ago, with the moment from which it takes effect. */
export function lastGrant(draft: Draft, world: World): (GrantCommand & { effectiveAt: number }) | undefined {
  const grants = acceptedAsks(world).flatMap(({ ask, index }) => {
    if (ask.kind !== "grant") return [];
    return [{ ...ask, effectiveAt: ask.effectiveAt ?? ask.asOf ?? world.taken[index]?.at ?? 0 }];
  });
  return grants.at(-1 - Math.min(draft.back, grants.length - 1));
}

export function holdFor(draft: Draft, world: World): string | undefined {
  if (draft.isStray) return "nothing";
  const ids = acceptedAsks(world).flatMap(({ ask }) => (ask.kind === "place_hold" ? [ask.holdId] : []));
  return pick(ids, draft, (id) => world.chapters.at(-1)?.holds.has(id) === true);
}

/** The index of an event to take back: one that was taken or, for a stray, any. Undefined while there is none. */
export function consumedFor(draft: Draft, world: World): number | undefined {
  if (draft.isStray) return draft.units;
  const accepted = acceptedAsks(world);
  const reversed = accepted.flatMap(({ ask }) => (ask.kind === "reverse" ? [ask.consumed] : []));
  const indexes = accepted.flatMap(({ ask, index }) => (ask.kind === "consume" ? [index] : []));
  const owed = (index: number) => (world.chapters[index]?.overage ?? 0n) > 0n;
  return pick(indexes, draft, (index) => !reversed.includes(index) && (owed(index) || !draft.isFinal));
}

/** What can be spent, as far as time did not change it. */
export function freeOf({ chapters }: World): bigint {
  const { remaining, held } = chapters.at(-1) ?? {};
  return sumOf(remaining) - sumOf(held);
}

/** What the customer has, besides what waits. */
export function holdingsOf({ chapters }: World): bigint {
  const { remaining, frozen } = chapters.at(-1) ?? {};
  return sumOf(remaining) + sumOf(frozen);
}

function sumOf(amounts: ReadonlyMap<string, bigint> | undefined): bigint {
  return [...(amounts?.values() ?? [])].reduce((total, amount) => total + amount, 0n);
}

/** What a hold reserves. */
export function reservedBy(holdId: string, { chapters }: World): bigint {
  return chapters.at(-1)?.holds.get(holdId) ?? 0n;
}

/** What can be revoked of a grant, if it does not wait. */
export function revocableOf(grantId: string, { chapters }: World): bigint {
  const { remaining, held, frozen } = chapters.at(-1) ?? {};
  return (remaining?.get(grantId) ?? 0n) - (held?.get(grantId) ?? 0n) + (frozen?.get(grantId) ?? 0n);
}

/** Whether the ask of a draft is meant for such a grant; what takes a grant away is meant for one that is held. */
function suits({ kind, gives }: Draft, grant: GrantCommand, world: World): boolean {
  const { remaining, held } = world.chapters.at(-1) ?? {};
  if (kind === "confirm_payment") return grant.isPaymentPending;
  if (kind === "unfreeze") return isFrozen(grant.grantId, world);
  if (kind === "update_grant" && gives.includes("effectiveAt"))
    return grant.isPaymentPending || (grant.effectiveAt ?? 0) > world.at;
  return ((kind === "update_grant" ? remaining : held)?.get(grant.grantId) ?? 0n) > 0n;
}

function isFrozen(grantId: string, world: World): boolean {
  const said = acceptedAsks(world).findLast(
    ({ ask }) => (ask.kind === "freeze" || ask.kind === "unfreeze") && ask.grantId === grantId,
  );
  return said?.ask.kind === "freeze";
}

function acceptedAsks({ taken, chapters }: World): { ask: Ask; index: number }[] {
  return taken
    .map(({ ask }, index) => ({ ask, index }))
    .filter(({ index }) => chapters[index]?.refusal === null);
}

/** The last but `back` of those that suit, or as far back as they go; of all if none suits or the draft does not care. */
function pick<Value>(
  values: readonly Value[],
  { back, isApt }: Draft,
  suitsDraft: (value: Value) => boolean,
): Value | undefined {
  const apt = isApt ? values.filter(suitsDraft) : [];
  const from = apt.length > 0 ? apt : values;
  return from.at(-1 - Math.min(back, from.length - 1));
}
