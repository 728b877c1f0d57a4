import { sql } from "kysely";
import type { Database } from "../database.ts";
import { type Finding, type Slice, within } from "./finding.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * How many entries a slice has, about; a customer is never divided. The embedded database works in this very event loop,
 * which long statements would stall, and has one session, for which writers wait.
 */
const ENTRIES = { postgres: 20_000, pglite: 4_000 } as const;
const POOLS = 2_000;

/** The slice that follows, by how much the pools say that there is. The last one is open to the end. */
export async function nextSlice(
  snapshot: Snapshot,
  { engine, after }: { engine: Database["engine"]; after: string | null },
): Promise<Slice> {
  const { rows } = await sql<{ until: string | null }>`
    select min(customer_id) filter (where entries >= ${ENTRIES[engine]}::bigint or pools = ${POOLS}::bigint) as until
    from (
      select customer_id, sum(seq) over pool as entries, row_number() over pool as pools
      from (
        select customer_id, pool_no, seq from pools where ${within({ after, until: null })}
        order by customer_id, pool_no limit ${POOLS}::bigint
      ) as ahead
      window pool as (order by customer_id, pool_no)
    ) as counted`.execute(snapshot);
  return { after, until: rows[0]?.until ?? null };
}

/** How many pools there are in a slice. */
export async function countPools(snapshot: Snapshot, slice: Slice): Promise<number> {
  const { rows } = await sql<{ pools: string }>`
    select count(*) as pools from pools where ${within(slice)}`.execute(snapshot);
  return Number(rows[0]?.pools ?? 0);
}

/** What a customer's pool is of. */
export interface PoolName {
  readonly creditTypeId: string;
  /** Null for the default pool. */
  readonly resourceId: string | null;
}

/** Tells what the pools of findings are of; those that are not there are absent. */
export async function namePools(
  snapshot: Snapshot,
  findings: readonly Finding[],
): Promise<Map<Finding, PoolName>> {
  const asked = findings.map(({ customerId, poolNo }, n) => ({
    n,
    customer_id: customerId,
    pool_no: poolNo,
  }));
  const { rows } = await sql<{ n: number; credit_type_id: string; resource_id: string }>`
    select asked.n, p.credit_type_id, p.resource_id
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked (n int, customer_id text, pool_no int)
    join pools p on p.customer_id = asked.customer_id and p.pool_no = asked.pool_no`.execute(snapshot);
  const names = new Map<Finding, PoolName>();
  for (const row of rows) {
    const finding = findings[row.n];
    if (finding)
      names.set(finding, { creditTypeId: row.credit_type_id, resourceId: row.resource_id || null });
  }
  return names;
}
