import type { Database } from "../storage/database.ts";
import { LEFTOVERS } from "../storage/jobs/clean-up.ts";

/** Rows of one statement: few enough to hold nobody up. */
const MOST = 1_000;
const REST_MS = 50;

/** Takes away what is old, a little at a time. Ends early when the signal says so; the next time goes on. */
export async function cleanUp(database: Database, signal: AbortSignal): Promise<void> {
  for (const { remove } of LEFTOVERS) {
    while (!signal.aborted && (await remove(database, MOST)) === MOST) {
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
    }
  }
}
