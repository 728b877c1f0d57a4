import { sql } from "kysely";
import { type Finding, findFirst, type Slice, within } from "./finding.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * Looks whether auto top-ups kept to what they may: what a pool's tries of a calendar month cost, those that succeeded and
 * those in flight, is within the limit that each was decided under (I-16); and each try has one order under one key that
 * never changed, over just what it was decided to buy (I-17).
 */
export async function checkAutoTopUps(snapshot: Snapshot, slice: Slice): Promise<Finding[]> {
  return [...(await checkLimits(snapshot, slice)), ...(await checkKeys(snapshot, slice))];
}

/** What came after a try does not count against it: a limit may be lowered at any time. */
function checkLimits(snapshot: Snapshot, slice: Slice): Promise<Finding[]> {
  return findFirst(
    snapshot,
    sql`
    with spent as (
      select customer_id, attempt_id, credit_type_id, resource_id, currency, limit_minor,
        sum(total_minor) over (
          partition by customer_id, credit_type_id, resource_id, currency,
            date_trunc('month', started_at at time zone 'UTC')
          order by created_at, attempt_id) as used
      from auto_top_up_attempts
      where ${within(slice)} and status in ('in_flight', 'action_required', 'succeeded')
    )
    select s.customer_id, p.pool_no, 'I-16' as invariant, null::bigint as seq,
      format('with auto top-up %s its month came to %s %s of a limit of %s', s.attempt_id, s.used, s.currency,
        s.limit_minor) as detail
    from spent s left join pools p on p.customer_id = s.customer_id and p.credit_type_id = s.credit_type_id
      and p.resource_id = s.resource_id
    where s.used > s.limit_minor`,
  );
}

function checkKeys(snapshot: Snapshot, slice: Slice): Promise<Finding[]> {
  return findFirst(
    snapshot,
    sql`
    with tries as (
      select a.*, t.top_up_id as order_id, t.stripe_key, t.status as order_status,
        (t.credits, t.total_minor, t.currency, t.method, t.credit_type_id, t.resource_id)
          is distinct from (a.credits, a.total_minor, a.currency, a.method, a.credit_type_id, a.resource_id)
          as is_other
      from (select * from auto_top_up_attempts where ${within(slice)}) a
      left join top_ups t on t.customer_id = a.customer_id and t.order_key = 'auto:' || a.attempt_id
    )
    select customer_id, null::int as pool_no, 'I-17' as invariant, null::bigint as seq, case
        when order_id is null then format('auto top-up %s names order %s, which does not know it', attempt_id, top_up_id)
        when top_up_id <> order_id then format('auto top-up %s has order %s and names %s', attempt_id, order_id, top_up_id)
        when is_other then format('auto top-up %s and its order %s are about different things', attempt_id, order_id)
        else format('auto top-up %s succeeded and its order %s is %s', attempt_id, order_id, order_status)
      end as detail
    from tries where case when order_id is null then top_up_id is not null or status = 'succeeded'
      else top_up_id <> order_id or is_other or (status = 'succeeded' and order_status <> 'paid') end
    union all
    select customer_id, null::int, 'I-17', null::bigint,
      format('the key of order %s is %s, which it was not made with', top_up_id, stripe_key)
    from top_ups where ${within(slice)} and stripe_key <> top_up_id and not starts_with(stripe_key, top_up_id || '-')
    union all
    select t.customer_id, null::int, 'I-17', null::bigint, format('no auto top-up was decided for order %s', t.top_up_id)
    from top_ups t where ${within(slice, "t.customer_id")} and t.source_kind = 'auto_top_up' and not exists (
      select from auto_top_up_attempts a
      where a.customer_id = t.customer_id and t.order_key = 'auto:' || a.attempt_id)`,
  );
}
