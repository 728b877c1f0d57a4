import { type Kysely, sql } from "kysely";
import { createMoving } from "./0014-moving-usage.ts";

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
