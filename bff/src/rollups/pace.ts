import type { Database } from "../storage/database.ts";

/** How much a follower does at once, and how long it leaves the database to others. Times in milliseconds. */
export interface FollowerPace {
  /** From a change to looking whether there is enough to move. */
  readonly everyMs: number;
  /** After a statement that moved something. */
  readonly restMs: number;
  /** After one that only looked: whoever changes a little, and often, is looked at again and again. */
  readonly idleMs: number;
  /** No statement while changes came in this long ago, unless they were put off too often. */
  readonly quietMs: number;
  /** How often a statement is put off in a row. */
  readonly putOffs: number;
  /** After an error. */
  readonly retryMs: number;
  /** From the end of one sweep of all pools to the next. */
  readonly sweepEveryMs: number;
  /** Customers of one statement. */
  readonly customers: number;
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
