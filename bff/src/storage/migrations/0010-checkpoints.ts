import { type Kysely, sql } from "kysely";

/**
 * Checkpoints, so that old entries can be archived: what a pool was after an entry, from which an audit can go on. The
 * entries up to it may then be taken out, by the owner, by one function, and only if they are sealed.
 * Errors: CK007 a checkpoint where no seal ends, CK008 entries that may not be archived.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table ledger_checkpoints (
      customer_id text not null,
      pool_no int not null,
      seq bigint not null check (seq > 0),
      at timestamptz not null default clock_timestamp(),
      -- Over the seal that ends here, and the state.
      hash bytea not null,
      state jsonb not null,
      primary key (customer_id, pool_no, seq)
    )`.execute(db);
  await createCheckpointGuard(db);
  await createOpenings(db);
  await createEndedHoldsDigest(db);
  await createArchiving(db);
  await sql`revoke all on ledger_checkpoints, ledger_openings from public`.execute(db);
  await sql`
    grant select on ledger_checkpoints, ledger_openings to credits_kit_writer, credits_kit_reader`.execute(
    db,
  );
}

async function createCheckpointGuard(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function checkpoint_hash(sealed bytea, state jsonb) returns bytea language sql immutable as $$
      select sha256(sealed || convert_to(state::text, 'UTF8'))
    $$`.execute(db);
  await sql`
    create function guard_checkpoint() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      select checkpoint_hash(s.hash, new.state) into new.hash from ledger_seals s
      where s.customer_id = new.customer_id and s.pool_no = new.pool_no and s.to_seq = new.seq;
      if not found then
        raise exception 'a checkpoint is where no seal ends' using errcode = 'CK007';
      end if;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger ledger_checkpoints_guard before insert on ledger_checkpoints
    for each row execute function guard_checkpoint()`.execute(db);
  await sql`alter table ledger_checkpoints enable always trigger ledger_checkpoints_guard`.execute(db);
}

/** What audits begin with: a checkpoint whose state is not the one that was made opens with nothing. */
async function createOpenings(db: Kysely<unknown>): Promise<void> {
  await sql`
    create view ledger_openings as
    select c.customer_id, c.pool_no, c.seq, whole.is_whole,
      case when whole.is_whole then c.state else '{}' end as state
    from ledger_checkpoints c
    left join lateral (
      select * from ledger_seals s where s.customer_id = c.customer_id and s.pool_no = c.pool_no and s.from_seq <= c.seq
      order by s.from_seq desc limit 1
    ) s on s.to_seq = c.seq
    cross join lateral (select (c.hash = checkpoint_hash(s.hash, c.state)) is true as is_whole) whole`.execute(
    db,
  );
}

/** Holds whose every entry is archived can no longer be derived: a digest stands for them in the checkpoint. */
async function createEndedHoldsDigest(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function ended_holds_digest(customer text, pool int, until bigint, still_open bigint[]) returns text
    language sql stable as $$
      select encode(sha256(convert_to(coalesce(string_agg(concat_ws('|', h.key, h.amount, h.captured,
        coalesce(h.ended, '-'), h.part_keys, h.part_amounts,
        coalesce(round(date_part('epoch', h.closed_at) * 1000000)::bigint, 0),
        round(date_part('epoch', h.expires_at) * 1000000)::bigint), E'\n' order by h.key), ''), 'UTF8')), 'hex')
      from holds h
      where h.customer_id = customer and h.pool_no = pool and h.key <= until and h.key <> all (still_open)
    $$`.execute(db);
}

/**
 * The one way out of the ledger. Triggers know it by what called them: the last line of the context is the function that
 * the statement itself called, so that no statement inside a function or a block passes for it.
 */
async function createArchiving(db: Kysely<unknown>): Promise<void> {
  const refusing = (name: string, what: string) => sql`
    create or replace function ${sql.id(name)}() returns trigger language plpgsql as $$
    declare
      context text;
    begin
      get diagnostics context = pg_context;
      if tg_op = 'DELETE' and context ~ '\\n[^\\n"]*\\marchive_entries\\(text,integer,bigint\\)[^\\n]*$' then
        return null;
      end if;
      raise exception ${sql.lit(what)} using errcode = 'CK004';
    end $$`;
  await refusing("refuse_change", "the ledger is append-only").execute(db);
  await refusing("refuse_checkpoint_change", "checkpoints of the ledger are append-only").execute(db);
  await sql`
    create trigger ledger_checkpoints_append_only before update or delete or truncate on ledger_checkpoints
    for each statement execute function refuse_checkpoint_change()`.execute(db);
  await sql`alter table ledger_checkpoints enable always trigger ledger_checkpoints_append_only`.execute(db);
  await sql`
    create function archive_entries(customer text, pool int, until bigint) returns bigint
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
  await sql`revoke all on function archive_entries(text, int, bigint) from public`.execute(db);
}
