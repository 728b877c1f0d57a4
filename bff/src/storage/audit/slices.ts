import { sql } from "kysely";
import type { Database } from "../database.ts";
import { type Finding, type Slice, type Snapshot, within } from "./finding.ts";

/** How many entries and pools a slice has, about; a customer is never divided. */
const ENTRIES = 20_000;
const POOLS = 2_000;

/**
 * Runs work in a snapshot of its own. A snapshot holds back the cleaning of hot rows on Postgres, and the one session
 * of the embedded database, so it is taken for a slice rather than for the whole audit; everything that the audit
 * compares belongs to one customer, who is in one slice.
 */
export function inSnapshot<Result>(
  database: Database,
  work: (snapshot: Snapshot) => Promise<Result>,
): Promise<Result> {
  return database.reader
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(async (snapshot) => {
      // A hot customer is read as a whole, which may take longer than a request may; the other cores are the product's.
      await sql`set local statement_timeout = 0`.execute(snapshot);
      await sql`set local max_parallel_workers_per_gather = 0`.execute(snapshot);
      return work(snapshot);
    });
}

/** The slice that follows, by how much the pools say that there is. The last one is open to the end. */
export async function nextSlice(snapshot: Snapshot, after: string | null): Promise<Slice> {
  const { rows } = await sql<{ until: string | null }>`
    select min(customer_id) filter (where entries >= ${ENTRIES} or pools = ${POOLS}) as until
    from (
      select customer_id, sum(seq) over pool as entries, row_number() over pool as pools
      from (
        select customer_id, pool_no, seq from pools where ${within({ after, until: null })}
        order by customer_id, pool_no limit ${POOLS}
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
  const names = new Map<Finding, PoolName>();
  for (const finding of findings) {
    const { rows } = await sql<{ credit_type_id: string; resource_id: string }>`
      select credit_type_id, resource_id from pools
      where customer_id = ${finding.customerId} and pool_no = ${finding.poolNo}`.execute(snapshot);
    for (const row of rows) {
      names.set(finding, { creditTypeId: row.credit_type_id, resourceId: row.resource_id || null });
    }
  }
  return names;
}
