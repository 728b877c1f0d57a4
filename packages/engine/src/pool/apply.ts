import { insertInBurnOrder } from "./burn-order.ts";
import type { Draw, Entry, Grant, Pool } from "./types.ts";

/**
 * The pool after an entry. Replaying a pool's entries from `EMPTY_POOL` gives the stored pool, always.
 * @throws Error when the entry does not continue this pool: such an entry must never be written.
 */
export function apply(pool: Pool, entry: Entry): Pool {
  if (entry.seq !== pool.seq + 1 || entry.endBalance !== pool.balance + entry.delta) {
    throw new Error(`entry ${entry.seq} does not continue a pool at ${pool.seq}`);
  }
  const known = entry.grant ? insertInBurnOrder(pool.grants, { ...entry.grant, remaining: 0n }) : pool.grants;
  return {
    seq: entry.seq,
    balance: entry.endBalance,
    overage: pool.overage + entry.overageChange,
    grants: drawOn(known, entry),
  };
}

function drawOn(grants: readonly Grant[], entry: Entry): readonly Grant[] {
  if (entry.draws.length === 0) return grants;
  const next: Grant[] = [];
  let drawn = 0;
  for (const grant of grants) {
    const draw = entry.draws.find((candidate) => candidate.grantKey === grant.key);
    if (draw) drawn += 1;
    const moved = draw ? move(grant, draw, entry) : grant;
    if (moved) next.push(moved);
  }
  if (drawn !== entry.draws.length)
    throw new Error(`entry ${entry.seq} draws on a grant that the pool does not hold`);
  return next;
}

/** The grant after a draw, or nothing once it is spent or expired and no longer matters. */
function move(grant: Grant, draw: Draw, entry: Entry): Grant | undefined {
  const remaining = grant.remaining + draw.amount;
  if (remaining < 0n || remaining > grant.amount) {
    throw new Error(`entry ${entry.seq} draws more than grant ${grant.id} holds`);
  }
  const closes = remaining === 0n && entry.type !== "granted" && entry.type !== "activated";
  return closes
    ? undefined
    : { ...grant, remaining, activated: grant.activated || entry.type === "activated" };
}
