import { type RawBuilder, sql } from "kysely";
import { credits, type Finding, findFirst, type Slice, within } from "./finding.ts";
import { opening } from "./openings.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * Compares the sums of usage with the entries that they were made of, up to the mark (I-27): each quarter of an hour by
 * feature and by user, the values of tracked dimensions, the longer sums with the shorter ones, which entries a quarter
 * claims, and that no mark is past its pool. What was summed up of archived entries can only be compared with itself.
 */
export function checkUsage(snapshot: Snapshot, slice: Slice): Promise<Finding[]> {
  return findFirst(
    snapshot,
    sql`
    with ${opening(slice)}, ${usageOfEntries(slice)}, ${storedSums(slice)}, off as (
      ${sumsThatDiffer()} union all ${grainsThatDiffer()} union all ${valuesThatDiffer()}
    )
    select customer_id, pool_no, 'I-27' as invariant, null::bigint as seq,
      format('%s: the sums of usage and what they are made of differ by %s and %s events', what,
        ${credits("credits")}, events) as detail
    from off
    union all
    select customer_id, pool_no, 'I-27', null, format('the quarter of an hour from %s does not have the entries that it claims', bucket)
    from (${quartersThatDiffer()}) as quarter
    union all
    select customer_id, pool_no, 'I-27', seq, format('usage is summed up to entry %s of %s', seq, pool_seq)
    from mark where seq > pool_seq`,
  );
}

/** How far each pool is summed up; which entries are archived, or give back what is; and the usage of all others. */
function usageOfEntries(slice: Slice): RawBuilder<unknown> {
  return sql`mark as materialized (
      select m.customer_id, m.pool_no, m.seq, coalesce(p.seq, 0) as pool_seq, coalesce(o.seq, 0) as archived,
        p.credit_type_id
      from usage_marks m
      left join pools p on p.customer_id = m.customer_id and p.pool_no = m.pool_no
      left join opening o on o.customer_id = m.customer_id and o.pool_no = m.pool_no
      where ${within(slice, "m.customer_id")}
    ), entry as materialized (
      select l.customer_id, l.pool_no, l.seq, m.credit_type_id, -l.delta as credits,
        case l.type when 'consumed' then 1 else -1 end as events, used.at, used.feature_id, used.user_no, used.dimensions,
        date_bin('15 minutes', used.occurred_at, timestamptz 'epoch') as bucket,
        l.type = 'reversed' and l.about_seq <= m.archived as is_of_archived
      from (
        select * from ledger where ${within(slice)} and type in ('consumed', 'reversed')
      ) l
      join mark m on m.customer_id = l.customer_id and m.pool_no = l.pool_no and l.seq <= m.seq
      left join ledger t on l.type = 'reversed' and t.customer_id = l.customer_id and t.pool_no = l.pool_no
        and t.seq = l.about_seq
      cross join lateral (
        select t.at, t.feature_id, t.user_no, t.dimensions, t.occurred_at where t.seq is not null
        union all
        select l.at, l.feature_id, l.user_no, l.dimensions, l.occurred_at where t.seq is null
      ) used
    ), lost as (
      select m.customer_id, m.pool_no, range_agg(gone.seqs) as seqs
      from mark m cross join lateral (
        select int8range(1, m.archived, '[]') as seqs where m.archived > 0
        union all
        select int8range(e.seq, e.seq, '[]') from entry e
        where e.customer_id = m.customer_id and e.pool_no = m.pool_no and e.is_of_archived
      ) gone
      where m.archived > 0 group by m.customer_id, m.pool_no
    )`;
}

/** The sums by quarters of an hour, and whether all entries of the quarter are still there to compare with. */
function storedSums(slice: Slice): RawBuilder<unknown> {
  return sql`quarter as materialized (
      select c.customer_id, c.pool_no, c.bucket, c.seqs, coalesce(c.seqs && lost.seqs, false) as is_lost
      from (select * from usage_cells where ${within(slice)}) c
      left join lost on lost.customer_id = c.customer_id and lost.pool_no = c.pool_no
    ), stored as materialized (
      select r.*, coalesce(q.is_lost, false) as is_lost
      from (select * from usage_rollups where ${within(slice)}) r
      left join quarter q on q.customer_id = r.customer_id and q.pool_no = r.pool_no and q.bucket = r.bucket
    ), whole_entry as (
      select e.* from entry e
      left join quarter q on q.customer_id = e.customer_id and q.pool_no = e.pool_no and q.bucket = e.bucket
      where not e.is_of_archived and q.is_lost is not true
    )`;
}

