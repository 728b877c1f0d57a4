/** How much a follower does at once, and how long it leaves the database to others. Times in milliseconds. */
export interface FollowingPace {
  /** From a change to following it, so that a busy pool is followed in few and long steps. */
  readonly everyMs: number;
  /** After a statement that did something. */
  readonly restMs: number;
  /** After one that only looked. */
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
}
