import { sql } from "kysely";
import { credits, type Finding, findFirst, type Slice, within } from "./finding.ts";
import { opening, OPENING_GRANTS } from "./openings.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * Follows what entries say that they change of grants: the flags and what was revoked are the last word of the ledger
 * on them (I-8), and nothing is revoked twice (I-9). Whatever details say, they are read as text
 * first: a corrupt one must be named, not fail the audit.
 */
export function checkGrantChanges(snapshot: Snapshot, slice: Slice): Promise<Finding[]> {
  return findFirst(
    snapshot,
    sql`
    with ${opening(slice)}, ${OPENING_GRANTS}, change as (
      select customer_id, pool_no, seq, type, coalesce(about_seq, seq) as key, details,
        case when details ->> 'revoked' ~ '^[0-9]{1,19}$' then (details ->> 'revoked')::numeric end as revoked,
        (select coalesce(sum(amount), 0) from unnest(draw_amounts) as amount) as drawn, cardinality(draw_amounts) as draws
      from ledger
      where ${within(slice)} and (type = 'granted' or about_seq is not null
          and type in ('revoked', 'frozen', 'unfrozen', 'activated', 'updated'))
        and (details is null or not details ? 'holdExpiresAt')
      union all
      select customer_id, pool_no, seq, 'granted', key, jsonb_strip_nulls(jsonb_build_object('isFrozen', "isFrozen",
          'isRevoked', nullif("isRevoked", false), 'isPaymentPending', nullif("isPaymentPending", false))),
        revoked, 0, 0
      from opening_grants
    ), said as (
      select customer_id, pool_no, key, coalesce(sum(revoked), 0) as revoked,
        coalesce((array_agg(details -> 'isFrozen' order by seq desc) filter (where details ? 'isFrozen'))[1], 'false')
          = 'true' as is_frozen,
        count(*) filter (where details ? 'isRevoked') as whole,
        max(seq) filter (where details ? 'isRevoked') as whole_seq,
        coalesce(bool_or(details -> 'isPaymentPending' = 'true'), false)
          and not coalesce(bool_or(details -> 'isPaymentPending' = 'false'), false) as is_payment_pending,
        min(seq) filter (where type = 'revoked' and (revoked is null or draws > 0 and drawn <> -revoked)) as unfounded_seq
      from change group by customer_id, pool_no, key
    ), state as (
      select b.*, said.revoked as said_revoked, said.is_frozen as said_frozen, said.whole, said.whole_seq,
        said.is_payment_pending as said_pending, said.unfounded_seq
      from (select * from grant_balances where ${within(slice)}) b join said using (customer_id, pool_no, key)
    ), judged as (
      select *, revoked <> said_revoked as misrevoked,
        is_frozen <> said_frozen or is_revoked <> (whole > 0) or is_payment_pending <> said_pending as misflagged,
        open <> (remaining > 0 or frozen > 0 or not (activated or is_revoked)) as mismarked,
        said_revoked > amount as overrevoked, whole > 1 as revoked_again
      from state
    )
    select customer_id, pool_no, found.invariant, found.seq, found.detail
    from judged cross join lateral (values
      ('I-8', key, misrevoked, format('the grant says that %s was revoked, its entries say %s',
        ${credits("revoked")}, ${credits("said_revoked")})),
      ('I-8', key, misflagged, format(
        'the grant is marked as frozen %s, revoked %s, unpaid %s, its entries leave %s, %s, %s',
        is_frozen, is_revoked, is_payment_pending, said_frozen, whole > 0, said_pending)),
      ('I-8', key, mismarked, format('the grant holds %s and is marked %s', ${credits("remaining")},
        case when open then 'open' else 'closed' end)),
      ('I-9', key, overrevoked, format('%s of %s was revoked', ${credits("said_revoked")}, ${credits("amount")})),
      ('I-9', whole_seq, revoked_again, 'the grant was revoked as a whole before'),
      ('I-9', unfounded_seq, unfounded_seq is not null, 'does not draw what it says that it revokes')
    ) as found (invariant, seq, is_broken, detail)
    where (misrevoked or misflagged or mismarked or overrevoked or revoked_again or unfounded_seq is not null)
      and found.is_broken`,
  );
}
