import { sql } from "kysely";
import { credits, type Finding, findFirst, type Slice, within } from "./finding.ts";
import { opening, OPENING_HOLDS } from "./openings.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * Derives every hold again from its entries: what it reserves of which grant, what was captured of it, how and when it
 * ended; and that a grant holds what its open holds reserve of it (I-8).
 */
export function checkHolds(snapshot: Snapshot, slice: Slice): Promise<Finding[]> {
  return findFirst(
    snapshot,
    sql`
    with ${opening(slice)}, ${OPENING_HOLDS}, moved as (
      select customer_id, pool_no, seq, type, about_seq as key, delta, decided_at, details, draw_keys, draw_held
      from ledger
      where ${within(slice)} and about_seq is not null and (type in ('hold_placed', 'hold_released', 'consumed')
        or type = 'updated' and details ? 'holdExpiresAt')
    ), single as (
      select customer_id, pool_no, moved.key as hold_key, draw.key, draw.held
      from moved cross join lateral unnest(draw_keys, draw_held) as draw (key, held) where draw.held is not null
      union all
      select customer_id, pool_no, h.key, part."grantKey", part.amount
      from opening_holds h cross join lateral jsonb_to_recordset(h.parts) as part ("grantKey" bigint, amount bigint)
    ), part as (
      select customer_id, pool_no, hold_key, key, sum(held) as amount
      from single group by customer_id, pool_no, hold_key, key having sum(held) <> 0
    ), parts as (
      select customer_id, pool_no, hold_key as key, array_agg(key order by key)::text as keys,
        array_agg(amount order by key)::text as amounts
      from part group by customer_id, pool_no, hold_key
    ), told as (
      select customer_id, pool_no, key, min(seq) as first_seq, bool_or(type = 'hold_placed' and seq = key) as placed,
        coalesce(-sum(delta) filter (where type = 'consumed'), 0) as captured,
        coalesce(sum((select sum(held) from unnest(draw_held) as held)) filter (where type = 'hold_placed'), 0) as amount,
        (array_agg(details ->> 'holdEnd' order by seq desc) filter (where details ? 'holdEnd'))[1] as ended,
        (array_agg(decided_at order by seq desc) filter (where details ? 'holdEnd'))[1] as closed_at,
        (array_agg(details ->> 'holdExpiresAt' order by seq desc) filter (where details ? 'holdExpiresAt'))[1]
          as expires_at
      from moved group by customer_id, pool_no, key
      union all
      select customer_id, pool_no, key, key, true, captured, amount, null, null, null from opening_holds
    ), said as (
      select customer_id, pool_no, key, min(first_seq) as first_seq, bool_or(placed) as placed,
        sum(captured) as captured, sum(amount) as amount, max(ended) as ended, max(closed_at) as closed_at,
        max(expires_at) as expires_at
      from told group by customer_id, pool_no, key
    ), stored as (
      select customer_id, pool_no, key, amount, captured, ended, closed_at, expires_at, part_keys::text as keys,
        part_amounts::text as amounts
      from holds h where ${within(slice)} and not exists (
        -- Of a hold that ended before the checkpoint no entry is left; the digest below stands for it.
        select from opening o where o.customer_id = h.customer_id and o.pool_no = h.pool_no and h.key <= o.seq
          and not exists (
            select from opening_holds k where k.customer_id = h.customer_id and k.pool_no = h.pool_no and k.key = h.key))
    ), state as (
      select customer_id, pool_no, key, stored.captured is null as missing, said.placed is not true as unwritten,
        said.first_seq, stored.amount, said.amount as said_amount, stored.captured, stored.ended, stored.expires_at, stored.keys || ' ' || stored.amounts as kept,
        coalesce(parts.keys || ' ' || parts.amounts, '{} {}') as left_over, said.captured as said_captured,
        said.ended as said_ended, stored.closed_at is distinct from said.closed_at as misclosed,
        said.expires_at as said_expires_at
      from stored full join said using (customer_id, pool_no, key) left join parts using (customer_id, pool_no, key)
    ), judged as (
      select *, amount <> said_amount as missized, captured <> said_captured as miscaptured, ended is distinct from said_ended or misclosed as misended,
        kept <> left_over as misheld,
        said_expires_at <> floor(extract(epoch from expires_at) * 1000)::text as mistimed
      from state
    )
    select customer_id, pool_no, found.invariant, found.seq, found.detail
    from judged cross join lateral (values
      ('I-8', first_seq, missing, format('is about hold %s, which is not there', key)),
      ('I-8', key, unwritten and not missing, 'no entry placed this hold'),
      ('I-8', key, missized, format('the hold is one of %s, its entry reserved %s',
        ${credits("amount")}, ${credits("said_amount")})),
      ('I-8', key, miscaptured and not unwritten, format('the hold says that %s was captured, its entries say %s',
        ${credits("captured")}, ${credits("said_captured")})),
      ('I-8', key, misended and not (missing or unwritten), format('the hold is marked %s, its entries leave it %s',
        coalesce(ended, 'open'), coalesce(said_ended, 'open'))),
      ('I-8', key, misheld and not unwritten, format('the hold reserves %s, its entries leave %s', kept, left_over)),
      ('I-8', key, mistimed, 'the hold lasts until another time than its entries say')
    ) as found (invariant, seq, is_broken, detail)
    where (missing or unwritten or missized or miscaptured or misended or misheld or mistimed) and found.is_broken
    union all
    select customer_id, pool_no, 'I-8', key, format('%s of the grant is held, open holds reserve %s of it',
      trim_scale(coalesce(b.held, 0)::numeric / 1000000), trim_scale(coalesce(reserved.amount, 0)::numeric / 1000000))
    from (select * from grant_balances where ${within(slice)} and held <> 0) b
    full join (
      select h.customer_id, h.pool_no, part.key, sum(part.amount) as amount
      from holds h cross join lateral unnest(h.part_keys, h.part_amounts) as part (key, amount)
      where ${within(slice, "h.customer_id")}
      group by h.customer_id, h.pool_no, part.key
    ) reserved using (customer_id, pool_no, key)
    where b.held is distinct from reserved.amount
    union all
    select o.customer_id, o.pool_no, 'I-8', null, 'holds that ended before the checkpoint are not what they were'
    from opening o
    where o.state <> '{}' and o.state ->> 'endedHolds' is distinct from ended_holds_digest(o.customer_id, o.pool_no,
      o.seq, coalesce((
        select array_agg(k.key) from opening_holds k where k.customer_id = o.customer_id and k.pool_no = o.pool_no
      ), '{}'))`,
  );
}
