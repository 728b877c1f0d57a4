import { sql } from "kysely";
import { type Finding, findFirst, type Slice, within } from "./finding.ts";
import { opening } from "./openings.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * Pairs commands with what they did (I-11): whatever burned was asked for, once; what is named by its own id did the one
 * thing of that name, and nothing but denials point at no entry; and an entry is taken back at most once.
 */
export function checkCommands(snapshot: Snapshot, slice: Slice): Promise<Finding[]> {
  return findFirst(
    snapshot,
    // A capture is asked for by the hold; a grant, a hold and a reversal may be asked for by a key instead of their id.
    sql`
    with ${opening(slice)}, burned as (
      select customer_id, pool_no, seq, source_kind, source_kind || ':' || coalesce(source_id, '') as id
      from ledger where ${within(slice)} and type = 'consumed' and about_seq is null
    ), asked as (
      select customer_id, pool_no, seq, id, split_part(id, ':', 1) as kind, answer,
        row_number() over (partition by customer_id, pool_no, seq order by id) as nth
      from commands where ${within(slice)}
    ), burnt as (
      select customer_id, pool_no, seq, burned.id as burned_id, asked.id, asked.nth,
        asked.id is null or asked.kind in ('event', 'consume') and asked.id <> burned.id
          or burned.source_kind = 'event' and asked.id <> burned.id as unasked
      from burned left join asked using (customer_id, pool_no, seq)
    ), done as (
      select a.*, l.seq is null and a.seq > coalesce(o.seq, 0) as undone,
          l.type <> case a.kind when 'event' then 'consumed' when 'consume' then 'consumed' when 'grant' then 'granted'
            when 'hold' then 'hold_placed' else l.type::text end::entry_type
          or a.kind in ('event', 'consume') and l.about_seq is not null as otherwise,
        a.answer like '{"path":%' as denied
      from asked a left join ledger l
        on l.customer_id = a.customer_id and l.pool_no = a.pool_no and l.seq = a.seq
      left join opening o on o.customer_id = a.customer_id and o.pool_no = a.pool_no
    )
    select customer_id, pool_no, 'I-11' as invariant, seq, case
        when unasked then format('burned for %s, a command that does not say so', burned_id)
        else format('the command %s asked for it too', id) end as detail
    from burnt where unasked or nth > 1
    union all
    select customer_id, pool_no, 'I-11', seq, case
        when seq is null then format('the command %s did nothing and was not denied', id)
        when undone then format('the command %s points at no entry', id)
        when denied then format('the command %s was denied and points at an entry', id)
        else format('the command %s did something else here', id) end
    from done
    where case when seq is null then denied is not true else undone or otherwise or denied is true end
    union all
    select r.customer_id, r.pool_no, 'I-11', r.seq, format('takes back entry %s, which burned nothing', r.about_seq)
    from ledger r left join ledger l on l.customer_id = r.customer_id and l.pool_no = r.pool_no and l.seq = r.about_seq
      and l.type = 'consumed'
    left join opening o on o.customer_id = r.customer_id and o.pool_no = r.pool_no
      and o.state -> 'consumed' @> jsonb_build_array(jsonb_build_object('seq', r.about_seq))
    where ${within(slice, "r.customer_id")} and r.type = 'reversed' and l.seq is null and o.seq is null
    union all
    select customer_id, pool_no, 'I-11', max(seq), format('entry %s was taken back before', about_seq)
    from ledger where ${within(slice)} and type = 'reversed'
    group by customer_id, pool_no, about_seq having count(*) > 1`,
  );
}
