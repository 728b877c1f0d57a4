import { applyToHolds } from "./apply-to-holds.ts";
import { insertInBurnOrder } from "./burn-order.ts";
import { changeGrant } from "./change-grant.ts";
import { matters } from "./figures.ts";
import type { Draw, Entry, Grant, GrantChange, GrantTerms, Pool } from "./types.ts";

/**
 * The pool after an entry. Replaying a pool's entries from `EMPTY_POOL` gives the stored pool, always.
 * @throws Error when the entry does not continue this pool: such an entry must never be written.
 */
export function apply(pool: Pool, entry: Entry): Pool {
  if (entry.delta !== deltaOf(entry)) throw new Error(`entry ${entry.seq} does not add up`);
  return continuePool(pool, entry, []);
}

/** What an entry's draws move in the balance, less what it adds to the overage. */
export function deltaOf({ draws, overageChange }: Pick<Entry, "draws" | "overageChange">): bigint {
  let delta = -overageChange;
  for (const draw of draws) delta += draw.amount;
  return delta;
}

/**
 * As `apply`, for an entry whose delta is known to be right. Adds the grants that cease to matter to `closed`.
 * @throws Error when the entry does not continue this pool.
 */
export function continuePool(pool: Pool, entry: Entry, closed: Grant[]): Pool {
  if (entry.seq !== pool.seq + 1 || entry.endBalance !== pool.balance + entry.delta) {
    throw new Error(`entry ${entry.seq} does not continue a pool at ${pool.seq}`);
  }
  const overage = pool.overage + entry.overageChange;
  if (overage < 0n) throw new Error(`entry ${entry.seq} repays more than is owed`);
  return {
    seq: entry.seq,
    balance: entry.endBalance,
    overage,
    grants: applyToGrants(withArrivals(pool.grants, entry), entry, closed),
    holds: applyToHolds(pool.holds, entry),
  };
}

/** The grants with those that the entry brings in, or brings back. */
function withArrivals(grants: readonly Grant[], entry: Entry): readonly Grant[] {
  if (!entry.grant && !entry.reopens) return grants;
  const arrivals = [...(entry.grant ? [untouched(entry.grant)] : []), ...(entry.reopens ?? [])];
  for (const grant of arrivals) {
    if (grant.remaining > 0n || grant.frozen > 0n || grants.some((each) => each.key === grant.key)) {
      throw new Error(`entry ${entry.seq} does not bring in grant ${grant.id}: it is there`);
    }
  }
  return arrivals.reduce(insertInBurnOrder, grants);
}

function untouched(terms: GrantTerms): Grant {
  return { ...terms, remaining: 0n, held: 0n, frozen: 0n, revoked: 0n, isFrozen: false, isRevoked: false };
}

function applyToGrants(grants: readonly Grant[], entry: Entry, closed: Grant[]): readonly Grant[] {
  const { draws, change } = entry;
  if (draws.length === 0 && !change) return grants;
  const next = grants.slice();
  let mayClose = change !== undefined;
  for (const draw of draws) {
    const index = indexOf(next, draw.grantKey);
    const grant = next[index];
    if (!grant) throw new Error(`entry ${entry.seq} draws on a grant that the pool does not hold`);
    const moved = move(grant, draw, entry);
    next[index] = moved;
    if (moved.remaining === 0n) mayClose = true;
  }
  const changed = change ? applyChange(next, change, entry.seq) : next;
  if (!mayClose) return changed;
  for (const grant of changed) if (!matters(grant)) closed.push(grant);
  return changed.filter(matters);
}

function indexOf(grants: readonly Grant[], key: number): number {
  for (let index = 0; index < grants.length; index += 1) if (grants[index]?.key === key) return index;
  return -1;
}

/** The grant after a draw. */
function move(grant: Grant, { amount, heldChange }: Draw, { type, seq }: Entry): Grant {
  const activated = grant.activated || type === "activated";
  const remaining = grant.remaining + amount;
  const held = grant.held + heldChange;
  const frozen = type === "frozen" || type === "unfrozen" ? grant.frozen - amount : grant.frozen;
  const isWithin = held >= 0n && held <= remaining && frozen >= 0n && activated;
  if (!isWithin || (amount > 0n && remaining + frozen + grant.revoked > grant.amount)) {
    throw new Error(`entry ${seq} draws more than grant ${grant.id} holds`);
  }
  // Written out: this runs for every burn, and a spread of so many fields is slow.
  return {
    key: grant.key,
    id: grant.id,
    amount: grant.amount,
    category: grant.category,
    priority: grant.priority,
    effectiveAt: grant.effectiveAt,
    expiresAt: grant.expiresAt,
    activated,
    isPaymentPending: grant.isPaymentPending,
    remaining,
    held,
    frozen,
    revoked: grant.revoked,
    isFrozen: grant.isFrozen,
    isRevoked: grant.isRevoked,
  };
}

/** The grants after a change of one of them. One that the pool does not carry lives, and changes, elsewhere. */
function applyChange(grants: Grant[], change: GrantChange, seq: number): Grant[] {
  const index = indexOf(grants, change.grantKey);
  const grant = grants[index];
  if (!grant) return grants;
  const changed = changeGrant(grant, change);
  if (changed.remaining + changed.frozen + changed.revoked > changed.amount) {
    throw new Error(`entry ${seq} draws too little for what it revokes of grant ${grant.id}`);
  }
  return insertInBurnOrder(grants.toSpliced(index, 1), changed);
}