/** Quarters by feature, and by feature and user; where entries are archived, the one with the other. */
function sumsThatDiffer(): RawBuilder<unknown> {
  const differences = (by: string, isDetail: boolean) => {
    const userNo = isDetail ? sql`coalesce(user_no, 0)` : sql`0`;
    return sql`
      select customer_id, pool_no, format(${`the quarter of an hour from %s by ${by}`}::text, bucket) as what,
        abs(sum(credits)) as credits, abs(sum(events)) as events
      from (
        select customer_id, pool_no, bucket, feature_id, user_no, credits, events from stored
        where is_detail = ${isDetail} and grain = 15 and not is_lost
        union all
        select customer_id, pool_no, bucket, coalesce(feature_id, ''), ${userNo}, -credits, -events from whole_entry
      ) as compared group by customer_id, pool_no, bucket, feature_id, user_no having sum(credits) <> 0 or sum(events) <> 0`;
  };
  return sql`${differences("feature", false)} union all ${differences("user", true)} union all
    select customer_id, pool_no, format('the quarter of an hour from %s in detail', bucket), abs(sum(credits)),
      abs(sum(events))
    from (
      select customer_id, pool_no, bucket, feature_id, case when is_detail then -credits else credits end as credits,
        case when is_detail then -events else events end as events
      from stored where grain = 15 and is_lost
    ) as compared group by customer_id, pool_no, bucket, feature_id having sum(credits) <> 0 or sum(events) <> 0`;
}

/** Hours and days, with the quarters of an hour in them. */
function grainsThatDiffer(): RawBuilder<unknown> {
  return sql`
    select customer_id, pool_no, format('%s minutes from %s', grain, bucket), abs(sum(credits)), abs(sum(events))
    from (
      select customer_id, pool_no, is_detail, grain, bucket, feature_id, user_no, value_nos, credits, events
      from stored where grain > 15
      union all
      select s.customer_id, s.pool_no, s.is_detail, longer.grain,
        date_bin(make_interval(mins => longer.grain), s.bucket, timestamptz 'epoch'), s.feature_id, s.user_no,
        s.value_nos, -s.credits, -s.events
      from stored s cross join (values (60), (360), (1440)) as longer (grain) where s.grain = 15
    ) as compared
    group by customer_id, pool_no, is_detail, grain, bucket, feature_id, user_no, value_nos
    having sum(credits) <> 0 or sum(events) <> 0`;
}

/**
 * Values of tracked dimensions, over all time; not of customers on a test clock, whose entries may be older or younger than
 * what was tracked when they were summed up.
 */
function valuesThatDiffer(): RawBuilder<unknown> {
  return sql`
    select customer_id, pool_no, format('dimension value %s', value_no), abs(sum(credits)), abs(sum(events))
    from (
      select s.customer_id, s.pool_no, used.value_no, s.credits, s.events
      from stored s cross join lateral unnest(s.value_nos) as used (value_no) where s.is_detail and s.grain = 15
      union all
      select e.customer_id, e.pool_no, coalesce(v.value_no, o.value_no), -e.credits, -e.events
      from entry e
      cross join lateral jsonb_array_elements_text(tracked_keys(e.credit_type_id, e.at)) as k (key)
      left join usage_values v on v.customer_id = e.customer_id and v.pool_no = e.pool_no and v.key = k.key
        and not v.is_other and v.value = e.dimensions ->> k.key
      left join usage_values o on o.customer_id = e.customer_id and o.pool_no = e.pool_no and o.key = k.key
        and o.is_other and o.value = ''
      where e.dimensions ->> k.key is not null
    ) as compared
    where not exists (
      select from lost where lost.customer_id = compared.customer_id and lost.pool_no = compared.pool_no
    ) and not exists (
      select from customers c where c.customer_id = compared.customer_id and c.test_clock_id is not null)
    group by customer_id, pool_no, value_no having sum(credits) <> 0 or sum(events) <> 0`;
}

/** Quarters of an hour that claim other entries than happened in them. */
function quartersThatDiffer(): RawBuilder<unknown> {
  return sql`
    select coalesce(q.customer_id, e.customer_id) as customer_id, coalesce(q.pool_no, e.pool_no) as pool_no,
      coalesce(q.bucket, e.bucket) as bucket
    from (select * from quarter where not is_lost) q
    full join (
      select customer_id, pool_no, bucket, range_agg(int8range(seq, seq, '[]')) as seqs
      from whole_entry group by customer_id, pool_no, bucket
    ) e on e.customer_id = q.customer_id and e.pool_no = q.pool_no and e.bucket = q.bucket
    where q.seqs is distinct from e.seqs`;
}
