import { type Kysely, sql } from "kysely";

/**
 * Usage, summed up per pool behind the back of the write path: a mark says up to which entry. Everything here is derived
 * from the ledger and moves by one function; a read adds the entries after the mark. The function runs as the owner, so
 * that the writer may not write a sum by itself.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createTrackedDimensions(db);
  await createTables(db);
  await createLines(db);
  await createMoving(db);
  await createBehind(db);
  await moveBeforeArchiving(db);
  const tables = sql.raw("usage_marks, usage_values, usage_rollups, usage_cells, tracked_dimensions");
  await sql`revoke all on ${tables} from public`.execute(db);
  await sql`grant select on ${tables} to credits_kit_writer, credits_kit_reader`.execute(db);
  await sql`revoke all on function move_usage(text[], bigint, bigint) from public`.execute(db);
  await sql`grant execute on function move_usage(text[], bigint, bigint) to credits_kit_writer`.execute(db);
}

/**
 * Which dimensions a credit type tracked when. A change counts from two seconds later, so that no entry from after it can
 * have been summed up before it was there to see.
 */
async function createTrackedDimensions(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tracked_dimensions (
      credit_type_id text not null,
      since timestamptz not null,
      keys jsonb not null,
      primary key (credit_type_id, since)
    )`.execute(db);
  await sql`
    insert into tracked_dimensions select id, '-infinity', tracked_dimensions from credit_types`.execute(db);
  await sql`
    create function note_tracked_dimensions() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      insert into tracked_dimensions (credit_type_id, since, keys)
      values (new.id, case tg_op when 'INSERT' then '-infinity' else clock_timestamp() + interval '2 seconds' end,
        new.tracked_dimensions);
      return null;
    end $$`.execute(db);
  await sql`
    create trigger credit_types_track after insert on credit_types
    for each row execute function note_tracked_dimensions()`.execute(db);
  await sql`
    create trigger credit_types_track_change after update of tracked_dimensions on credit_types
    for each row when (old.tracked_dimensions <> new.tracked_dimensions)
    execute function note_tracked_dimensions()`.execute(db);
  await sql`
    create function tracked_keys(credit_type text, taken_at timestamptz) returns jsonb language sql stable as $$
      select (
        select t.keys from tracked_dimensions t where t.credit_type_id = credit_type and t.since <= taken_at
        order by t.since desc limit 1)
    $$`.execute(db);
}

async function createTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table usage_marks (
      customer_id text not null,
      pool_no int not null,
      seq bigint not null check (seq > from_seq),
      -- Where the last move began: whoever moves must have begun where the mark stands.
      from_seq bigint not null check (from_seq >= 0),
      moved_at timestamptz not null default clock_timestamp(),
      primary key (customer_id, pool_no)
    ) with (fillfactor = 70)`.execute(db);
  // The values of tracked dimensions, the first 1,000 of each; one more row stands for all others.
  await sql`
    create table usage_values (
      customer_id text not null,
      pool_no int not null,
      value_no int not null,
      key text not null,
      is_other boolean not null,
      value text not null,
      primary key (customer_id, pool_no, value_no),
      unique (customer_id, pool_no, key, is_other, value)
    )`.execute(db);
  // Six rows for the same usage: by quarters of an hour, hours and UTC days (\`grain\`, in minutes), each by feature alone
  // and in detail. No feature is the empty text, no user 0. A numeric holds whatever an hour burns.
  await sql`
    create table usage_rollups (
      customer_id text not null,
      pool_no int not null,
      is_detail boolean not null,
      grain smallint not null check (grain in (15, 60, 360, 1440)),
      bucket timestamptz not null,
      feature_id text collate "C" not null,
      user_no int not null,
      value_nos int[] not null,
      credits numeric not null,
      events bigint not null,
      primary key (customer_id, pool_no, is_detail, grain, bucket, feature_id, user_no, value_nos)
    ) with (fillfactor = 80)`.execute(db);
  // Which entries a quarter of an hour is made of, so that one can be divided: a boundary may lie anywhere.
  await sql`
    create table usage_cells (
      customer_id text not null,
      pool_no int not null,
      bucket timestamptz not null,
      seqs int8multirange not null,
      primary key (customer_id, pool_no, bucket)
    ) with (fillfactor = 80)`.execute(db);
}

