import { activate } from "./activate.ts";
import { freeOf } from "./figures.ts";
import type { LedgerWriter } from "./ledger-writer.ts";
import { endHold } from "./release-hold.ts";
import { takeFree } from "./return-credits.ts";
import type { Grant, Instant, Pool } from "./types.ts";

/** When something next happens to this pool by itself: a hold ends, or a grant expires or activates. */
export function nextDueAt(pool: Pool): Instant | null {
  return firstDueBy(pool, Infinity);
}

/**
 * Writes what fell due up to and including `now`, in the order in which it fell due, so that a late settlement gives
 * the ledger that a punctual one would have given. Nothing is said to have happened before `since`.
 */
export function settleDue(writer: LedgerWriter, now: Instant, since: Instant = -Infinity): void {
  for (;;) {
    const due = firstDueBy(writer.pool, now);
    if (due === null) return;
    settleFirst(writer, due, Math.max(due, since));
  }
}

/** Settles the first of what is due at one instant: what holds free, then what ends, then what begins; oldest first. */
function settleFirst(writer: LedgerWriter, due: Instant, at: Instant): void {
  const { grants, holds } = writer.pool;
  const hold = holds.find((each) => each.expiresAt === due);
  if (hold) return endHold(writer, hold, { end: "expired", at });
  const [first] = grants.filter((grant) => timeOf(grant) === due && isDue(grant)).sort(byKindAndAge);
  if (!first) return;
  if (first.activated) takeFree(writer, first, { type: "expired", at });
  else activate(writer, first, { at });
}

function byKindAndAge(left: Grant, right: Grant): number {
  return Number(right.activated) - Number(left.activated) || left.key - right.key;
}

/** The first instant at which something is due, if that is by `latest`. */
function firstDueBy(pool: Pool, latest: Instant): Instant | null {
  let first: Instant | null = null;
  let until = latest;
  for (const { expiresAt } of pool.holds) {
    if (expiresAt <= until) first = until = expiresAt;
  }
  for (const grant of pool.grants) {
    const time = timeOf(grant);
    if (time !== null && time <= until && isDue(grant)) first = until = time;
  }
  return first;
}

/** When a grant next moves by itself, if it does. */
function timeOf(grant: Grant): Instant | null {
  return grant.activated ? grant.expiresAt : grant.effectiveAt;
}

/** Whether time moves a grant: it expires if anything of it is free, and activates unless it is unpaid or frozen. */
function isDue(grant: Grant): boolean {
  return grant.activated ? freeOf(grant) > 0n : !grant.isPaymentPending && !grant.isFrozen;
}
