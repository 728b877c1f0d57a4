import { type Kysely, type RawBuilder, sql } from "kysely";
import { cutPage, type KeysetRow, microsOf, type PageOf, type PageRequest, timeOf } from "../keyset.ts";
import type { Tables } from "../tables.ts";
import { spanOf, userNoOf } from "./ledger-filter.ts";
import {
  arePools,
  isBeyond,
  partOfLedger,
  PLACES,
  type PoolsFilter,
  type SpanFilter,
  walkOrder,
} from "./pool-walk.ts";

/** A usage event as it was taken or denied. Amounts are bigint text. */
export interface UsageRow extends KeysetRow {
  readonly is_denied: boolean;
  readonly event_id: string;
  readonly feature_id: string;
  readonly credit_type_id: string;
  readonly resource_id: string;
  readonly quantity: string;
  readonly user_id: string | null;
  readonly dimensions: Record<string, string | number | boolean> | null;
  readonly occurred_at: Date;
  readonly at: Date;
  readonly request_id: string | null;
  readonly delta: string | null;
  readonly end_balance: string | null;
  readonly seq: string;
  readonly overage_change: string | null;
  readonly grants: { grantId: string; amount: string }[] | null;
  readonly reversed_at: Date | null;
  readonly required: string | null;
  readonly available: string | null;
}

export interface EventFilter extends PoolsFilter, SpanFilter {
  readonly featureId?: string | undefined;
  readonly userId?: string | undefined;
  /** The event's own id. */
  readonly id?: string | undefined;
  /** \`applied\`: and not reversed since. Left out: all. */
  readonly status?: "applied" | "denied" | "reversed" | undefined;
}

const DENIED = "denied/";
/** What the ids of positions look like: those of the ledger, or a denied event's own id. */
export const EVENT_PLACES = new RegExp(`${PLACES.source}|^${DENIED}[A-Za-z0-9._:-]{1,128}$`);

/**
 * A customer's events, newest first: those in the ledger, and denials whose event was not applied later. Of what came
 * in the same moment, denials count as the oldest.
 */
export async function listUsage(
  db: Kysely<Tables>,
  filter: EventFilter,
  page: PageRequest,
): Promise<PageOf<UsageRow>> {
  const order = walkOrder(page);
  const limit = sql.lit(page.limit + 1);
  const { status } = filter;
  const sources: RawBuilder<unknown>[] = [];
  if (status !== "denied") sources.push(takenEvents(filter, page));
  if (status === undefined || status === "denied") sources.push(deniedEvents(filter, page));
  const { rows } = await sql<UsageRow>`
    select e.*, u.user_id, d.grants, ${microsOf(sql.ref("e.at"))}::text as keyset_key,
      case when e.is_denied then ${DENIED} || e.event_id else e.pool_no || ':' || e.seq end as keyset_id
    from (
      select * from (${sql.join(sources, sql` union all `)}) e
      order by at ${order}, pool_no ${order}, seq ${order}, event_id ${order} limit ${limit}
    ) e
    left join customer_users u on u.customer_id = ${filter.customerId} and u.user_no = e.user_no
    left join lateral (
      select json_agg(json_build_object('grantId', g.grant_id, 'amount', draw.amount::text) order by draw.n) as grants
      from unnest(e.draw_keys, e.draw_amounts) with ordinality as draw (key, amount, n)
      join grants g on g.customer_id = ${filter.customerId} and g.pool_no = e.pool_no and g.key = draw.key
    ) d on true
    order by e.at ${order}, e.pool_no ${order}, e.seq ${order}, e.event_id ${order}`.execute(db);
  return cutPage(rows, page);
}

/** Events in the ledger. Those that were reversed are found by what reverses them, of which there is little. */
function takenEvents(filter: EventFilter, page: PageRequest): RawBuilder<unknown> {
  const { status } = filter;
  const isWalkedByReversal = status === "reversed";
  const walked = isWalkedByReversal ? sql`x.about_seq` : sql`l.seq`;
  return sql`(
    select false as is_denied, l.at, l.pool_no, l.seq, l.source_id as event_id, l.occurred_at, p.credit_type_id,
      p.resource_id, l.feature_id, l.user_no, l.quantity, l.dimensions, l.request_id, l.delta, l.end_balance,
      l.overage_change, l.draw_keys, l.draw_amounts, l.reversed_at, null::bigint as required,
      null::bigint as available
    from pools p
    cross join lateral ${partOfLedger(spanIn(filter), page)} part
    cross join lateral (
      select l.*, x.at as reversed_at from ${isWalkedByReversal ? REVERSALS : ENTRIES}
      where ${walked} > part.after_seq and ${walked} <= part.until_seq
        and l.type = 'consumed' and l.source_kind = 'event' and ${areTaken(filter, page)}
      order by ${walked} ${walkOrder(page)} limit ${sql.lit(page.limit + 1)}
    ) l
    where ${arePools(filter)})`;
}

