import { sql } from "kysely";
import type { Database } from "../../database.ts";

/** A pool with sealed entries from before a time. */
export interface ArchivablePool {
  readonly customerId: string;
  readonly poolNo: number;
  /** After which entry it is archived so far; 0 for not at all. */
  readonly archivedTo: number;
  /** The last entries at which a seal ends, of those from before that time; text, newest first. */
  readonly boundaries: readonly string[];
}

/** A decision may go on past the end of a block, so that more than one end is looked at. */
const BOUNDARIES = 5;

/** The pools that have something to archive, after one of them in the order of customers. */
export async function findArchivable(
  { reader }: Database,
  { after, before, pools }: { after: ArchivablePool | null; before: number; pools: number },
): Promise<ArchivablePool[]> {
  const time = new Date(before).toISOString();
  const { customerId, poolNo } = after ?? { customerId: "", poolNo: 0 };
  const { rows } = await sql<{
    customer_id: string;
    pool_no: number;
    archived_to: string;
    boundaries: string[];
  }>`
    with beginning as (
      select p.customer_id, p.pool_no, coalesce(o.seq, 0) as archived_to
      from pools p left join ledger_openings o on o.customer_id = p.customer_id and o.pool_no = p.pool_no
      where (p.customer_id, p.pool_no) > (${customerId}::text, ${poolNo}::int) and exists (
        select from ledger l where l.customer_id = p.customer_id and l.pool_no = p.pool_no
          and l.seq = coalesce(o.seq, 0) + 1 and l.at < ${time}::timestamptz)
      order by p.customer_id, p.pool_no limit ${pools}::int
    )
    select b.customer_id, b.pool_no, b.archived_to, ends.boundaries
    from beginning b cross join lateral (
      select coalesce(array_agg(to_seq::text), '{}') as boundaries from (
        select s.to_seq from ledger_seals s
        join ledger l on l.customer_id = s.customer_id and l.pool_no = s.pool_no and l.seq = s.to_seq
        where s.customer_id = b.customer_id and s.pool_no = b.pool_no and s.to_seq > b.archived_to
          and l.at < ${time}::timestamptz
        order by s.from_seq desc limit ${BOUNDARIES}
      ) as newest
    ) ends
    order by b.customer_id, b.pool_no`.execute(reader);
  return rows.map((row) => ({
    customerId: row.customer_id,
    poolNo: row.pool_no,
    archivedTo: Number(row.archived_to),
    boundaries: row.boundaries,
  }));
}
