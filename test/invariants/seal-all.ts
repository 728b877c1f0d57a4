import type { Database } from "../../bff/src/storage/database.ts";
import { sealBlocks } from "../../bff/src/storage/sealing/seal-blocks.ts";

/** Seals all entries of customers in blocks of at most so many. */
export async function sealAll(
  database: Database,
  customerIds: readonly string[],
  longest: number,
): Promise<number> {
  let sealed = 0;
  let waiting = customerIds;
  while (waiting.length > 0) {
    const { entries, unfinished } = await sealBlocks(database, waiting, longest);
    sealed += entries;
    waiting = unfinished;
  }
  return sealed;
}
