import { type Kysely, sql } from "kysely";
import { cutPage, type KeysetRow, microsOf, type PageOf, type PageRequest } from "../keyset.ts";
import type { Tables } from "../tables.ts";
import { areEntries, type LedgerFilter } from "./ledger-filter.ts";
import { arePools, isBeyond, partOfLedger, walkOrder } from "./pool-walk.ts";

/** An entry as lists show it. Amounts are bigint text. */
export interface LedgerLine extends KeysetRow {
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
}

/** A customer's entries, newest first. */
export async function listLedgerLines(
  db: Kysely<Tables>,
  filter: LedgerFilter,
  page: PageRequest,
): Promise<PageOf<LedgerLine>> {
  const order = walkOrder(page);
  const limit = sql.lit(page.limit + 1);
  const beyond = isBeyond(page, { time: "l.at", pool: "l.pool_no", seq: "l.seq" });
  const { rows } = await sql<LedgerLine>`
    select l.pool_no, l.credit_type_id, l.resource_id, l.seq, l.at, l.occurred_at, l.type, l.delta, l.end_balance,
      l.overage_change, w.hold_id, l.source_kind, l.source_id, l.actor_kind, l.actor_id, l.reason, l.feature_id,
      u.user_id, l.request_id, d.grants, ${microsOf(sql.ref("l.at"))}::text as keyset_key,
      l.pool_no || ':' || l.seq as keyset_id
    from (
      select p.credit_type_id, p.resource_id, l.*
      from pools p
      cross join lateral ${partOfLedger(filter, page)} part
      cross join lateral (
        select * from ledger l
        where l.customer_id = p.customer_id and l.pool_no = p.pool_no
          and l.seq > part.after_seq and l.seq <= part.until_seq and ${beyond} and ${areEntries(filter)}
        order by l.seq ${order} limit ${limit}
      ) l
      where ${arePools(filter)}
      order by l.at ${order}, l.pool_no ${order}, l.seq ${order} limit ${limit}
    ) l
    left join customer_users u on u.customer_id = l.customer_id and u.user_no = l.user_no
    left join holds w on w.customer_id = l.customer_id and w.pool_no = l.pool_no and w.key = l.about_seq
    left join lateral (
      select json_agg(json_build_object('grantId', g.grant_id, 'amount', draw.amount::text) order by draw.n) as grants
      from (
        select * from unnest(l.draw_keys, l.draw_amounts) with ordinality as draw (key, amount, n)
        union all select l.seq, 0::bigint, 1 where l.type = 'granted' and l.draw_keys = '{}'
        union all select l.about_seq, 0::bigint, 1
          where l.type in ('updated', 'revoked', 'frozen', 'unfrozen', 'activated') and l.draw_keys = '{}'
      ) as draw (key, amount, n)
      -- One look by the key for each: a pool may have many grants.
      cross join lateral (
        select x.grant_id from grants x
        where x.customer_id = l.customer_id and x.pool_no = l.pool_no and x.key = draw.key offset 0
      ) g
    ) d on true
    order by l.at ${order}, l.pool_no ${order}, l.seq ${order}`.execute(db);
  return cutPage(rows, page);
}
