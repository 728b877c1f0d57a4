import type { Database } from "../storage/database.ts";

/** How much a sealer does at once, and how long it leaves the database to others. Times in milliseconds. */
export interface SealerPace {
  /** From a change to its sealing, so that a busy pool gets few and long blocks. */
  readonly everyMs: number;
  /** Between two statements. */
  readonly restMs: number;
  /** No statement while changes came in this long ago, unless they were put off too often. */
  readonly quietMs: number;
  /** How often a statement is put off in a row. */
  readonly putOffs: number;
  /** After an error. */
  readonly retryMs: number;
  /** From the end of one sweep of all pools to the next, if nobody asks for one: the job queue has one replica do it. */
  readonly sweepEveryMs: number;
  /** Customers of one statement. */
  readonly customers: number;
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
  postgres: { ...SHARED, restMs: 50, quietMs: 0, putOffs: 0, customers: 20, longest: 1_000, page: 1_000 },
  pglite: { ...SHARED, restMs: 100, quietMs: 200, putOffs: 25, customers: 2, longest: 100, page: 100 },
};
