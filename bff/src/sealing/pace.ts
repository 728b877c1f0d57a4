import type { FollowingPace } from "../following/pace.ts";
import type { Database } from "../storage/database.ts";

/** How a sealer seals. A sweep comes of itself only if nobody asks for one: the job queue has one replica do it. */
export interface SealerPace extends FollowingPace {
  /** Entries of one block. */
  readonly longest: number;
  /** Pools that a sweep looks at in one statement. */
  readonly page: number;
}

const SHARED = { everyMs: 2_000, retryMs: 5_000, sweepEveryMs: 24 * 60 * 60 * 1000 } as const;

/**
 * Sealing is never in a hurry. The embedded database has one session, which writers queue for, and works in this very
 * event loop: there it waits for a moment in which nobody writes, and does little at once.
 */
export const PACE: Record<Database["engine"], SealerPace> = {
  postgres: {
    ...SHARED,
    restMs: 50,
    idleMs: 50,
    quietMs: 0,
    putOffs: 0,
    customers: 20,
    longest: 1_000,
    page: 1_000,
  },
  pglite: {
    ...SHARED,
    restMs: 100,
    idleMs: 100,
    quietMs: 200,
    putOffs: 25,
    customers: 2,
    longest: 100,
    page: 100,
  },
};
