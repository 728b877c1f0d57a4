import { type Kysely, sql } from "kysely";

/**
 * Evidence against tampering: each pool's entries are sealed in blocks, each with a hash over the one before and its own
 * entries, so that whoever changes one has to change every later seal of the pool. Seals are made outside the write
 * path. The database computes the hash itself: the writer only says which entries come next.
 * Errors: CK007 a seal that does not continue the chain, or seals what is not there.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await dateEarlierDecisions(db);
  await sql`
    create table ledger_seals (
      customer_id text not null,
      pool_no int not null,
      from_seq bigint not null check (from_seq > 0),
      to_seq bigint not null,
      -- How entries were written as text for the hash; a new way gets a new number and a new function.
      form smallint not null default 1,
      hash bytea not null,
      sealed_at timestamptz not null default clock_timestamp(),
      primary key (customer_id, pool_no, from_seq),
      constraint ledger_seals_forward check (to_seq >= from_seq)
    )`.execute(db);
  await createLedgerLine(db);
  await createSealing(db);
  await createUnsealed(db);
  await createAppendOnly(db);
  await sql`revoke all on ledger_seals from public`.execute(db);
  await sql`grant select on ledger_seals to credits_kit_writer, credits_kit_reader`.execute(db);
  await sql`grant insert (customer_id, pool_no, from_seq, to_seq) on ledger_seals to credits_kit_writer`.execute(
    db,
  );
}

/**
 * Entries of releases that did not note when they were decided count as decided when they were written, which is too late
 * to be replayed: what they say of their cause is the earliest that it can have been, and for grants exact. Before
 * anything is sealed.
 */
async function dateEarlierDecisions(db: Kysely<unknown>): Promise<void> {
  await sql`alter table ledger disable trigger ledger_append_only`.execute(db);
  await sql`
    update ledger l set decided_at = dated.decided_at
    from (
      select customer_id, pool_no, seq, max(greatest(at - interval '1 minute',
          case when type <> 'consumed' then date_trunc('milliseconds', occurred_at) end)) over pool as decided_at
      from ledger window pool as (partition by customer_id, pool_no order by seq)
    ) dated
    where l.decided_at = l.at and dated.customer_id = l.customer_id and dated.pool_no = l.pool_no and dated.seq = l.seq`.execute(
    db,
  );
  await sql`alter table ledger enable always trigger ledger_append_only`.execute(db);
}

/**
 * An entry as one line of text, with every column, the same in every session and on every version: first the numbers,
 * with times as microseconds since 1970 (exact until 2242), then how long each text is, then the texts, so that nothing
 * runs together. The text of jsonb is canonical enough: its keys are kept in one order and its numbers as they were
 * given. Arrays and one call cost a third of what a line of JSON does.
 */
async function createLedgerLine(db: Kysely<unknown>): Promise<void> {
  const micros = (column: string) => sql.raw(`round(date_part('epoch', ${column}) * 1000000)::bigint`);
  await sql`
    create function ledger_line_1(l ledger) returns text language sql stable parallel safe as $$
      select concat_ws('|',
        array[l.pool_no, l.seq, ${micros("l.at")}, ${micros("l.occurred_at")}, ${micros("l.decided_at")}, l.delta,
          l.end_balance, l.overage_change, l.user_no, l.quantity, l.about_seq],
        l.type, l.draw_keys, l.draw_amounts, coalesce(l.draw_held::text, '-'),
        array[octet_length(l.customer_id), octet_length(l.source_kind), octet_length(l.source_id),
          octet_length(l.actor_kind), octet_length(l.actor_id), octet_length(l.reason), octet_length(l.feature_id),
          octet_length(l.dimensions::text), octet_length(l.request_id), octet_length(l.details::text)],
        l.customer_id, l.source_kind, l.source_id, l.actor_kind, l.actor_id, l.reason, l.feature_id, l.dimensions,
        l.request_id, l.details)
    $$`.execute(db);
}

async function createSealing(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function seal_hash(before bytea, customer text, pool int, first_seq bigint, last_seq bigint) returns bytea
    language sql stable as $$
      select sha256(before || convert_to(string_agg(ledger_line_1(l), E'\n' order by l.seq), 'UTF8'))
      from ledger l
      where l.customer_id = customer and l.pool_no = pool and l.seq between first_seq and last_seq
      having count(*) = last_seq - first_seq + 1
    $$`.execute(db);
  // A block that somebody else seals at this moment begins where ours does: the primary key tells, not this.
  await sql`
    create function guard_seal() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      last_seq bigint;
      last_hash bytea;
    begin
      select to_seq, hash into last_seq, last_hash from ledger_seals
      where customer_id = new.customer_id and pool_no = new.pool_no and from_seq < new.from_seq
      order by from_seq desc limit 1;
      if new.from_seq <> coalesce(last_seq, 0) + 1 then
        raise exception 'a seal does not continue the chain' using errcode = 'CK007';
      end if;
      new.form := 1;
      new.hash := seal_hash(coalesce(last_hash, ''), new.customer_id, new.pool_no, new.from_seq, new.to_seq);
      if new.hash is null then
        raise exception 'a seal is for entries that are not there' using errcode = 'CK007';
      end if;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger ledger_seals_guard before insert on ledger_seals for each row execute function guard_seal()`.execute(
    db,
  );
  await sql`alter table ledger_seals enable always trigger ledger_seals_guard`.execute(db);
}

/** What is to be sealed next. Takes no lock; what is written meanwhile is for the next time. */
async function createUnsealed(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function unsealed_of(customers text[], longest bigint)
    returns table (customer_id text, pool_no int, from_seq bigint, to_seq bigint) language sql stable as $$
      select p.customer_id, p.pool_no, coalesce(s.to_seq, 0) + 1, least(p.seq, coalesce(s.to_seq, 0) + longest)
      from unnest(customers) as asked (customer_id)
      cross join lateral (
        select * from pools p where p.customer_id = asked.customer_id offset 0
      ) p
      left join lateral (
        select s.to_seq from ledger_seals s where s.customer_id = p.customer_id and s.pool_no = p.pool_no
        order by s.from_seq desc limit 1
      ) s on true
      where p.seq > coalesce(s.to_seq, 0)
      order by p.customer_id, p.pool_no
    $$`.execute(db);
  await sql`
    create function unsealed_after(customer text, pool int, page int)
    returns table (customer_id text, pool_no int, is_behind boolean) language sql stable as $$
      select p.customer_id, p.pool_no, p.seq > coalesce(s.to_seq, 0)
      from (
        select * from pools where (pools.customer_id, pools.pool_no) > (customer, pool)
        order by pools.customer_id, pools.pool_no limit page
      ) p
      left join lateral (
        select s.to_seq from ledger_seals s where s.customer_id = p.customer_id and s.pool_no = p.pool_no
        order by s.from_seq desc limit 1
      ) s on true
      order by p.customer_id, p.pool_no
    $$`.execute(db);
}

async function createAppendOnly(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function refuse_seal_change() returns trigger language plpgsql as $$
    begin raise exception 'seals of the ledger are append-only' using errcode = 'CK004'; end $$`.execute(db);
  await sql`
    create trigger ledger_seals_append_only before update or delete or truncate on ledger_seals
    for each statement execute function refuse_seal_change()`.execute(db);
  await sql`alter table ledger_seals enable always trigger ledger_seals_append_only`.execute(db);
}
