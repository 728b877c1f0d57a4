import { sql } from "kysely";
import type { Database } from "../database.ts";
import { type SweepCursor, type SweptPage, type SweptPool, toSweptPage } from "../pool-sweep.ts";

interface FollowedPool extends SweptPool {
  /** How many are not summed up. */
  readonly entries: string;
}

/** Looks through the pools after a place, at most so many, for those with so many entries that are not summed up. */
export async function findBehind(
  { writer }: Pick<Database, "writer">,
  after: SweepCursor,
  { pools, atLeast }: { pools: number; atLeast: number },
): Promise<SweptPage> {
  const { rows } = await sql<FollowedPool>`
    select * from usage_behind_after(${after.customerId}::text, ${after.poolNo}::int, ${pools}::int)`.execute(
    writer,
  );
  return toSweptPage(rows, { pools, isBehind: ({ entries }) => Number(entries) >= atLeast });
}
