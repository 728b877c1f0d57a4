import { type Kysely, sql } from "kysely";
import type { PageOf, PageRequest, Position } from "../keyset.ts";
import type { Tables } from "../tables.ts";

/** An entry as lists show it. Amounts are bigint text. */
export interface LedgerLine {
  readonly pool_no: number;
  readonly credit_type_id: string;
  readonly resource_id: string;
  readonly seq: string;
  readonly at: Date;
  readonly occurred_at: Date;
  readonly type: string;
  readonly delta: string;
  readonly end_balance: string;
  readonly overage_change: string;
  readonly hold_id: string | null;
  readonly source_kind: string;
  readonly source_id: string | null;
  readonly grants: { grantId: string; amount: string }[] | null;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly reason: string | null;
  readonly feature_id: string | null;
  readonly user_id: string | null;
  readonly request_id: string | null;
  readonly micros: string;
}

export interface LedgerFilter {
  readonly customerId: string;
  readonly creditTypeId?: string | undefined;
  /** Empty for the default pool; left out for all. */
  readonly resourceId?: string | undefined;
  readonly type?: string | undefined;
  readonly featureId?: string | undefined;
  readonly userId?: string | undefined;
  /** Milliseconds since 1970; `from` is included, `to` is not. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly timeField?: "at" | "occurredAt" | undefined;
}

/**
 * A customer's entries, newest first. Each pool is read along its seq, which is the ledger's key, and the pools are
 * merged by time; within a pool time never runs against seq.
 */
export async function listLedgerLines(
  db: Kysely<Tables>,
  filter: LedgerFilter,
  page: PageRequest,
): Promise<PageOf<LedgerLine>> {
  const backwards = page.from?.direction === "prev";
  const order = sql.raw(backwards ? "asc" : "desc");
  const { rows: found } = await sql<LedgerLine>`
    select l.pool_no, p.credit_type_id, p.resource_id, l.seq, l.at, l.occurred_at, l.type, l.delta, l.end_balance,
      l.overage_change, w.hold_id, l.source_kind, l.source_id, l.actor_kind, l.actor_id, l.reason, l.feature_id, u.user_id, l.request_id, d.grants,
      (extract(epoch from l.at) * 1000000)::bigint::text as micros
    from pools p
    cross join lateral (
      select * from ledger l
      where l.customer_id = p.customer_id and l.pool_no = p.pool_no and ${boundOf(page)} and ${filtersOf(filter)}
      order by l.seq ${order} limit ${page.limit + 1}
    ) l
    left join customer_users u on u.customer_id = l.customer_id and u.user_no = l.user_no
    left join holds w on w.customer_id = l.customer_id and w.pool_no = l.pool_no and w.key = l.about_seq
      and l.type in ('hold_placed', 'hold_released', 'consumed', 'updated')
    left join lateral (
      select json_agg(json_build_object('grantId', g.grant_id, 'amount', draw.amount::text)) as grants
      from (
        select * from unnest(l.draw_keys, l.draw_amounts)
        union all select l.seq, 0::bigint where l.type = 'granted' and l.draw_keys = '{}'
        union all select l.about_seq, 0::bigint
          where l.type in ('updated', 'revoked', 'frozen', 'unfrozen', 'activated') and l.draw_keys = '{}'
      ) as draw (key, amount)
      join grants g on g.customer_id = l.customer_id and g.pool_no = l.pool_no and g.key = draw.key
    ) d on true
    where p.customer_id = ${filter.customerId}
      and (${filter.creditTypeId ?? null}::text is null or p.credit_type_id = ${filter.creditTypeId ?? null})
      and (${filter.resourceId ?? null}::text is null or p.resource_id = ${filter.resourceId ?? null})
    order by l.at ${order}, l.pool_no ${order}, l.seq ${order} limit ${page.limit + 1}`.execute(db);
  return cutPage(found, page);
}

/** Where a page begins: beside the entry of its position. The bound on seq is what the index can use. */
function boundOf({ from }: PageRequest) {
  if (from === null) return sql`true`;
  const [poolNo = "0", seq = "0"] = from.position.id.split(":");
  const at = sql`timestamptz 'epoch' + ${from.position.micros}::bigint * interval '1 microsecond'`;
  const position = sql`(${at}, ${poolNo}::int, ${seq}::bigint)`;
  return from.direction === "prev"
    ? sql`l.seq > case when p.pool_no = ${poolNo}::int then ${seq}::bigint else 0 end
        and (l.at, l.pool_no, l.seq) > ${position}`
    : sql`l.seq < case when p.pool_no = ${poolNo}::int then ${seq}::bigint else 9223372036854775807 end
        and (l.at, l.pool_no, l.seq) < ${position}`;
}

function filtersOf(filter: LedgerFilter) {
  const time = sql.ref(filter.timeField === "occurredAt" ? "l.occurred_at" : "l.at");
  const conditions = [sql`true`];
  if (filter.type !== undefined) conditions.push(sql`l.type = ${filter.type}::entry_type`);
  if (filter.featureId !== undefined) conditions.push(sql`l.feature_id = ${filter.featureId}`);
  if (filter.from !== undefined) conditions.push(sql`${time} >= ${new Date(filter.from)}`);
  if (filter.to !== undefined) conditions.push(sql`${time} < ${new Date(filter.to)}`);
  if (filter.userId !== undefined) {
    conditions.push(sql`l.user_no = (
      select user_no from customer_users x where x.customer_id = l.customer_id and x.user_id = ${filter.userId})`);
  }
  return sql.join(conditions, sql` and `);
}

function cutPage(found: readonly LedgerLine[], page: PageRequest): PageOf<LedgerLine> {
  const backwards = page.from?.direction === "prev";
  const more = found.length > page.limit;
  const rows = found.slice(0, page.limit);
  if (backwards) rows.reverse();
  return {
    rows,
    prev: (backwards ? more : page.from !== null) ? positionOf(rows.at(0)) : null,
    next: backwards || more ? positionOf(rows.at(-1)) : null,
  };
}

function positionOf(line: LedgerLine | undefined): Position | null {
  return line ? { micros: line.micros, id: `${line.pool_no}:${line.seq}` } : null;
}
