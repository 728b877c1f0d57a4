import { type Kysely, sql } from "kysely";

/** Pools, grants, the ledger and the commands that changed them. All amounts are bigint micro-credits. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table pools (
      customer_id text not null references customers (customer_id),
      pool_no int not null,
      credit_type_id text not null,
      resource_id text not null default '',
      seq bigint not null default 0 check (seq >= 0),
      balance bigint not null default 0,
      overage bigint not null default 0 check (overage >= 0),
      next_due_at timestamptz,
      created_at timestamptz not null default clock_timestamp(),
      primary key (customer_id, pool_no),
      unique (customer_id, credit_type_id, resource_id)
    ) with (fillfactor = 60)`.execute(db);
  // \`key\` is the seq of the entry that granted it. \`remaining\` is what can be spent now: zero while scheduled.
  // A plain boolean is indexed rather than "remaining > 0", whose index would make every burn a non-HOT update.
  await sql`
    create table grants (
      customer_id text not null,
      pool_no int not null,
      key bigint not null,
      grant_id text not null,
      amount bigint not null check (amount > 0),
      remaining bigint not null default 0,
      expired bigint not null default 0 check (expired >= 0),
      activated boolean not null default false,
      open boolean not null default true,
      category text not null check (category in ('promo', 'recurring', 'paid')),
      priority int not null,
      effective_at timestamptz not null,
      expires_at timestamptz,
      cost_basis_amount text,
      cost_basis_currency text,
      reason text,
      external_reference text,
      metadata jsonb not null default '{}',
      actor_kind text not null,
      actor_id text not null,
      source_kind text not null,
      source_id text,
      created_at timestamptz not null default clock_timestamp(),
      updated_at timestamptz not null default clock_timestamp(),
      primary key (customer_id, pool_no, key),
      unique (customer_id, grant_id),
      foreign key (customer_id, pool_no) references pools (customer_id, pool_no),
      constraint grants_remaining_within_amount check (remaining between 0 and amount)
    ) with (fillfactor = 60)`.execute(db);
  await sql`create index grants_open on grants (customer_id, pool_no) where open`.execute(db);
  await sql`
    create type entry_type as enum (
      'granted', 'activated', 'consumed', 'reversed', 'expired', 'revoked', 'frozen', 'unfrozen', 'updated',
      'hold_placed', 'hold_released', 'overage_repaid')`.execute(db);
  await sql`
    create function array_total(amounts bigint[]) returns bigint language plpgsql immutable as $$
    begin return (select coalesce(sum(amount), 0)::bigint from unnest(amounts) as amount); end $$`.execute(
    db,
  );
  // No foreign key to pools: the guard proves what it would, and it costs a hot pool a quarter of its rate.
  await sql`
    create table ledger (
      customer_id text not null,
      pool_no int not null,
      seq bigint not null check (seq > 0),
      at timestamptz not null default clock_timestamp(),
      occurred_at timestamptz not null,
      type entry_type not null,
      delta bigint not null,
      end_balance bigint not null,
      overage_change bigint not null,
      draw_keys bigint[] not null,
      draw_amounts bigint[] not null,
      source_kind text not null,
      source_id text,
      actor_kind text not null,
      actor_id text not null,
      reason text,
      feature_id text,
      user_no int,
      quantity bigint,
      dimensions jsonb,
      request_id text,
      primary key (customer_id, pool_no, seq),
      constraint ledger_draws_pair_up check (cardinality(draw_keys) = cardinality(draw_amounts)),
      -- In an array of two dimensions, or one that does not begin at 1, the sum below would miss what the guard draws.
      constraint ledger_draws_are_plain_lists check (
        coalesce(array_ndims(draw_amounts), 1) = 1 and coalesce(array_lower(draw_amounts, 1), 1) = 1),
      constraint ledger_delta_is_draws_less_overage check (delta = case
        when cardinality(draw_amounts) <= 2 then coalesce(draw_amounts[1], 0) + coalesce(draw_amounts[2], 0)
        else array_total(draw_amounts) end - overage_change)
    )`.execute(db);
  // What became of every command, for ever. An applied event points at its entry; other outcomes keep their answer.
  await sql`
    create table commands (
      customer_id text not null,
      id text not null,
      hash_version smallint not null,
      content_hash uuid not null,
      pool_no int,
      seq bigint,
      answer text,
      at timestamptz not null default clock_timestamp(),
      primary key (customer_id, id)
    )`.execute(db);
}
