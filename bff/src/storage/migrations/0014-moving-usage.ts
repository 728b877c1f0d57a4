import { type Kysely, sql } from "kysely";

/** How many values of a dimension a pool tells apart. */
const MOST_VALUES = 1_000;

/** What one sum stands for, in minutes. Six hours make a day of most zones of a few sums. */
const GRAINS = "(15), (60), (360), (1440)";

const SHAPES = `(values (false), (true)) as detail (is_detail) cross join (values ${GRAINS}) as length (grain)`;

/**
 * Moves the marks of these customers' pools that are at least so many entries behind, and the sums with them: each by
 * `longest` entries at most, and hardly more of all together. The mark
 * goes first, by compare-and-set: who gets it holds its row, so that nobody else touches the rest of the pool, and no
 * two wait for one another. Neither pools nor customers are locked.
 */
export async function createMoving(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
create function move_usage(customers text[], at_least bigint, longest bigint)
returns table (customer_id text, pool_no int, entries bigint, is_unfinished boolean)
language plpgsql security definer set search_path = public, pg_temp set jit = off
set enable_seqscan = off set enable_mergejoin = off set enable_sort = off as $$
#variable_conflict use_column
begin
  return query
  with behind as (
    select p.customer_id, p.pool_no, coalesce(m.seq, 0) as from_seq, p.seq as last_seq,
      least(p.seq, coalesce(m.seq, 0) + longest) as seq,
      sum(least(p.seq - coalesce(m.seq, 0), longest)) over (order by p.customer_id, p.pool_no) as entries
    from (select distinct unnest(customers) as customer_id) asked
    cross join lateral (select * from pools p where p.customer_id = asked.customer_id offset 0) p
    left join lateral (
      select m.seq from usage_marks m where m.customer_id = p.customer_id and m.pool_no = p.pool_no limit 1
    ) m on true
    where p.seq > coalesce(m.seq, 0) and p.seq - coalesce(m.seq, 0) >= at_least
  ), chosen as (
    select b.* from behind b where b.entries - (b.seq - b.from_seq) < longest order by b.customer_id, b.pool_no
  ), moved as (
    insert into usage_marks as m (customer_id, pool_no, seq, from_seq)
    select c.customer_id, c.pool_no, c.seq, c.from_seq from chosen c
    on conflict (customer_id, pool_no) do update
      set seq = excluded.seq, from_seq = excluded.from_seq, moved_at = excluded.moved_at
      where m.seq = excluded.from_seq
    returning m.customer_id, m.pool_no, m.from_seq, m.seq
  ), line as materialized (
    select w.customer_id, w.pool_no, u.seq, date_bin('15 minutes', u.occurred_at, timestamptz 'epoch') as quarter,
      u.feature_id, u.user_no, u.credits, u.events, u.dimensions,
      case when u.dimensions is not null then tracked_keys(p.credit_type_id, u.at) end as keys
    from moved w
    cross join lateral (
      select * from pools p where p.customer_id = w.customer_id and p.pool_no = w.pool_no limit 1
    ) p
    cross join lateral usage_lines(w.customer_id, w.pool_no, w.from_seq, w.seq) u
  ), named as materialized (
    select l.customer_id, l.pool_no, l.seq, k.key, l.dimensions ->> k.key as value
    from line l cross join lateral jsonb_array_elements_text(l.keys) as k (key)
    where l.keys <> '[]' and l.dimensions ->> k.key is not null
  ), fresh as (
    select n.customer_id, n.pool_no, n.key, n.value,
      row_number() over (partition by n.customer_id, n.pool_no, n.key order by min(n.seq)) as rank
    from named n
    left join usage_values v on v.customer_id = n.customer_id and v.pool_no = n.pool_no and v.key = n.key
      and not v.is_other and v.value = n.value
    where v.value_no is null
    group by n.customer_id, n.pool_no, n.key, n.value
  ), room as (
    select pool.customer_id, pool.pool_no, pool.key, (
        select count(*) from usage_values v
        where v.customer_id = pool.customer_id and v.pool_no = pool.pool_no and v.key = pool.key and not v.is_other
      ) as used, exists (
        select from usage_values v
        where v.customer_id = pool.customer_id and v.pool_no = pool.pool_no and v.key = pool.key and v.is_other
      ) as has_other
    from (select distinct customer_id, pool_no, key from fresh) pool
  ), added as (
    insert into usage_values (customer_id, pool_no, value_no, key, is_other, value)
    select f.customer_id, f.pool_no, (
        select coalesce(max(v.value_no), 0) from usage_values v
        where v.customer_id = f.customer_id and v.pool_no = f.pool_no
      ) + row_number() over (partition by f.customer_id, f.pool_no order by f.key, f.is_other, f.rank),
      f.key, f.is_other, f.value
    from (
      select u.customer_id, u.pool_no, u.key, false as is_other, u.value, u.rank
      from fresh u join room r using (customer_id, pool_no, key) where r.used + u.rank <= ${MOST_VALUES}
      union all
      select u.customer_id, u.pool_no, u.key, true, '', 0
      from fresh u join room r using (customer_id, pool_no, key)
      where r.used + u.rank > ${MOST_VALUES} and not r.has_other
      group by u.customer_id, u.pool_no, u.key
    ) f
    returning *
  ), numbered as (
    select n.customer_id, n.pool_no, n.seq,
      array_agg(coalesce(v.value_no, a.value_no, o.value_no, b.value_no) order by n.key) as value_nos
    from named n
    left join usage_values v on v.customer_id = n.customer_id and v.pool_no = n.pool_no and v.key = n.key
      and not v.is_other and v.value = n.value
    left join added a on a.customer_id = n.customer_id and a.pool_no = n.pool_no and a.key = n.key
      and not a.is_other and a.value = n.value
    left join usage_values o on o.customer_id = n.customer_id and o.pool_no = n.pool_no and o.key = n.key
      and o.is_other and o.value = ''
    left join added b on b.customer_id = n.customer_id and b.pool_no = n.pool_no and b.key = n.key and b.is_other
    group by n.customer_id, n.pool_no, n.seq
  ), counted as (
    select l.customer_id, l.pool_no, l.quarter, l.feature_id, l.user_no, coalesce(n.value_nos, '{}') as value_nos,
      sum(l.credits) as credits, sum(l.events) as events
    from line l
    left join numbered n on n.customer_id = l.customer_id and n.pool_no = l.pool_no and n.seq = l.seq
    group by 1, 2, 3, 4, 5, 6
  ), rolled as (
    insert into usage_rollups as r
      (customer_id, pool_no, is_detail, grain, bucket, feature_id, user_no, value_nos, credits, events)
    select c.customer_id, c.pool_no, is_detail, grain,
      date_bin(make_interval(mins => grain), c.quarter, timestamptz 'epoch'), c.feature_id,
      case when is_detail then c.user_no else 0 end, case when is_detail then c.value_nos else '{}' end,
      sum(c.credits), sum(c.events)
    from counted c cross join ${SHAPES}
    group by 1, 2, 3, 4, 5, 6, 7, 8
    order by 1, 2, 3, 4, 5, 6, 7, 8
    on conflict (customer_id, pool_no, is_detail, grain, bucket, feature_id, user_no, value_nos) do update
      set credits = r.credits + excluded.credits, events = r.events + excluded.events
  ), cell as materialized (
    select l.customer_id, l.pool_no, l.quarter, min(l.seq) as first_seq, max(l.seq) as last_seq, count(*) as entries
    from line l group by 1, 2, 3
  ), celled as (
    insert into usage_cells as c (customer_id, pool_no, bucket, seqs)
    select l.customer_id, l.pool_no, l.quarter, int8multirange(int8range(l.first_seq, l.last_seq, '[]'))
    from cell l where l.entries = l.last_seq - l.first_seq + 1
    union all
    select l.customer_id, l.pool_no, l.quarter, range_agg(int8range(l.seq, l.seq, '[]'))
    from cell c join line l on l.customer_id = c.customer_id and l.pool_no = c.pool_no and l.quarter = c.quarter
    where c.entries < c.last_seq - c.first_seq + 1
    group by 1, 2, 3
    on conflict (customer_id, pool_no, bucket) do update set seqs = c.seqs + excluded.seqs
  )
  select b.customer_id, b.pool_no, coalesce(w.seq - w.from_seq, 0), coalesce(w.seq, b.last_seq - (c.seq is null)::int) < b.last_seq
  from behind b
  left join chosen c on c.customer_id = b.customer_id and c.pool_no = b.pool_no
  left join moved w on w.customer_id = b.customer_id and w.pool_no = b.pool_no;
end $$`,
    )
    .execute(db);
}
