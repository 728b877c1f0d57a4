import { sql } from "kysely";
import { credits, type Finding, findFirst, type Slice, within } from "./finding.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * Compares pools with their grants and holds: that the balance is what remains less the overage (I-2), that nothing is
 * free while anything is owed (I-7), and that what falls due is not forgotten (I-10). A grant or hold that is due and
 * was not settled yet is no fault as long as the pool knows of it.
 */
export function checkPools(snapshot: Snapshot, slice: Slice): Promise<Finding[]> {
  return findFirst(
    snapshot,
    sql`
    with due as (
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
    ), state as (
      select customer_id, pool_no, stored.balance, stored.overage, stored.next_due_at, next.due_at,
        coalesce(left_over.remaining, 0) as remaining, coalesce(left_over.free, 0) as free
      from (select * from pools where ${within(slice)}) stored
        left join left_over using (customer_id, pool_no) left join next using (customer_id, pool_no)
    ), judged as (
      select *, balance <> remaining - overage as unbacked, overage > 0 and free > 0 as unspent,
        due_at is not null and (next_due_at <= due_at) is not true as forgotten
      from state
    )
    select customer_id, pool_no, found.invariant, null::bigint as seq, found.detail
    from judged cross join lateral (values
      ('I-2', unbacked, format('the balance is %s, the grants hold %s and the overage is %s',
        ${credits("balance")}, ${credits("remaining")}, ${credits("overage")})),
      ('I-7', unspent, format('the overage is %s while %s of the grants is free',
        ${credits("overage")}, ${credits("free")})),
      ('I-10', forgotten, format('a grant or a hold falls due at %s, the pool waits until %s', due_at,
        coalesce(next_due_at::text, 'for ever')))
    ) as found (invariant, is_broken, detail)
    where (unbacked or unspent or forgotten) and found.is_broken`,
  );
}
