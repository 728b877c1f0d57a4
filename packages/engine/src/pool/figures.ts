import type { Grant, Hold, Instant, Pool } from "./types.ts";

/** What of a grant can be spent: neither reserved by a hold, nor frozen, nor still waiting. */
export function freeOf(grant: Grant): bigint {
  return grant.held === 0n ? grant.remaining : grant.remaining - grant.held;
}

/** What of a grant still waits to be activated. */
export function waitingOf(grant: Grant): bigint {
  return grant.activated ? 0n : grant.amount - grant.revoked;
}

/** Whether a grant is over for good: revoked as a whole, or past its end. What holds reserve of it outlives it. */
export function isGone(grant: Grant, now: Instant): boolean {
  return grant.isRevoked || (grant.expiresAt !== null && grant.expiresAt <= now);
}

/** Whether a pool still has to carry a grant: some of it is in the balance, frozen, or waits to be activated. */
export function matters(grant: Grant): boolean {
  return grant.remaining > 0n || grant.frozen > 0n || (!grant.activated && !grant.isRevoked);
}

/** What an open hold still reserves. */
export function reservedOf(hold: Hold): bigint {
  let reserved = 0n;
  for (const part of hold.parts) reserved += part.amount;
  return reserved;
}

/** What open holds reserve of a pool. */
export function heldOf(pool: Pool): bigint {
  let held = 0n;
  for (const hold of pool.holds) held += reservedOf(hold);
  return held;
}

/** What can be spent without going below zero. Never negative. */
export function availableOf(pool: Pool): bigint {
  const free = pool.holds.length === 0 ? pool.balance : pool.balance - heldOf(pool);
  return free > 0n ? free : 0n;
}

/** Everything a pool holds or will hold: what remains, what is frozen, and what still waits. */
export function holdingsOf(pool: Pool): bigint {
  let holdings = 0n;
  for (const grant of pool.grants) holdings += grant.remaining + grant.frozen + waitingOf(grant);
  return holdings;
}

/** The lesser of two amounts. */
export function lesserOf(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}
