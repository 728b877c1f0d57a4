import { sql } from "kysely";
import type { Database } from "../database.ts";

/** What one statement moved. */
export interface MovedUsage {
  readonly entries: number;
  /** Customers with a pool that was not moved to its end. */
  readonly unfinished: readonly string[];
}

export interface MoveLimits {
  /** Pools that are less far behind are left alone: a read adds few entries as fast as none. */
  readonly atLeast: number;
  /** The most entries of a pool, and about as many of all pools together. */
  readonly longest: number;
}

/**
 * Moves the sums of usage forward, of each pool of these customers that is far enough behind, as a statement of its own.
 * Any number of processes may do so at once: each entry is counted once.
 */
export async function moveUsage(
  { writer }: Pick<Database, "writer">,
  customerIds: readonly string[],
  { atLeast, longest }: MoveLimits,
): Promise<MovedUsage> {
  const { rows } = await sql<{ customer_id: string; entries: string; is_unfinished: boolean }>`
    select customer_id, entries, is_unfinished
    from move_usage(${customerIds}::text[], ${atLeast}::bigint, ${longest}::bigint)`.execute(writer);
  const unfinished = rows.filter((row) => row.is_unfinished).map((row) => row.customer_id);
  return {
    entries: rows.reduce((sum, row) => sum + Number(row.entries), 0),
    unfinished: [...new Set(unfinished)],
  };
}
