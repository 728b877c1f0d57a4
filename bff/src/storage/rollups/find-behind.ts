import { sql } from "kysely";
import type { Database } from "../database.ts";

/** A place in the list of all pools. */
export interface SweepCursor {
  readonly customerId: string;
  readonly poolNo: number;
}

/** Before the first pool. */
export const FIRST_POOL: SweepCursor = { customerId: "", poolNo: 0 };

/** A run of pools, and who of their customers has so many entries that are not summed up. */
export interface SweptPage {
  readonly behind: readonly string[];
  /** Where to go on; null at the end of the list. */
  readonly next: SweepCursor | null;
}

/** Looks through the pools after a place, at most so many. */
export async function findBehind(
  { writer }: Pick<Database, "writer">,
  after: SweepCursor,
  { pools, atLeast }: { pools: number; atLeast: number },
): Promise<SweptPage> {
  const { rows } = await sql<{ customer_id: string; pool_no: number; entries: string }>`
    select * from usage_behind_after(${after.customerId}::text, ${after.poolNo}::int, ${pools}::int)`.execute(
    writer,
  );
  const behind = rows.filter((row) => Number(row.entries) >= atLeast).map((row) => row.customer_id);
  const last = rows.length < pools ? undefined : rows.at(-1);
  const next = last ? { customerId: last.customer_id, poolNo: last.pool_no } : null;
  return { behind: [...new Set(behind)], next };
}
