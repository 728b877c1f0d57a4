import type { LedgerWriter } from "./ledger-writer.ts";
import type { Grant, Instant, Pool } from "./types.ts";

/** When something next happens to this pool by itself: a grant activates or expires. */
export function nextDueAt(pool: Pool): Instant | null {
  let earliest: Instant | null = null;
  for (const grant of pool.grants) {
    const due = dueAt(grant);
    if (due !== null && (earliest === null || due < earliest)) earliest = due;
  }
  return earliest;
}

/**
 * Writes what fell due up to and including `now`, in the order in which it fell due, so that a late settlement gives
 * the ledger that a punctual one would have given.
 */
export function settleDue(writer: LedgerWriter, now: Instant): void {
  for (;;) {
    const grant = firstDue(writer.pool, now);
    if (!grant) return;
    if (grant.activated) {
      writer.append({
        type: "expired",
        draws: [{ grantKey: grant.key, amount: -grant.remaining }],
        overageChange: 0n,
        occurredAt: dueAt(grant) ?? now,
      });
    } else {
      writer.append({
        type: "activated",
        draws: [{ grantKey: grant.key, amount: grant.amount }],
        overageChange: 0n,
        occurredAt: grant.effectiveAt,
      });
      repayOverage(writer, grant.key, grant.effectiveAt);
    }
  }
}

/** Lets a grant that just became spendable repay what the pool went below zero. */
export function repayOverage(writer: LedgerWriter, grantKey: number, occurredAt: Instant): void {
  const { overage, grants } = writer.pool;
  const remaining = grants.find((grant) => grant.key === grantKey)?.remaining ?? 0n;
  const repaid = overage < remaining ? overage : remaining;
  if (repaid === 0n) return;
  writer.append({
    type: "overage_repaid",
    draws: [{ grantKey, amount: -repaid }],
    overageChange: -repaid,
    occurredAt,
  });
}

function dueAt(grant: Grant): Instant | null {
  return grant.activated ? grant.expiresAt : grant.effectiveAt;
}

/** The grant whose time came first; the older one where two came at once, expiries before activations. */
function firstDue(pool: Pool, now: Instant): Grant | undefined {
  let first: Grant | undefined;
  let firstAt = Infinity;
  for (const grant of pool.grants) {
    const at = dueAt(grant);
    if (at === null || at > now || at > firstAt) continue;
    if (at === firstAt && first && !isBefore(grant, first)) continue;
    first = grant;
    firstAt = at;
  }
  return first;
}

function isBefore(left: Grant, right: Grant): boolean {
  if (left.activated !== right.activated) return left.activated;
  return left.key < right.key;
}
