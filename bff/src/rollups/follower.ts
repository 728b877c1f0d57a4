import { type PoolFollower, startPoolFollower } from "../following/pool-follower.ts";
import type { Database } from "../storage/database.ts";
import { findBehind } from "../storage/rollups/find-behind.ts";
import { moveUsage } from "../storage/rollups/move-usage.ts";
import { type FollowerPace, PACE } from "./pace.ts";

export interface UsageFollowerOptions {
  readonly database: Database;
  readonly onError: (error: unknown) => void;
  readonly pace?: FollowerPace;
}

/**
 * Starts to sum up the usage of pools, behind the back of the write path. What is not summed up is read entry by entry.
 * Who moves a pool's mark moves its sums, and nobody else does.
 */
export function startUsageFollower({
  database,
  onError,
  pace = PACE[database.engine],
}: UsageFollowerOptions): PoolFollower {
  const { page: pools, atLeast } = pace;
  return startPoolFollower({
    pace,
    onError,
    follow: (customerIds) => moveUsage(database, customerIds, pace),
    look: (after) => findBehind(database, after, { pools, atLeast }),
  });
}
