import { sql } from "kysely";
import { type Finding, findFirst, type Slice, within } from "./finding.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * Pairs payments with what they bought (I-14): a paid order has its one grant, of as many credits as were ordered; an
 * order that is not paid has none, but for the moment between the two; and no payment pays for two orders.
 */
export function checkPayments(snapshot: Snapshot, slice: Slice): Promise<Finding[]> {
  // An invoice may be granted before it is paid, by policy.
  return findFirst(
    snapshot,
    sql`
    select t.customer_id, g.pool_no, 'I-14' as invariant, null::bigint as seq, case
        when t.status <> 'paid' then format('order %s is %s and has its grant', t.top_up_id, t.status)
        when g.grant_id is null then format('order %s is paid and has no grant', t.top_up_id)
        when g.amount <> t.credits then format('order %s bought another amount than was granted', t.top_up_id)
        else format('order %s is paid by a grant that is not its own', t.top_up_id)
      end as detail
    from top_ups t left join grants g on g.customer_id = t.customer_id and g.grant_id = t.grant_id
    where ${within(slice, "t.customer_id")} and case when t.status = 'paid'
      then (g.amount = t.credits and g.category = 'paid' and g.source_id = t.top_up_id) is not true
      else g.grant_id is not null and t.method <> 'invoice'
        and t.updated_at < clock_timestamp() - interval '15 minutes'
      end
    union all
    select customer_id, null::int, 'I-14', null::bigint, format('the payment %s pays for several orders', payment_intent_id)
    from top_ups where ${within(slice)} and status = 'paid' and payment_intent_id is not null
    group by customer_id, payment_intent_id having count(*) > 1
    union all
    select g.customer_id, g.pool_no, 'I-14', null::bigint, format('order %s has a second grant', t.top_up_id)
    from grants g join top_ups t on t.customer_id = g.customer_id and t.top_up_id = g.source_id
      and t.source_kind = g.source_kind and t.grant_id <> g.grant_id
    -- What makes a refund that failed good is a grant of the same order.
    where ${within(slice, "g.customer_id")} and not exists (
      select 1 from reversals r where r.customer_id = g.customer_id and r.restored_grant_id = g.grant_id)`,
  );
}
