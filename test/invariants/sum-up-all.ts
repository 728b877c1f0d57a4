import type { Database } from "../../bff/src/storage/database.ts";
import { moveUsage } from "../../bff/src/storage/rollups/move-usage.ts";

/** Sums up all usage of customers, so many entries of a pool at once. */
export async function sumUpAll(
  database: Database,
  customerIds: readonly string[],
  longest: number,
): Promise<number> {
  let moved = 0;
  let waiting = customerIds;
  while (waiting.length > 0) {
    const { entries, unfinished } = await moveUsage(database, waiting, { atLeast: 1, longest });
    moved += entries;
    waiting = unfinished;
  }
  return moved;
}
