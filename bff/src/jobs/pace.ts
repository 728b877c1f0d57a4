import type { Database } from "../storage/database.ts";

/** How a sweeper works. Times in milliseconds. */
export interface SweeperPace {
  /** Customers that are settled together, and between two such pages how long others come first. */
  readonly page: number;
  readonly restMs: number;
  /** From a change here to a look at what is due: it may have scheduled something sooner. Changes within it share a look. */
  readonly lookAfterMs: number;
  /** The longest time without a look: other replicas write too. */
  readonly lookEveryMs: number;
  /** How long a customer who could not be settled is left alone at first; each time twice as long, up to the longest. */
  readonly asideMs: number;
  readonly longestAsideMs: number;
  /** After an error of the database. */
  readonly retryMs: number;
}

const SHARED = {
  lookEveryMs: 5_000,
  asideMs: 5_000,
  longestAsideMs: 60 * 60 * 1000,
  retryMs: 2_000,
} as const;

/** Pages are small beside what a group may hold, so that requests that come meanwhile share the next one. */
export const PACE: Record<Database["engine"], SweeperPace> = {
  postgres: { ...SHARED, lookAfterMs: 200, page: 250, restMs: 0 },
  pglite: { ...SHARED, lookAfterMs: 400, page: 32, restMs: 20 },
};
