import { sql } from "kysely";
import { credits, type Finding, findFirst, type Slice, within } from "./finding.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * Follows what entries say that they change of grants: the flags, the terms and what was revoked are the last word of
 * the ledger on them (I-8), and nothing is revoked that was not there (I-9). Whatever details say, they are read as text
 * first: a corrupt one must be named, not fail the audit.
 */
export function checkGrantChanges(snapshot: Snapshot, slice: Slice): Promise<Finding[]> {
  return findFirst(
    snapshot,
    sql`
    with change as (
      select customer_id, pool_no, seq, type, coalesce(about_seq, seq) as key, details,
        case when details ->> 'revoked' ~ '^[0-9]{1,18}$' then (details ->> 'revoked')::numeric end as revoked,
        (select coalesce(sum(amount), 0) from unnest(draw_amounts) as amount) as drawn, cardinality(draw_amounts) as draws
      from ledger
      where ${within(slice)} and (type in ('granted', 'revoked', 'frozen', 'unfrozen', 'activated', 'updated'))
        and (details is null or not details ? 'holdExpiresAt')
    ), said as (
      select customer_id, pool_no, key, coalesce(sum(revoked), 0) as revoked,
        coalesce((array_agg(details -> 'isFrozen' order by seq desc) filter (where details ? 'isFrozen'))[1], 'false')
          = 'true' as is_frozen,
        count(*) filter (where details ? 'isRevoked') as whole,
        max(seq) filter (where details ? 'isRevoked') as whole_seq,
        coalesce(bool_or(details -> 'isPaymentPending' = 'true'), false)
          and not coalesce(bool_or(details -> 'isPaymentPending' = 'false'), false) as is_payment_pending,
        (array_agg(details ->> 'priority' order by seq desc) filter (where details ? 'priority'))[1] as priority,
        (array_agg(details ->> 'effectiveAt' order by seq desc) filter (where details ? 'effectiveAt'))[1]
          as effective_at,
        bool_or(details ? 'expiresAt') is true as has_expiry,
        (array_agg(details ->> 'expiresAt' order by seq desc) filter (where details ? 'expiresAt'))[1] as expires_at,
        bool_or(type in ('granted', 'activated') and drawn > 0) as activated,
        min(seq) filter (where type = 'revoked' and (revoked is null or draws > 0 and drawn <> -revoked)) as unfounded_seq
      from change group by customer_id, pool_no, key
    ), state as (
      select b.*, g.priority, g.effective_at, g.expires_at, said.revoked as said_revoked,
        said.is_frozen as said_frozen, said.whole, said.whole_seq, said.is_payment_pending as said_pending,
        said.activated as said_activated, said.priority as said_priority, said.effective_at as said_effective_at,
        said.has_expiry, said.expires_at as said_expires_at, said.unfounded_seq
      from (select * from grant_balances where ${within(slice)}) b
      join (select * from grants where ${within(slice)}) g using (customer_id, pool_no, key)
      join said using (customer_id, pool_no, key)
    ), judged as (
      select *, revoked <> said_revoked as misrevoked, activated <> said_activated as misactivated,
        is_frozen <> said_frozen or is_revoked <> (whole > 0) or is_payment_pending <> said_pending as misflagged,
        open <> (remaining > 0 or frozen > 0 or not (activated or is_revoked)) as mismarked,
        said_priority <> priority::text as misordered,
        said_effective_at <> floor(extract(epoch from effective_at) * 1000)::text
          or has_expiry and said_expires_at is distinct from floor(extract(epoch from expires_at) * 1000)::text
          as mistimed,
        said_revoked > amount as overrevoked, whole > 1 as revoked_again
      from state
    )
    select customer_id, pool_no, found.invariant, found.seq, found.detail
    from judged cross join lateral (values
      ('I-8', key, misrevoked, format('the grant says that %s was revoked, its entries say %s',
        ${credits("revoked")}, ${credits("said_revoked")})),
      ('I-8', key, misactivated, format('the grant is marked as %s, its entries say otherwise',
        case when activated then 'activated' else 'waiting' end)),
      ('I-8', key, misflagged, format(
        'the grant is marked as frozen %s, revoked %s, unpaid %s, its entries leave %s, %s, %s',
        is_frozen, is_revoked, is_payment_pending, said_frozen, whole > 0, said_pending)),
      ('I-8', key, mismarked, format('the grant holds %s and is marked %s', ${credits("remaining")},
        case when open then 'open' else 'closed' end)),
      ('I-8', key, misordered, format('the grant has priority %s, its entries gave it %s', priority, said_priority)),
      ('I-8', key, mistimed, format('the grant lasts from %s until %s, its entries say otherwise', effective_at,
        coalesce(expires_at::text, 'ever'))),
      ('I-9', key, overrevoked, format('%s of %s was revoked', ${credits("said_revoked")}, ${credits("amount")})),
      ('I-9', whole_seq, revoked_again, 'the grant was revoked as a whole before'),
      ('I-9', unfounded_seq, unfounded_seq is not null, 'does not draw what it says that it revokes')
    ) as found (invariant, seq, is_broken, detail)
    where (misrevoked or misactivated or misflagged or mismarked or misordered or mistimed or overrevoked
      or revoked_again or unfounded_seq is not null) and found.is_broken`,
  );
}
