import { sql } from "kysely";
import { credits, type Finding, findFirst, type Slice, type Snapshot, within } from "./finding.ts";

/**
 * Adds every pool up again from its entries and from its grants: I-1, I-2, I-7, the end of I-4, and of I-10 that what
 * falls due is not forgotten. A due grant that was not settled yet is no fault as long as the pool knows of it.
 */
export function checkPools(snapshot: Snapshot, slice: Slice): Promise<Finding[]> {
  return findFirst(
    snapshot,
    sql`
    with counted as (
      select customer_id, pool_no, max(seq) as last_seq, sum(delta) as total, sum(overage_change) as owed
      from ledger where ${within(slice)} group by customer_id, pool_no
    ), held as (
      select customer_id, pool_no, sum(remaining) as remaining,
        min(case when activated then expires_at else effective_at end) filter (where open) as due_at
      from grants where ${within(slice)} group by customer_id, pool_no
    ), stored as (
      select * from pools where ${within(slice)}
    ), state as (
      select customer_id, pool_no, stored.seq is null as is_missing, stored.seq, stored.balance, stored.overage,
        stored.next_due_at, held.due_at, coalesce(counted.last_seq, 0) as last_seq, coalesce(counted.total, 0) as total,
        coalesce(counted.owed, 0) as owed, coalesce(held.remaining, 0) as remaining
      from stored full join counted using (customer_id, pool_no) left join held using (customer_id, pool_no)
    )
    select customer_id, pool_no, found.invariant, found.seq, found.detail
    from state cross join lateral (values
      ('I-1', null::bigint, case
        when is_missing then 'there are entries and no pool'
        when balance <> total then
          format('the balance is %s, the entries add up to %s', ${credits("balance")}, ${credits("total")}) end),
      ('I-2', null, case when balance <> remaining - overage then
        format('the balance is %s, the grants hold %s and the overage is %s',
          ${credits("balance")}, ${credits("remaining")}, ${credits("overage")}) end),
      ('I-4', least(state.seq, last_seq) + 1, case when state.seq <> last_seq then
        format('the pool stands at entry %s, the last one is %s', state.seq, last_seq) end),
      ('I-7', null, case
        when overage < 0 then format('the overage is %s', ${credits("overage")})
        when overage <> owed then
          format('the overage is %s, the entries add up to %s', ${credits("overage")}, ${credits("owed")})
        when overage > 0 and remaining > 0 then
          format('the overage is %s while the grants hold %s', ${credits("overage")}, ${credits("remaining")}) end),
      ('I-10', null, case when due_at is not null and not is_missing and (next_due_at <= due_at) is not true then
        format('a grant falls due at %s, the pool waits until %s', due_at, coalesce(next_due_at::text, 'for ever')) end)
    ) as found (invariant, seq, detail)
    where found.detail is not null`,
  );
}
