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
    // A capture is asked for by the hold. Only an event is always asked for by its own id; the others also by a key.
    sql`
    with ${opening(slice)}, pair as (
      select customer_id, pool_no, seq, c.id, c.answer, split_part(c.id, ':', 1) as kind, c.customer_id as asked_by,
        l.customer_id as written_for, l.type, l.about_seq, l.source_kind, l.source_kind || ':' || l.source_id as source,
        l.type = 'consumed' and l.about_seq is null as burns
      from (select customer_id, pool_no, seq, id, answer from commands where ${within(slice)}) c
      full join (
        select customer_id, pool_no, seq, type, about_seq, source_kind, source_id from ledger where ${within(slice)}
      ) l using (customer_id, pool_no, seq)
    ), judged as (
      select pair.*, case
          when asked_by is null then case when burns then format('burned for %s, a command that does not say so', source) end
          when pair.seq is null then
            case when (answer like '{"path":%') is not true then
              format('the command %s did nothing and was not denied', id) end
          when written_for is null then
            case when pair.seq > coalesce(o.seq, 0) then format('the command %s points at no entry', id) end
          when answer like '{"path":%' then format('the command %s was denied and points at an entry', id)
          when burns then
            case when (id = source) is not true and (source_kind = 'event' or kind in ('event', 'consume', 'grant', 'hold'))
              then format('burned for %s, which the command %s is not', source, id) end
          when kind in ('event', 'consume') or kind = 'grant' and type <> 'granted' or kind = 'hold' and type <> 'hold_placed'
            then format('the command %s did something else here', id)
        end as detail
      from pair left join opening o on o.customer_id = pair.customer_id and o.pool_no = pair.pool_no
    )
    select customer_id, pool_no, 'I-11' as invariant, seq, detail from judged where detail is not null
    union all
    select customer_id, pool_no, 'I-11', seq, 'asked for by several commands'
    from pair where burns and source_kind <> 'event' and asked_by is not null
    group by customer_id, pool_no, seq having count(*) > 1
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
