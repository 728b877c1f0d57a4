import { sql } from "kysely";
import type { Database } from "../database.ts";
import { type SweepCursor, type SweptPage, type SweptPool, toSweptPage } from "../pool-sweep.ts";

interface SealedPool extends SweptPool {
  readonly is_behind: boolean;
}

/** Looks through the pools after a place, at most so many, for those with entries that are not sealed. */
export async function findBehind(
  { writer }: Database,
  after: SweepCursor,
  pools: number,
): Promise<SweptPage> {
  const { rows } = await sql<SealedPool>`
    select * from unsealed_after(${after.customerId}::text, ${after.poolNo}::int, ${pools}::int)`.execute(
    writer,
  );
  return toSweptPage(rows, { pools, isBehind: (pool) => pool.is_behind });
}
