import { sql } from "kysely";
import { credits, type Finding, findFirst, type Slice, within } from "./finding.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * Looks whether money and credits went back together (I-18): no order is refunded beyond what was paid, nor are more
 * credits taken back for it than it bought; what was taken is what the ledger says; and what was made good is what was
 * taken, by a grant of just that.
 */
export function checkReversals(snapshot: Snapshot, slice: Slice): Promise<Finding[]> {
  return findFirst(
    snapshot,
    sql`
    with taken as (
      select customer_id, reversal_id, top_up_id, sum(taken) as taken, bool_or(takes_held) as takes_held
      from takings where ${within(slice)} group by customer_id, reversal_id, top_up_id
    ), per_order as (
      select t.customer_id, t.top_up_id, t.credits, t.paid_minor + coalesce(t.tax_minor, 0) as paid,
        sum(r.amount_minor) filter (where r.kind = 'refund' and r.status not in ('failed', 'canceled')) as refunded,
        sum(coalesce(k.taken, 0) - coalesce(r.restored_credits, 0)) as taken
      from (select * from reversals where ${within(slice)}) r
      join top_ups t on t.customer_id = r.customer_id and t.top_up_id = r.top_up_id
      left join taken k on k.customer_id = r.customer_id and k.reversal_id = r.reversal_id
      group by t.customer_id, t.top_up_id
    )
    select customer_id, null::int as pool_no, 'I-18' as invariant, null::bigint as seq, case
        when refunded > paid then format('%s of the %s paid for order %s were refunded', refunded, paid, top_up_id)
        else format('%s of the %s credits of order %s were taken back', ${credits("taken")}, ${credits("credits")},
          top_up_id) end as detail
    from per_order where refunded > paid or taken > credits
    union all
    select k.customer_id, l.pool_no, 'I-18', l.seq, format('%s took %s, its entry says %s', k.command_id,
      ${credits("k.taken")}, coalesce(l.details ->> 'revoked', 'nothing'))
    from (select * from takings where ${within(slice)} and taken is not null) k
    left join commands c on c.customer_id = k.customer_id and c.id = k.command_id
    left join ledger l on l.customer_id = c.customer_id and l.pool_no = c.pool_no and l.seq = c.seq
    -- Entries that were archived are vouched for by the archive.
    where (c.id is null or l.seq is not null) and coalesce((l.details ->> 'revoked')::bigint, 0) <> k.taken
    union all
    select r.customer_id, g.pool_no, 'I-18', g.key, format('%s took %s and %s was made good', r.reversal_id,
      ${credits("k.taken")}, ${credits("r.restored_credits")})
    from (select * from reversals where ${within(slice)} and restored_credits > 0) r
    left join taken k on k.customer_id = r.customer_id and k.reversal_id = r.reversal_id
    left join grants g on g.customer_id = r.customer_id and g.grant_id = r.restored_grant_id
    where g.amount is distinct from r.restored_credits or k.taken is null
      or r.restored_credits < k.taken or (r.restored_credits > k.taken and not k.takes_held)`,
  );
}
