import { sql } from "kysely";
import { credits, type Finding, findFirst, type Slice, type Snapshot, within } from "./finding.ts";

/**
 * Adds every grant up again from the draws on it: that it holds what is left (I-8) and possible amounts (I-6), and that
 * what expired is gone, was written down, and was not burned afterwards (I-10).
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
      select g.*, l.seq is not null as is_written
      from grants g left join ledger l
        on l.customer_id = g.customer_id and l.pool_no = g.pool_no and l.seq = g.key and l.type = 'granted'
      where ${within(slice, "g.customer_id")}
    ), state as (
      select customer_id, pool_no, key, stored.amount is null as is_missing, is_written, first_seq, last_seq, expired_seq,
        expired_at, stored.amount, stored.remaining, stored.activated, stored.open, stored.expires_at,
        stored.expired as said_expired, coalesce(drawn.expired, 0) as expired, coalesce(drawn.total, 0) as total,
        coalesce(drawn.given, 0) as given
      from stored full join drawn using (customer_id, pool_no, key)
    )
    select customer_id, pool_no, found.invariant, found.seq, found.detail
    from state cross join lateral (values
      ('I-6', key, case when remaining < 0 or remaining > amount or amount <= 0 or amount > 1000000000000000000 then
        format('the grant holds %s of %s', ${credits("remaining")}, ${credits("amount")}) end),
      ('I-8', coalesce(case when is_missing then first_seq end, key), case
        when is_missing then format('draws on grant %s, which is not there', key)
        when not is_written then 'no entry granted this grant'
        when remaining <> total then
          format('the grant holds %s, its entries leave %s', ${credits("remaining")}, ${credits("total")})
        when given <> case when activated then amount else 0 end then
          format('the grant is one of %s, its entries brought %s', ${credits("amount")}, ${credits("given")})
        when open <> (remaining > 0 or not activated) then
          format('the grant holds %s and is marked %s', ${credits("remaining")},
            case when open then 'open' else 'closed' end) end),
      ('I-10', coalesce(expired_seq, key), case
        when said_expired <> expired then
          format('the grant says that %s expired, its entries say %s', ${credits("said_expired")}, ${credits("expired")})
        when expired_seq is not null and remaining <> 0 then
          format('the grant expired and holds %s', ${credits("remaining")})
        when last_seq > expired_seq then format('the grant expired and entry %s draws on it', last_seq)
        when expired_seq is not null and (expired_at >= expires_at) is not true then
          format('expired at %s, before its time %s', expired_at, coalesce(expires_at::text, 'which never comes')) end)
    ) as found (invariant, seq, detail)
    where found.detail is not null`,
  );
}
