import { sql } from "kysely";
import { credits, type Finding, findFirst, type Slice, within } from "./finding.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * Adds every grant up again from the draws on it: that it holds what is left (I-8) and possible amounts (I-6), and that
 * what expired is gone, was written down, and was not drawn on afterwards (I-10).
 */
export function checkGrants(snapshot: Snapshot, slice: Slice): Promise<Finding[]> {
  return findFirst(
    snapshot,
    sql`
    with drawn as (
      select l.customer_id, l.pool_no, draw.key, sum(draw.amount) as total, min(l.seq) as first_seq,
        max(l.seq) as last_seq,
        coalesce(sum(draw.amount) filter (where l.type in ('granted', 'activated')), 0) as given,
        coalesce(-sum(draw.amount) filter (where l.type = 'expired'), 0) as expired,
        min(l.seq) filter (where l.type = 'expired') as expired_seq,
        min(l.at) filter (where l.type = 'expired') as expired_at
      from ledger l cross join lateral unnest(l.draw_keys, l.draw_amounts) as draw (key, amount)
      where ${within(slice, "l.customer_id")}
      group by l.customer_id, l.pool_no, draw.key
    ), stored as (
      select g.*, l.seq is null as unwritten
      from grants g left join ledger l
        on l.customer_id = g.customer_id and l.pool_no = g.pool_no and l.seq = g.key and l.type = 'granted'
      where ${within(slice, "g.customer_id")}
    ), state as (
      select customer_id, pool_no, key, first_seq, last_seq, expired_seq, expired_at, stored.amount is null as missing,
        unwritten, stored.amount, stored.remaining, stored.activated, stored.open, stored.expires_at,
        stored.expired as said_expired, coalesce(drawn.expired, 0) as expired, coalesce(drawn.total, 0) as total,
        coalesce(drawn.given, 0) as given
      from stored full join drawn using (customer_id, pool_no, key)
    ), judged as (
      select *, remaining not between 0 and amount or amount not between 1 and 1000000000000000000 as impossible,
        remaining <> total as uneven, given <> case when activated then amount else 0 end as misgiven,
        open <> (remaining > 0 or not activated) as mismarked, said_expired <> expired as misreported,
        expired_seq is not null and remaining <> 0 as undead, last_seq > expired_seq as haunted,
        expired_seq is not null and (expired_at >= expires_at) is not true as early
      from state
    )
    select customer_id, pool_no, found.invariant, found.seq, found.detail
    from judged cross join lateral (values
      ('I-6', key, impossible, format('the grant holds %s of %s', ${credits("remaining")}, ${credits("amount")})),
      ('I-8', first_seq, missing, format('draws on grant %s, which is not there', key)),
      ('I-8', key, unwritten, 'no entry granted this grant'),
      ('I-8', key, uneven, format('the grant holds %s, its entries leave %s',
        ${credits("remaining")}, ${credits("total")})),
      ('I-8', key, misgiven, format('the grant is one of %s, its entries brought %s',
        ${credits("amount")}, ${credits("given")})),
      ('I-8', key, mismarked, format('the grant holds %s and is marked %s', ${credits("remaining")},
        case when open then 'open' else 'closed' end)),
      ('I-10', coalesce(expired_seq, key), misreported, format('the grant says that %s expired, its entries say %s',
        ${credits("said_expired")}, ${credits("expired")})),
      ('I-10', expired_seq, undead, format('the grant expired and holds %s', ${credits("remaining")})),
      ('I-10', expired_seq, haunted, format('the grant expired and entry %s draws on it', last_seq)),
      ('I-10', expired_seq, early, format('expired at %s, before its time %s', expired_at,
        coalesce(expires_at::text, 'which never comes')))
    ) as found (invariant, seq, is_broken, detail)
    where (missing or unwritten or impossible or uneven or misgiven or mismarked or misreported or undead or haunted
      or early) and found.is_broken`,
  );
}
