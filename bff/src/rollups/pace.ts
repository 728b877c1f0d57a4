import type { FollowingPace } from "../following/pace.ts";
import type { Database } from "../storage/database.ts";

/** How usage is summed up. */
export interface FollowerPace extends FollowingPace {
  /** A pool is moved once so many entries wait: a read adds up that few at once, and so many share few sums. */
  readonly atLeast: number;
  /** The most entries of a pool that one statement moves, and about as many of all pools together. */
  readonly longest: number;
  /** Pools that a sweep looks at in one statement. */
  readonly page: number;
}

const SHARED = { everyMs: 1_000, retryMs: 5_000, sweepEveryMs: 60 * 60 * 1000 } as const;

/**
 * A read is exact without any of this; it only must not have too much to add up. The embedded database works in this very
 * event loop: there the follower waits for a moment in which nobody writes, and does little at once.
 */
export const PACE: Record<Database["engine"], FollowerPace> = {
  postgres: {
    ...SHARED,
    restMs: 200,
    idleMs: 200,
    quietMs: 0,
    putOffs: 0,
    customers: 500,
    atLeast: 500,
    longest: 5_000,
    page: 1_000,
  },
  pglite: {
    ...SHARED,
    restMs: 100,
    idleMs: 100,
    quietMs: 200,
    putOffs: 25,
    customers: 20,
    atLeast: 200,
    longest: 400,
    page: 100,
  },
};