const ENTRIES = sql`(select * from ledger where customer_id = p.customer_id and pool_no = p.pool_no) l
  left join lateral (
    select x.at from ledger x where x.customer_id = l.customer_id and x.pool_no = l.pool_no and x.about_seq = l.seq
      and x.type = 'reversed'
  ) x on true`;
const REVERSALS = sql`(
    select * from ledger where customer_id = p.customer_id and pool_no = p.pool_no and type = 'reversed'
  ) x
  cross join lateral (
    select * from ledger l where l.customer_id = x.customer_id and l.pool_no = x.pool_no and l.seq = x.about_seq limit 1
  ) l`;

function areTaken(filter: EventFilter, page: PageRequest): RawBuilder<unknown> {
  const { customerId, featureId, userId, id, status } = filter;
  const conditions = spanOf(spanIn(filter));
  conditions.push(isBeyond(page, { time: "l.at", pool: "l.pool_no", seq: "l.seq" }));
  if (featureId !== undefined) conditions.push(sql`l.feature_id = ${featureId}`);
  if (userId !== undefined) conditions.push(sql`l.user_no = ${userNoOf(customerId, userId)}`);
  if (status === "applied") conditions.push(sql`x.at is null`);
  if (id !== undefined) {
    const place = (column: string) =>
      sql`(select ${sql.ref(column)} from commands c where c.customer_id = ${customerId} and c.id = ${`event:${id}`})`;
    conditions.push(sql`l.pool_no = ${place("c.pool_no")} and l.seq = ${place("c.seq")}`);
  }
  return sql.join(conditions, sql` and `);
}

/** The last denial of each event that was not applied since. It has no place in a pool: the number 0 stands for that. */
function deniedEvents(filter: EventFilter, page: PageRequest): RawBuilder<unknown> {
  const { customerId, creditTypeId, resourceId, featureId, userId, id } = filter;
  const order = walkOrder(page);
  const conditions = [...spanOf(spanIn(filter)), isDeniedBeyond(page)];
  if (creditTypeId !== undefined) conditions.push(sql`l.credit_type_id = ${creditTypeId}`);
  if (resourceId !== undefined) conditions.push(sql`l.resource_id = ${resourceId}`);
  if (featureId !== undefined) conditions.push(sql`l.feature_id = ${featureId}`);
  if (userId !== undefined) conditions.push(sql`l.user_no = ${userNoOf(customerId, userId)}`);
  if (id !== undefined) conditions.push(sql`l.event_id = ${id}`);
  return sql`(
    select true as is_denied, l.at, 0 as pool_no, 0::bigint as seq, l.event_id, l.occurred_at, l.credit_type_id,
      l.resource_id, l.feature_id, l.user_no, l.quantity, l.dimensions, l.request_id, null::bigint as delta,
      null::bigint as end_balance, null::bigint as overage_change, null::bigint[] as draw_keys,
      null::bigint[] as draw_amounts, null::timestamptz as reversed_at, l.required, l.available
    from denied_events l
    where l.customer_id = ${customerId} and ${sql.join(conditions, sql` and `)} and not exists (
      select from commands c where c.customer_id = l.customer_id and c.id = 'event:' || l.event_id)
    order by l.at ${order}, l.event_id ${order} limit ${sql.lit(page.limit + 1)})`;
}

/** Whether a denial lies behind the page's position, or before it when asked backwards. */
function isDeniedBeyond({ from }: PageRequest): RawBuilder<unknown> {
  if (from === null) return sql`true`;
  const time = timeOf(from.position);
  const isBackwards = from.direction === "prev";
  const { id } = from.position;
  if (!id.startsWith(DENIED)) return isBackwards ? sql`l.at > ${time}` : sql`l.at <= ${time}`;
  const comparison = sql.raw(isBackwards ? ">" : "<");
  return sql`(l.at, l.event_id) ${comparison} (${time}, ${id.slice(DENIED.length)}::text)`;
}

/** Events are looked for by their own time, unless the caller says otherwise. */
function spanIn({ from, to, timeField = "occurredAt" }: EventFilter): SpanFilter {
  return { from, to, timeField };
}
