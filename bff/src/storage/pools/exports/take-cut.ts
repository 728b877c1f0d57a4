import { randomBytes } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { sql } from "kysely";
import type { Database } from "../../database.ts";
import { inTransaction, type Transaction } from "../../transaction.ts";
import { areExported, type ExportScope, type PoolPlace } from "./scope.ts";

/*
 * Why an export can go on where another ended, and miss and repeat nothing. A mark is a seq that a committed pool had:
 * the pool's row and its entries are written by one transaction, so that whoever sees the seq sees every entry up to it,
 * and what commits later has a higher one. Between the marks of two cuts lies each entry once. No clock is asked, as
 * clocks may go back, stand still (test clocks), or be read long before a commit.
 */

/** A moment of an export: what it names is all entries up to its marks. */
export interface Cut {
  readonly no: string;
  readonly token: string;
}

/** How long a cursor can be used at least. */
export const CURSOR_DAYS = 90;

/** Pools of one statement. */
const PAGE = { postgres: 2_000, pglite: 400 } as const;
/** Any number, as long as it is ours: cuts are taken one after the other, or a later one could have the earlier mark. */
const CUTTING = 7_061_901;

/**
 * Takes a cut of the pools in a scope. Marks of one cut need not be of one moment; each is what its pool had when it was
 * looked at. All of it is one transaction, which nobody but other cuts waits for.
 */
export function takeCut(database: Database, scope: ExportScope): Promise<Cut> {
  return inTransaction(database, async (transaction) => {
    // It is another cut that holds it, which takes seconds with a million pools.
    await sql`set local lock_timeout = '9s'`.execute(transaction);
    await sql`select pg_advisory_xact_lock(${CUTTING})`.execute(transaction);
    const { cut, oldest } = await addCut(transaction);
    const pageSize = PAGE[database.engine];
    let after: PoolPlace | null = null;
    do {
      after = await markPage(transaction, { scope, after, pageSize, cutNo: cut.no, oldest });
      // The embedded database would keep everything else from its turn.
      await setImmediate();
    } while (after !== null);
    return cut;
  });
}

/** Finds a cut that is there. */
export async function findCut(database: Database, { no, token }: Cut): Promise<Cut | null> {
  const { rows } = await sql<{ cut_no: string }>`
    select cut_no from export_cuts where cut_no = ${no}::bigint and token = ${token}::text`.execute(
    database.writer,
  );
  return rows.length > 0 ? { no, token } : null;
}

/** Adds a cut and drops those that nobody needs any more; `oldest` is the first that stays. */
async function addCut(transaction: Transaction): Promise<{ cut: Cut; oldest: string }> {
  await sql`
    delete from export_cuts where at < clock_timestamp() - ${CURSOR_DAYS}::int * interval '1 day' and cut_no < (
      select max(cut_no) from export_cuts)`.execute(transaction);
  const token = randomBytes(9).toString("base64url");
  const { rows } = await sql<{ cut_no: string; oldest: string }>`
    insert into export_cuts (cut_no, token)
    select coalesce(max(cut_no), 0) + 1, ${token}::text from export_cuts
    returning cut_no, (select coalesce(min(cut_no), 1) from export_cuts) as oldest`.execute(transaction);
  const [row] = rows;
  if (!row) throw new Error("a cut was not written");
  return { cut: { no: row.cut_no, token }, oldest: row.oldest };
}

interface MarkedPage {
  readonly scope: ExportScope;
  readonly after: PoolPlace | null;
  readonly pageSize: number;
  readonly cutNo: string;
  readonly oldest: string;
}

/** Marks the pools of a page that moved, and drops marks that no cut counts by. Answers where the next page begins. */
async function markPage(transaction: Transaction, page: MarkedPage): Promise<PoolPlace | null> {
  const { scope, after, pageSize, cutNo, oldest } = page;
  const { rows } = await sql<{ customer_id: string; pool_no: number; pools: string }>`
    with page as materialized (
      select p.customer_id, p.pool_no, p.seq from pools p where ${areExported(scope, after)}
      order by p.customer_id, p.pool_no limit ${pageSize}::int
    ), dropped as (
      delete from export_marks m using page p
      where m.customer_id = p.customer_id and m.pool_no = p.pool_no and m.cut_no < (
        select max(k.cut_no) from export_marks k
        where k.customer_id = p.customer_id and k.pool_no = p.pool_no and k.cut_no <= ${oldest}::bigint)
    ), marked as (
      insert into export_marks (customer_id, pool_no, cut_no, seq)
      select p.customer_id, p.pool_no, ${cutNo}::bigint, p.seq from page p
      where p.seq > coalesce((
        select m.seq from export_marks m where m.customer_id = p.customer_id and m.pool_no = p.pool_no
        order by m.cut_no desc limit 1), 0)
    )
    select customer_id, pool_no, count(*) over () as pools from page
    order by customer_id desc, pool_no desc limit 1`.execute(transaction);
  const [last] = rows;
  if (!last || Number(last.pools) < pageSize) return null;
  return { customerId: last.customer_id, poolNo: last.pool_no };
}
