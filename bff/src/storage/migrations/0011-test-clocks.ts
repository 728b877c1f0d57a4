import { type Kysely, sql } from "kysely";

/**
 * Test clocks: customers on one live by its time instead of the database's, so that months pass in a moment. A clock only
 * goes forward, and a customer is put on one before anything is written of them.
 * Errors: CK009 an entry that claims another time than its customer's, CK010 a clock that goes back or changes under a
 * ledger.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table test_clocks (
      test_clock_id text primary key,
      name text,
      now timestamptz not null,
      created_at timestamptz not null default clock_timestamp(),
      advanced_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`alter table customers add test_clock_id text`.execute(db);
  await sql`
    create index customers_on_test_clock on customers (test_clock_id, customer_id) where test_clock_id is not null`.execute(
    db,
  );
  await createClockOf(db);
  await createTimeGuard(db);
  await createClockGuards(db);
  await sql`revoke all on test_clocks from public`.execute(db);
  await sql`grant select on test_clocks to credits_kit_writer, credits_kit_reader`.execute(db);
  await sql`
    grant insert (test_clock_id, name, now), update (now, advanced_at), delete on test_clocks to credits_kit_writer`.execute(
    db,
  );
  await sql`grant insert (test_clock_id), update (test_clock_id) on customers to credits_kit_writer`.execute(
    db,
  );
  await sql`grant insert (at) on ledger to credits_kit_writer`.execute(db);
  await sql`grant insert (at) on denied_events to credits_kit_writer`.execute(db);
}

/** What time it is for a customer. */
async function createClockOf(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function clock_of(customer text) returns timestamptz language sql volatile as $$
      select coalesce((
        select t.now from customers c join test_clocks t on t.test_clock_id = c.test_clock_id
        where c.customer_id = customer and c.test_clock_id is not null
      ), clock_timestamp())
    $$`.execute(db);
}

/**
 * The writer says when an entry is taken only for customers on a test clock; for all others it is the moment itself. The
 * owner may bring in a history of before.
 */
async function createTimeGuard(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function guard_entry_times() returns trigger
    language plpgsql set search_path = public, pg_temp set enable_seqscan = off set jit = off as $$
    begin
      if pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'usage') then
        return null;
      end if;
      if exists (
        select from new_entries n
        where (n.at < statement_timestamp() or n.at > clock_timestamp()) and not exists (
          select from customers c join test_clocks t on t.test_clock_id = c.test_clock_id
          where c.customer_id = n.customer_id and n.at <= t.now)
      ) then
        raise exception 'an entry claims a time that is not its customer''s' using errcode = 'CK009';
      end if;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger ledger_times after insert on ledger referencing new table as new_entries
    for each statement execute function guard_entry_times()`.execute(db);
  await sql`alter table ledger enable always trigger ledger_times`.execute(db);
}

/** Without these, whoever may write entries could give a customer the time that he wants them to be of. */
async function createClockGuards(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function guard_test_clock() returns trigger language plpgsql as $$
    begin
      if new.now < old.now then
        raise exception 'a test clock only goes forward' using errcode = 'CK010';
      end if;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger test_clocks_forward before update on test_clocks
    for each row execute function guard_test_clock()`.execute(db);
  await sql`
    create function guard_customer_clock() returns trigger
    language plpgsql security definer set search_path = public, pg_temp set enable_seqscan = off set jit = off as $$
    begin
      if exists (select from ledger l where l.customer_id = new.customer_id) then
        raise exception 'a customer with entries keeps the clock that they were written by' using errcode = 'CK010';
      end if;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger customers_clock before update of test_clock_id on customers
    for each row when (new.test_clock_id is distinct from old.test_clock_id)
    execute function guard_customer_clock()`.execute(db);
  await sql`
    create function guard_clock_in_use() returns trigger
    language plpgsql security definer set search_path = public, pg_temp set enable_seqscan = off set jit = off as $$
    begin
      if exists (select from customers c where c.test_clock_id = old.test_clock_id) then
        raise exception 'customers live by this clock' using errcode = 'CK010';
      end if;
      return old;
    end $$`.execute(db);
  await sql`
    create trigger test_clocks_in_use before delete on test_clocks
    for each row execute function guard_clock_in_use()`.execute(db);
  for (const [table, trigger] of [
    ["test_clocks", "test_clocks_forward"],
    ["test_clocks", "test_clocks_in_use"],
    ["customers", "customers_clock"],
  ] as const) {
    await sql`alter table ${sql.table(table)} enable always trigger ${sql.ref(trigger)}`.execute(db);
  }
}
