import { type Kysely, sql } from "kysely";

/**
 * Auto top-ups: the rule of each pool and where it stands, every try to charge, the pages on which cards were added, and
 * what its owner is to be told.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createRules(db);
  await createAttempts(db);
  await createNoticesAndSetups(db);
  const changed = ["auto_top_ups", "auto_top_up_attempts", "card_setups"];
  for (const table of [...changed, "auto_top_up_notices"]) {
    await sql`revoke all on ${sql.table(table)} from public`.execute(db);
    await sql`grant select on ${sql.table(table)} to credits_kit_writer, credits_kit_reader`.execute(db);
    await sql`grant insert on ${sql.table(table)} to credits_kit_writer`.execute(db);
  }
  for (const table of changed)
    await sql`grant update on ${sql.table(table)} to credits_kit_writer`.execute(db);
  await sql`grant delete on auto_top_ups to credits_kit_writer`.execute(db);
}

async function createRules(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table auto_top_ups (
      customer_id text not null references customers (customer_id),
      credit_type_id text not null,
      resource_id text not null default '',
      enabled boolean not null,
      threshold_credits bigint check (threshold_credits > 0),
      threshold_minor bigint check (threshold_minor >= 0),
      target bigint check (target > 0),
      credits bigint check (credits > 0),
      limit_minor bigint check (limit_minor > 0),
      -- That of the limit, of the threshold, or null: the first one that is sold.
      currency text check (currency ~ '^[a-z]{3}$'),
      method text not null default 'charge' check (method in ('charge', 'invoice')),
      grant_expires_after text,
      payment_method_id text,
      consented_at timestamptz,
      -- The threshold in credits as it was last worked out: what is looked for in one statement.
      watch_below bigint not null check (watch_below >= 0),
      priced_at timestamptz not null default clock_timestamp(),
      -- Where it stands. Pauses go by the customer's clock, looks by the real one.
      failures int not null default 0 check (failures >= 0),
      paused_until timestamptz,
      suspended_reason text,
      failed_at timestamptz,
      failed_card_id text,
      -- The month whose limit left no room.
      limited_in text,
      look_again_at timestamptz,
      created_at timestamptz not null default clock_timestamp(),
      updated_at timestamptz not null default clock_timestamp(),
      primary key (customer_id, credit_type_id, resource_id),
      check (num_nonnulls(threshold_credits, threshold_minor) = 1),
      check (num_nonnulls(target, credits) = 1)
    )`.execute(db);
  await sql`create index auto_top_ups_changed on auto_top_ups (updated_at) where enabled`.execute(db);
  await sql`
    create index auto_top_ups_card on auto_top_ups (payment_method_id) where payment_method_id is not null`.execute(
    db,
  );
}

async function createAttempts(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table auto_top_up_attempts (
      customer_id text not null references customers (customer_id),
      attempt_id text not null,
      credit_type_id text not null,
      resource_id text not null default '',
      status text not null default 'in_flight' check (status in
        ('in_flight', 'action_required', 'succeeded', 'failed', 'expired', 'canceled')),
      -- The order, once it is placed; its price is what is written here.
      top_up_id text,
      credits bigint not null check (credits > 0),
      currency text not null,
      price_per_credit text not null,
      total_minor bigint not null check (total_minor > 0),
      grant_expires_after text,
      payment_method_id text not null,
      -- By the customer's clock: its month in UTC counts.
      started_at timestamptz not null,
      settled_at timestamptz,
      action_until timestamptz,
      failure_code text,
      failure_decline_code text,
      failure_message text,
      -- Who goes on with it, until when: nobody else does meanwhile.
      leased_until timestamptz not null,
      created_at timestamptz not null default clock_timestamp(),
      primary key (customer_id, attempt_id)
    )`.execute(db);
  await sql`
    create unique index auto_top_up_attempts_one_in_flight
    on auto_top_up_attempts (customer_id, credit_type_id, resource_id)
    where status in ('in_flight', 'action_required')`.execute(db);
  await sql`
    create index auto_top_up_attempts_open on auto_top_up_attempts (leased_until)
    where status in ('in_flight', 'action_required')`.execute(db);
  await sql`
    create index auto_top_up_attempts_pool
    on auto_top_up_attempts (customer_id, credit_type_id, resource_id, started_at)`.execute(db);
  await sql`
    create index auto_top_up_attempts_listed on auto_top_up_attempts (customer_id, created_at, attempt_id)`.execute(
    db,
  );
}

async function createNoticesAndSetups(db: Kysely<unknown>): Promise<void> {
  // Each once: its key says of what it tells.
  await sql`
    create table auto_top_up_notices (
      customer_id text not null references customers (customer_id),
      notice_key text not null,
      credit_type_id text not null,
      resource_id text not null default '',
      kind text not null check (kind in ('attempted', 'action_required', 'changed', 'limit_reached')),
      details jsonb not null default '{}',
      occurred_at timestamptz not null,
      created_at timestamptz not null default clock_timestamp(),
      primary key (customer_id, notice_key)
    )`.execute(db);
  await sql`create index auto_top_up_notices_age on auto_top_up_notices (created_at)`.execute(db);
  await sql`
    create table card_setups (
      customer_id text not null references customers (customer_id),
      setup_id text not null,
      credit_type_id text not null,
      resource_id text not null default '',
      setup_key text not null,
      content_hash text not null,
      status text not null default 'open' check (status in ('open', 'complete', 'expired')),
      ui_mode text not null check (ui_mode in ('hosted', 'embedded')),
      success_url text not null,
      cancel_url text not null,
      expires_at timestamptz not null,
      checkout_session_id text,
      url text,
      payment_method_id text,
      actor_kind text not null,
      actor_id text not null,
      consented_at timestamptz not null,
      looked_at timestamptz,
      created_at timestamptz not null default clock_timestamp(),
      primary key (customer_id, setup_id)
    )`.execute(db);
  await sql`create unique index card_setups_key on card_setups (customer_id, setup_key)`.execute(db);
  await sql`
    create unique index card_setups_session on card_setups (checkout_session_id)
    where checkout_session_id is not null`.execute(db);
}
