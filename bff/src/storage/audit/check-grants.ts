import { sql } from "kysely";
import { credits, type Finding, findFirst, type Slice, within } from "./finding.ts";
import { opening, OPENING_GRANTS } from "./openings.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * Adds every grant up again from the draws on it: that it holds what is left (I-8) and possible amounts (I-6), and that
 * what expired is gone but for what holds reserve, was written down, and was not drawn on afterwards (I-10).
 */
export function checkGrants(snapshot: Snapshot, slice: Slice): Promise<Finding[]> {
  return findFirst(
    snapshot,
    sql`
    with ${opening(slice)}, ${OPENING_GRANTS}, single as (
      select customer_id, pool_no, seq, type, at, unnest(draw_keys) as key, unnest(draw_amounts) as amount,
        unnest(draw_held) as held
      from ledger where ${within(slice)}
    ), moved as (
      select customer_id, pool_no, key, type, sum(amount) as amount, sum(held) as held, min(seq) as first_seq,
        max(seq) filter (where amount <> coalesce(held, 0)) as last_seq, min(at) as at
      from single group by customer_id, pool_no, key, type
    ), drawn as (
      select customer_id, pool_no, key, sum(amount) as total, coalesce(sum(held), 0) as total_held,
        min(first_seq) as first_seq, max(last_seq) filter (where type in
          ('granted', 'activated', 'consumed', 'reversed', 'overage_repaid', 'hold_placed')) as last_seq,
        coalesce(sum(amount) filter (where type in ('granted', 'activated')), 0) as given,
        coalesce(-sum(amount) filter (where type = 'expired'), 0) as expired,
        coalesce(-sum(amount) filter (where type = 'overage_repaid'), 0) as repaid,
        coalesce(-sum(amount) filter (where type in ('frozen', 'unfrozen')), 0) as frozen,
        coalesce(-sum(amount) filter (where type = 'revoked'), 0) as revoked,
        min(first_seq) filter (where type = 'expired') as expired_seq, min(at) filter (where type = 'expired') as expired_at
      from (
        select * from moved
        union all
        -- What was archived of a grant; what it was given or lost while it waited is settled there.
        select customer_id, pool_no, key, part.type, part.amount, part.held, part.first_seq, null, null
        from opening_grants cross join lateral (values
          ('granted'::entry_type, case when activated then amount else 0 end, held, null::bigint),
          ('expired', -expired, 0, case when expired > 0 then seq end),
          ('overage_repaid', -repaid, 0, null),
          ('frozen', -frozen, 0, null),
          ('revoked', case when activated then -revoked else 0 end, 0, null),
          -- The rest is what was burned.
          ('consumed', remaining - case when activated then amount - revoked else 0 end + expired + repaid + frozen, 0, null)
        ) as part (type, amount, held, first_seq)
      ) as each group by customer_id, pool_no, key
    ), kept as (
      select customer_id, pool_no, key, g.amount as terms_amount, g.expires_at, b.amount, b.remaining, b.held, b.frozen,
        b.revoked, b.expired, b.repaid, b.activated, b.is_revoked
      from (select * from grants where ${within(slice)}) g
      full join (select * from grant_balances where ${within(slice)}) b using (customer_id, pool_no, key)
    ), stored as (
      select kept.*, l.seq is null and o.key is null as unwritten
      from kept left join ledger l
        on l.customer_id = kept.customer_id and l.pool_no = kept.pool_no and l.seq = kept.key and l.type = 'granted'
      left join opening_grants o
        on o.customer_id = kept.customer_id and o.pool_no = kept.pool_no and o.key = kept.key
    ), state as (
      select customer_id, pool_no, key, first_seq, last_seq, expired_seq, expired_at,
        stored.amount is null as missing, stored.amount is distinct from stored.terms_amount as halved, unwritten,
        stored.amount, stored.remaining, stored.held, stored.frozen, stored.revoked, stored.activated,
        stored.expires_at, stored.is_revoked, stored.expired as said_expired, stored.repaid as said_repaid,
        coalesce(drawn.expired, 0) as expired, coalesce(drawn.repaid, 0) as repaid,
        coalesce(drawn.frozen, 0) as drawn_frozen, coalesce(drawn.revoked, 0) as drawn_revoked,
        coalesce(drawn.total, 0) as total, coalesce(drawn.total_held, 0) as total_held,
        coalesce(drawn.given, 0) as given
      from stored full join drawn using (customer_id, pool_no, key)
    ), judged as (
      select *, held < 0 or held > remaining or frozen < 0 or revoked < 0
          or remaining > amount::numeric - frozen - revoked or amount not between 1 and 1000000000000000000 as impossible,
        remaining <> total as uneven, held <> total_held as misheld, frozen <> drawn_frozen as misfrozen,
        said_repaid <> repaid as misrepaid,
        given <> case when activated then amount - (revoked - drawn_revoked) else 0 end as misgiven,
        activated <> (given > 0) as misactivated,
        said_expired <> expired as misreported,
        (expired_seq is not null or is_revoked) and (remaining <> held or is_revoked and frozen <> 0) as undead,
        last_seq > expired_seq as haunted, expired_at is not null and (expired_at >= expires_at) is not true as early
      from state
    )
    select customer_id, pool_no, found.invariant, found.seq, found.detail
    from judged cross join lateral (values
      ('I-6', key, impossible, format('the grant holds %s of %s, %s of it held, %s frozen, %s revoked',
        ${credits("remaining")}, ${credits("amount")}, ${credits("held")}, ${credits("frozen")},
        ${credits("revoked")})),
      ('I-8', coalesce(first_seq, key), missing, format('draws on grant %s, which is not there', key)),
      ('I-8', key, halved and not missing, 'the grant is another one in its terms than in its balance'),
      ('I-8', key, unwritten, 'no entry granted this grant'),
      ('I-8', key, uneven, format('the grant holds %s, its entries leave %s',
        ${credits("remaining")}, ${credits("total")})),
      ('I-8', key, misheld, format('%s of the grant is held, its entries hold %s',
        ${credits("held")}, ${credits("total_held")})),
      ('I-8', key, misfrozen, format('%s of the grant is frozen, its entries froze %s',
        ${credits("frozen")}, ${credits("drawn_frozen")})),
      ('I-8', key, misrepaid, format('the grant says that it repaid %s, its entries say %s',
        ${credits("said_repaid")}, ${credits("repaid")})),
      ('I-8', key, misgiven, format('the grant is one of %s, its entries brought %s',
        ${credits("amount")}, ${credits("given")})),
      ('I-8', key, misactivated, format('the grant is marked as %s, its entries say otherwise',
        case when activated then 'activated' else 'waiting' end)),
      ('I-10', coalesce(expired_seq, key), misreported, format('the grant says that %s expired, its entries say %s',
        ${credits("said_expired")}, ${credits("expired")})),
      ('I-10', coalesce(expired_seq, key), undead, format('the grant is gone and holds %s, of which %s is held',
        ${credits("remaining")}, ${credits("held")})),
      ('I-10', expired_seq, haunted, format('the grant expired and entry %s draws on it', last_seq)),
      ('I-10', expired_seq, early, format('expired at %s, before its time %s', expired_at,
        coalesce(expires_at::text, 'which never comes')))
    ) as found (invariant, seq, is_broken, detail)
    where (missing or halved or unwritten or impossible or uneven or misheld or misfrozen or misrepaid or misgiven
      or misactivated or misreported or undead or haunted or early) and found.is_broken`,
  );
}
