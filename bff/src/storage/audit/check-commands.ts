import { sql } from "kysely";
import { type Finding, findFirst, type Slice, within } from "./finding.ts";
import type { Snapshot } from "./snapshot.ts";

/** Pairs events with what they burned, both ways: every event once, and nothing burned without one (I-11). */
export function checkCommands(snapshot: Snapshot, slice: Slice): Promise<Finding[]> {
  return findFirst(
    snapshot,
    sql`
    with burned as (
      select customer_id, pool_no, seq, source_kind || ':' || coalesce(source_id, '') as id
      from ledger where ${within(slice)} and type = 'consumed'
    ), events as (
      select customer_id, pool_no, seq, id from commands where ${within(slice)} and id like 'event:%'
    )
    select customer_id, pool_no, 'I-11' as invariant, seq, case
        when events.id is null then format('burned for %s, a command that does not say so', burned.id)
        else format('the command %s burned nothing here', events.id) end as detail
    from burned full join events using (customer_id, pool_no, seq, id)
    where burned.id is null or events.id is null
    union all
    select c.customer_id, c.pool_no, 'I-11', c.seq, format('the command %s points at no entry', c.id)
    from commands c left join ledger l
      on l.customer_id = c.customer_id and l.pool_no = c.pool_no and l.seq = c.seq
    where ${within(slice, "c.customer_id")} and c.id not like 'event:%' and c.seq is not null and l.seq is null`,
  );
}