/**
 * The usage that entries stand for, in \`after < seq <= until\`: what was consumed, and what was given back of it, which
 * counts as what it takes back. \`at\` is when the usage was taken.
 */
async function createLines(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function usage_lines(customer text, pool int, after bigint, until bigint)
    returns table (seq bigint, occurred_at timestamptz, at timestamptz, feature_id text, user_no int,
      dimensions jsonb, credits bigint, events int) language sql stable as $$
      select l.seq, coalesce(t.occurred_at, l.occurred_at), coalesce(t.at, l.at), coalesce(l.feature_id, ''),
        coalesce(l.user_no, 0), case l.type when 'reversed' then t.dimensions else l.dimensions end, -l.delta,
        case l.type when 'reversed' then -1 else 1 end
      from ledger l
      left join lateral (
        select t.occurred_at, t.at, t.dimensions from ledger t
        where l.type = 'reversed' and t.customer_id = l.customer_id and t.pool_no = l.pool_no and t.seq = l.about_seq
        limit 1
      ) t on true
      where l.customer_id = customer and l.pool_no = pool and l.seq > after and l.seq <= until
        and l.type in ('consumed', 'reversed')
    $$`.execute(db);
}

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
async function createMoving(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
create function move_usage(customers text[], at_least bigint, longest bigint)
returns table (customer_id text, pool_no int, entries bigint, is_unfinished boolean)
language plpgsql security definer set search_path = public, pg_temp set enable_seqscan = off set jit = off as $$
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
    where l.dimensions ->> k.key is not null
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
  ), celled as (
    insert into usage_cells as c (customer_id, pool_no, bucket, seqs)
    select l.customer_id, l.pool_no, l.quarter, range_agg(int8range(l.seq, l.seq, '[]')) from line l group by 1, 2, 3
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

/** Whose usage is to be summed up. Takes no lock; what is written meanwhile is for the next time. */
async function createBehind(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function usage_behind_after(customer text, pool int, page int)
    returns table (customer_id text, pool_no int, entries bigint) language sql stable as $$
      select p.customer_id, p.pool_no, p.seq - coalesce(m.seq, 0)
      from (
        select * from pools where (pools.customer_id, pools.pool_no) > (customer, pool)
        order by pools.customer_id, pools.pool_no limit page
      ) p
      left join lateral (
        select m.seq from usage_marks m where m.customer_id = p.customer_id and m.pool_no = p.pool_no limit 1
      ) m on true
      order by p.customer_id, p.pool_no
    $$`.execute(db);
}

/**
 * What is taken out of the ledger must be summed up before, and everything that gives some of it back: a later entry
 * cannot, as the write path no longer finds what it would take back.
 */
async function moveBeforeArchiving(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function archive_entries(customer text, pool int, until bigint) returns bigint
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      archived bigint;
      earlier bigint;
    begin
      if not exists (
        select from ledger_openings o
        where o.customer_id = customer and o.pool_no = pool and o.seq = until and o.is_whole
      ) then
        raise exception 'there is no checkpoint at a sealed entry' using errcode = 'CK008';
      end if;
      while exists (
        select from pools p
        left join usage_marks m on m.customer_id = p.customer_id and m.pool_no = p.pool_no
        where p.customer_id = customer and p.pool_no = pool and p.seq > coalesce(m.seq, 0)
      ) loop
        perform from move_usage(array[customer], 1, 5000);
      end loop;
      select coalesce(max(seq), 0) into earlier from ledger_checkpoints
      where customer_id = customer and pool_no = pool and seq < until;
      delete from ledger where customer_id = customer and pool_no = pool and seq <= until;
      get diagnostics archived = row_count;
      if archived <> until - earlier then
        raise exception 'entries that are to be archived are not there' using errcode = 'CK008';
      end if;
      delete from ledger_checkpoints where customer_id = customer and pool_no = pool and seq < until;
      return archived;
    end $$`.execute(db);
}
