import { type Kysely, sql } from "kysely";

/**
 * Holds, revocations, freezes, reversals and denials. What a grant is stays in `grants`; what remains of it moves to a
 * narrow row of its own, as every burn copies it. Entries say besides what they change of a grant or a hold, and when
 * they were decided, so that a ledger can be replayed without guessing.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addToLedger(db);
  await divideGrants(db);
  await addHolds(db);
  await addDenials(db);
  await addClaims(db);
}

async function addToLedger(db: Kysely<unknown>): Promise<void> {
  // \`about_seq\`: the grant, the hold, or the reversed entry that this one is about, by the seq that it began with.
  // \`draw_held\`: what each draw reserves or frees; null where nothing is held.
  await sql`
    alter table ledger add decided_at timestamptz, add about_seq bigint, add draw_held bigint[], add details jsonb`.execute(
    db,
  );
  await sql`alter table ledger disable trigger ledger_append_only`.execute(db);
  await sql`update ledger set decided_at = at`.execute(db);
  await sql`alter table ledger enable always trigger ledger_append_only`.execute(db);
  // The longest from reading the clock to writing: statements end after ten seconds, idle transactions after fifteen.
  await sql`
    alter table ledger alter decided_at set not null,
      add constraint ledger_decided_just_before check (decided_at between at - interval '1 minute' and at),
      add constraint ledger_holds_pair_up check (draw_held is null or (about_seq is not null
        and cardinality(draw_held) = cardinality(draw_keys) and coalesce(array_ndims(draw_held), 1) = 1
        and coalesce(array_lower(draw_held, 1), 1) = 1))`.execute(db);
  await sql`
    create unique index ledger_reversed_once on ledger (customer_id, pool_no, about_seq) where type = 'reversed'`.execute(
    db,
  );
}

async function divideGrants(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table grant_balances (
      customer_id text not null,
      pool_no int not null,
      key bigint not null,
      remaining bigint not null default 0,
      held bigint not null default 0,
      frozen bigint not null default 0 check (frozen >= 0),
      revoked bigint not null default 0 check (revoked >= 0),
      expired bigint not null default 0 check (expired >= 0),
      repaid bigint not null default 0 check (repaid >= 0),
      amount bigint not null check (amount > 0),
      activated boolean not null default false,
      is_payment_pending boolean not null default false,
      is_frozen boolean not null default false,
      is_revoked boolean not null default false,
      open boolean not null default true,
      primary key (customer_id, pool_no, key),
      constraint grants_remaining_within_amount check (remaining between 0 and amount - frozen - revoked),
      constraint grants_held_within_remaining check (held between 0 and remaining)
    ) with (fillfactor = 60)`.execute(db);
  await sql`
    insert into grant_balances (customer_id, pool_no, key, remaining, expired, amount, activated, open, repaid)
    select g.customer_id, g.pool_no, g.key, g.remaining, g.expired, g.amount, g.activated, g.open, coalesce((
      select -sum(draw.amount) from ledger l, unnest(l.draw_keys, l.draw_amounts) as draw (key, amount)
      where l.customer_id = g.customer_id and l.pool_no = g.pool_no and l.type = 'overage_repaid' and draw.key = g.key
    ), 0) from grants g`.execute(db);
  await sql`
    alter table grants drop remaining, drop expired, drop activated, drop open`.execute(db);
  await sql`alter table grants set (fillfactor = 95)`.execute(db);
  await sql`create index grant_balances_open on grant_balances (customer_id, pool_no) where open`.execute(db);
  // Who may get credits back when overage that was repaid turns out not to have been owed.
  await sql`create index grant_balances_repaid on grant_balances (customer_id, pool_no) where repaid > 0`.execute(
    db,
  );
}

async function addHolds(db: Kysely<unknown>): Promise<void> {
  // What a hold reserves of which grant stands in the row: there are few, and whoever loads the hold needs all.
  await sql`
    create table holds (
      customer_id text not null,
      pool_no int not null,
      key bigint not null,
      hold_id text not null,
      amount bigint not null check (amount >= 0),
      captured bigint not null default 0 check (captured >= 0),
      part_keys bigint[] not null default '{}',
      part_amounts bigint[] not null default '{}',
      ended text check (ended in ('captured', 'released', 'expired')),
      expires_at timestamptz not null,
      closed_at timestamptz,
      feature_id text,
      user_no int,
      quantity bigint,
      dimensions jsonb,
      metadata jsonb not null default '{}',
      actor_kind text not null,
      actor_id text not null,
      request_id text,
      created_at timestamptz not null default clock_timestamp(),
      primary key (customer_id, pool_no, key),
      unique (customer_id, hold_id),
      foreign key (customer_id, pool_no) references pools (customer_id, pool_no),
      constraint holds_parts_pair_up check (cardinality(part_keys) = cardinality(part_amounts)),
      constraint holds_parts_not_negative check (0 <= all (part_amounts)),
      constraint holds_end_empty check (ended is null or part_keys = '{}')
    ) with (fillfactor = 80)`.execute(db);
  await sql`create index holds_open on holds (customer_id, pool_no) where ended is null`.execute(db);
}

async function addDenials(db: Kysely<unknown>): Promise<void> {
  // An event that did not fit claims nothing: its id may come again. The last denial is kept for whoever asks why.
  await sql`
    create table denied_events (
      customer_id text not null references customers (customer_id),
      event_id text not null,
      at timestamptz not null default clock_timestamp(),
      occurred_at timestamptz not null,
      credit_type_id text not null,
      resource_id text not null,
      feature_id text not null,
      user_no int,
      quantity bigint not null,
      dimensions jsonb,
      required bigint not null,
      available bigint not null,
      request_id text,
      primary key (customer_id, event_id)
    )`.execute(db);
  await sql`create index denied_events_newest on denied_events (customer_id, at, event_id)`.execute(db);
}

async function addClaims(db: Kysely<unknown>): Promise<void> {
  // A key is claimed before the work begins where work and record cannot be one transaction; the answer comes later.
  await sql`
    alter table idempotent_answers alter status drop not null, alter body drop not null,
      add claimed_at timestamptz not null default clock_timestamp()`.execute(db);
}
