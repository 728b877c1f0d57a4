import { type RawBuilder, sql, type SqlBool } from "kysely";
import { type PageRequest, timeOf } from "../keyset.ts";

/*
 * Lists over a customer's pools. Each pool is walked along its seq, which is the ledger's key, and the pools are merged
 * by time; within a pool time never runs against seq. So a page reads what it shows and little more, wherever in the
 * history it lies.
 */

/** Which of a customer's pools a list is about. */
export interface PoolsFilter {
  readonly customerId: string;
  readonly creditTypeId?: string | undefined;
  /** Empty for the default pool; left out for all. */
  readonly resourceId?: string | undefined;
}

/** A span of time, in milliseconds since 1970: `from` is included, `to` is not. */
export interface SpanFilter {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly timeField?: "at" | "occurredAt" | undefined;
}

/** What the ids of positions look like: the number of the pool and the seq in it. */
export const PLACES = /^\d{1,9}:\d{1,18}$/;

/** No event is taken that claims to be from further ahead than minutes: its entry is hardly older than it says. */
const NEVER_AHEAD = sql`interval '1 hour'`;
const LAST_SEQ = sql`9223372036854775807`;

/** The pools `p` that are asked for. */
export function arePools(filter: PoolsFilter): RawBuilder<SqlBool> {
  const { customerId, creditTypeId, resourceId } = filter;
  const conditions = [sql`p.customer_id = ${customerId}`];
  if (creditTypeId !== undefined) conditions.push(sql`p.credit_type_id = ${creditTypeId}`);
  if (resourceId !== undefined) conditions.push(sql`p.resource_id = ${resourceId}`);
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
}

/** Whether something of pool number `pool` lies behind the page's position, or before it when asked backwards. */
export function isBeyond(
  { from }: PageRequest,
  columns: { time: string; pool: string; seq: string },
): RawBuilder<SqlBool> {
  if (from === null) return sql<SqlBool>`true`;
  const { poolNo, seq } = placeOf(from.position.id);
  const comparison = sql.raw(from.direction === "prev" ? ">" : "<");
  const place = sql`(${sql.ref(columns.time)}, ${sql.ref(columns.pool)}, ${sql.ref(columns.seq)})`;
  return sql<SqlBool>`${place} ${comparison} (${timeOf(from.position)}, ${poolNo}::int, ${seq}::bigint)`;
}

/** The order in which a page is read: newest first, or oldest first when asked backwards. */
export function walkOrder({ from }: PageRequest): RawBuilder<unknown> {
  return sql.raw(from?.direction === "prev" ? "asc" : "desc");
}

/**
 * A row for each pool `p` with the part of its ledger in which everything lies that a page and a span of time ask for:
 * entries after \`after_seq\`, up to \`until_seq\`. The index can use these; what they leave too much is for `isBeyond`
 * and the filters.
 */
export function partOfLedger(span: SpanFilter, page: PageRequest | null): RawBuilder<unknown> {
  const after = [sql`0`];
  const until = [LAST_SEQ];
  const { from, to, timeField = "at" } = span;
  const start = from === undefined ? null : sql`${new Date(from)}::timestamptz`;
  if (start) after.push(timeField === "at" ? seqBefore(start) : seqBefore(sql`${start} - ${NEVER_AHEAD}`));
  if (to !== undefined && timeField === "at") until.push(seqBefore(sql`${new Date(to)}::timestamptz`));
  if (page?.from) {
    const { direction, position } = page.from;
    const { poolNo, seq } = placeOf(position.id);
    const here = sql`p.pool_no = ${poolNo}::int`;
    const at = timeOf(position);
    if (direction === "prev") {
      after.push(sql`case when ${here} then ${seq}::bigint else ${seqBefore(at)} end`);
    } else {
      const last = seqBefore(sql`${at} + interval '1 microsecond'`);
      until.push(sql`case when ${here} then ${seq}::bigint - 1 else ${last} end`);
    }
  }
  return sql`(
    select greatest(${sql.join(after)})::bigint as after_seq, least(${sql.join(until)})::bigint as until_seq offset 0)`;
}

/**
 * The number of the last entry of pool `p` from before a time: found by halving, as numbers have no gaps. Entries that
 * are no longer there count as old.
 */
function seqBefore(time: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    with recursive halving (low, high) as (
      select 0::bigint, p.seq
      union all
      select case when middle.is_old then middle.seq else halving.low end,
        case when middle.is_old then halving.high else middle.seq - 1 end
      from halving cross join lateral (
        select half.seq, coalesce((
          select x.at < ${time} from ledger x
          where x.customer_id = p.customer_id and x.pool_no = p.pool_no and x.seq = half.seq
        ), true) as is_old
        from (select (halving.low + halving.high + 1) / 2 as seq) half
      ) middle
      where halving.low < halving.high
    )
    select low from halving where low = high)`;
}

/** What the id of a position says: the pool and the seq in it. What comes from elsewhere lies before every pool. */
function placeOf(id: string): { poolNo: string; seq: string } {
  const [poolNo = "0", seq = "0"] = PLACES.test(id) ? id.split(":") : [];
  return { poolNo, seq };
}
