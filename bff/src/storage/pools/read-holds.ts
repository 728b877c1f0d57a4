import { type Kysely, type RawBuilder, sql, type SqlBool } from "kysely";
import { cutPage, type KeysetRow, microsOf, type PageOf, type PageRequest } from "../keyset.ts";
import type { Tables } from "../tables.ts";
import { HOLD_RECORD_COLUMNS, type HoldRecord, type HoldRecordRow, toHoldRecord } from "./hold-record.ts";
import { arePools, isBeyond, type PoolsFilter, walkOrder } from "./pool-walk.ts";

export interface HoldFilter extends PoolsFilter {
  readonly status?: "open" | "captured" | "released" | "expired" | undefined;
  /** The hold's own id. */
  readonly id?: string | undefined;
}

/** A customer's holds, newest first. */
export async function listHoldRecords(
  db: Kysely<Tables>,
  filter: HoldFilter,
  page: PageRequest,
): Promise<PageOf<HoldRecord>> {
  const order = walkOrder(page);
  const limit = sql.lit(page.limit + 1);
  const beyond = isBeyond(page, { time: "h.created_at", pool: "h.pool_no", seq: "h.key" });
  const { rows: found } = await sql<HoldRecordRow & KeysetRow>`
    select ${sql.raw(HOLD_RECORD_COLUMNS)}, ${microsOf(sql.ref("h.created_at"))}::text as keyset_key,
      h.pool_no || ':' || h.key as keyset_id
    from pools p
    cross join lateral (
      select * from holds h
      where h.customer_id = p.customer_id and h.pool_no = p.pool_no and ${beyond} and ${areHolds(filter)}
      order by h.key ${order} limit ${limit}
    ) h
    left join customer_users u on u.customer_id = h.customer_id and u.user_no = h.user_no
    where ${arePools(filter)}
    order by h.created_at ${order}, h.pool_no ${order}, h.key ${order} limit ${limit}`.execute(db);
  const { rows, next, prev } = cutPage(found, page);
  return { rows: rows.map(toHoldRecord), next, prev };
}

function areHolds({ customerId, status, id }: HoldFilter): RawBuilder<SqlBool> {
  const conditions = [sql`true`];
  if (status === "open") conditions.push(sql`h.ended is null`);
  else if (status !== undefined) conditions.push(sql`h.ended = ${status}`);
  if (id !== undefined) {
    // By its key, or else the walk would look at every hold on the way.
    const place = (column: string) =>
      sql`(select ${sql.ref(column)} from holds x where x.customer_id = ${customerId} and x.hold_id = ${id})`;
    conditions.push(sql`h.pool_no = ${place("x.pool_no")} and h.key = ${place("x.key")}`);
  }
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
}
