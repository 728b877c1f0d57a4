import { type PoolFollower, startPoolFollower } from "../following/pool-follower.ts";
import type { Database } from "../storage/database.ts";
import { findBehind } from "../storage/sealing/find-behind.ts";
import { sealBlocks } from "../storage/sealing/seal-blocks.ts";
import { PACE, type SealerPace } from "./pace.ts";

export interface SealerOptions {
  readonly database: Database;
  readonly onError: (error: unknown) => void;
  readonly pace?: SealerPace;
}

/** Starts to seal the entries of pools, behind the back of the write path. Each replica seals what it wrote itself. */
export function startSealer({
  database,
  onError,
  pace = PACE[database.engine],
}: SealerOptions): PoolFollower {
  return startPoolFollower({
    pace,
    onError,
    follow: (customerIds) => sealBlocks(database, customerIds, pace.longest),
    look: (after) => findBehind(database, after, pace.page),
  });
}
