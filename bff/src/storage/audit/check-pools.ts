import { sql } from "kysely";
import { credits, type Finding, findFirst, type Slice, within } from "./finding.ts";
import { opening } from "./openings.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * Adds every pool up again from its entries and from its grants: I-1, I-2, I-7, the end of I-4, and of I-10 that what
 * falls due is not forgotten. A grant or hold that is due and was not settled yet is no fault as long as the pool knows
 * of it.
 */
export function checkPools(snapshot: Snapshot, slice: Slice): Promise<Finding[]> {
  return findFirst(
    snapshot,
    sql`
    with ${opening(slice)}, written as (
      select customer_id, pool_no, max(seq) as last_seq, sum(delta) as total, sum(overage_change) as owed
      from ledger where ${within(slice)} group by customer_id, pool_no
      union all
      select customer_id, pool_no, seq, balance, overage from opening
    ), counted as (
      select customer_id, pool_no, max(last_seq) as last_seq, sum(total) as total, sum(owed) as owed
      from written group by customer_id, pool_no
    ), due as (
      select b.customer_id, b.pool_no, case when b.activated then g.expires_at else g.effective_at end as due_at
      from grant_balances b
      join grants g on g.customer_id = b.customer_id and g.pool_no = b.pool_no and g.key = b.key
      where ${within(slice, "b.customer_id")} and case when b.activated then b.remaining > b.held
        else not (b.is_payment_pending or b.is_frozen or b.is_revoked) end
      union all
      select customer_id, pool_no, expires_at from holds where ${within(slice)} and ended is null
    ), next as (
      select customer_id, pool_no, min(due_at) as due_at from due group by customer_id, pool_no
    ), left_over as (
      select customer_id, pool_no, sum(remaining) as remaining, sum(remaining::numeric - held) as free
      from grant_balances where ${within(slice)} group by customer_id, pool_no
    ), stored as (
      select * from pools where ${within(slice)}
    ), state as (
      select customer_id, pool_no, stored.seq is null as missing, stored.seq, stored.balance, stored.overage,
        stored.next_due_at, next.due_at, coalesce(counted.last_seq, 0) as last_seq,
        coalesce(counted.total, 0) as total, coalesce(counted.owed, 0) as owed,
        coalesce(left_over.remaining, 0) as remaining, coalesce(left_over.free, 0) as free
      from stored full join counted using (customer_id, pool_no) left join left_over using (customer_id, pool_no)
        left join next using (customer_id, pool_no)
    ), judged as (
      select *, balance <> total as uneven, balance <> remaining - overage as unbacked, seq <> last_seq as misplaced,
        overage < 0 or overage <> owed as misowed, overage > 0 and free > 0 as unspent,
        not missing and due_at is not null and (next_due_at <= due_at) is not true as forgotten
      from state
    )
    select customer_id, pool_no, found.invariant, found.seq, found.detail
    from judged cross join lateral (values
      ('I-1', null::bigint, missing, 'there are entries and no pool'),
      ('I-1', null, uneven, format('the balance is %s, the entries add up to %s',
        ${credits("balance")}, ${credits("total")})),
      ('I-2', null, unbacked, format('the balance is %s, the grants hold %s and the overage is %s',
        ${credits("balance")}, ${credits("remaining")}, ${credits("overage")})),
      ('I-4', least(judged.seq, last_seq) + 1, misplaced, format('the pool stands at entry %s, the last one is %s',
        judged.seq, last_seq)),
      ('I-7', null, misowed, format('the overage is %s, the entries add up to %s',
        ${credits("overage")}, ${credits("owed")})),
      ('I-7', null, unspent, format('the overage is %s while %s of the grants is free',
        ${credits("overage")}, ${credits("free")})),
      ('I-10', null, forgotten, format('a grant or a hold falls due at %s, the pool waits until %s', due_at,
        coalesce(next_due_at::text, 'for ever')))
    ) as found (invariant, seq, is_broken, detail)
    where (missing or uneven or unbacked or misplaced or misowed or unspent or forgotten) and found.is_broken`,
  );
}
