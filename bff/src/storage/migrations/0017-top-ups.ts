import { type Kysely, sql } from "kysely";

/**
 * Money that comes in: orders of credits with the history of what became of them, the customers' counterparts at Stripe,
 * what Stripe tells (kept before it is dealt with), what does not fit, and the policies that people set.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createOrders(db);
  await createStripeSide(db);
  await createSettings(db);
  await grantRights(db);
}

async function createOrders(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table top_ups (
      customer_id text not null references customers (customer_id),
      top_up_id text not null,
      credit_type_id text not null,
      resource_id text not null default '',
      credits bigint not null check (credits > 0),
      currency text not null check (currency ~ '^[a-z]{3}$'),
      price_per_credit text not null,
      subtotal_minor bigint not null check (subtotal_minor >= 0),
      total_minor bigint not null check (total_minor > 0),
      method text not null check (method in ('checkout', 'invoice', 'charge')),
      ui_mode text check (ui_mode in ('hosted', 'embedded')),
      source_kind text not null default 'top_up',
      status text not null default 'awaiting_payment' check (status in
        ('awaiting_payment', 'action_required', 'processing', 'paid', 'failed', 'expired', 'void')),
      -- What the credits will be.
      grant_id text not null,
      priority int not null default 0,
      effective_at timestamptz,
      expires_at timestamptz,
      grant_expires_after text,
      reason text,
      external_reference text,
      metadata jsonb not null default '{}',
      -- Who ordered, and what the same order is known by when it comes again.
      actor_kind text not null,
      actor_id text not null,
      request_id text not null,
      order_key text not null,
      content_hash text not null,
      -- The one call that is made of Stripe for the order.
      stripe_key text not null,
      called_at timestamptz,
      is_off_session boolean not null default false,
      saves_card boolean not null default false,
      consented_at timestamptz,
      success_url text,
      cancel_url text,
      payment_method_id text,
      checkout_session_id text,
      payment_intent_id text,
      pay_url text,
      payable_until timestamptz,
      -- What became of it.
      paid_minor bigint,
      tax_minor bigint,
      receipt_url text,
      failure_code text,
      failure_decline_code text,
      failure_message text,
      looked_at timestamptz,
      created_at timestamptz not null default clock_timestamp(),
      updated_at timestamptz not null default clock_timestamp(),
      primary key (customer_id, top_up_id),
      check (status <> 'paid' or paid_minor is not null)
    )`.execute(db);
  await sql`create unique index top_ups_order_key on top_ups (customer_id, order_key)`.execute(db);
  await sql`create unique index top_ups_grant on top_ups (customer_id, grant_id)`.execute(db);
  await sql`create index top_ups_listed on top_ups (customer_id, created_at, top_up_id)`.execute(db);
  await sql`
    create index top_ups_open on top_ups (created_at, customer_id, top_up_id)
    where status in ('awaiting_payment', 'action_required', 'processing')`.execute(db);
  await sql`
    create table top_up_history (
      customer_id text not null,
      top_up_id text not null,
      no int not null check (no > 0),
      status text not null,
      cause text not null,
      actor_kind text,
      actor_id text,
      reason text,
      at timestamptz not null default clock_timestamp(),
      primary key (customer_id, top_up_id, no),
      foreign key (customer_id, top_up_id) references top_ups (customer_id, top_up_id)
    )`.execute(db);
  await sql`
    create table grant_payments (
      customer_id text not null references customers (customer_id),
      grant_id text not null,
      status text not null,
      invoice_url text,
      receipt_url text,
      updated_at timestamptz not null default clock_timestamp(),
      primary key (customer_id, grant_id)
    )`.execute(db);
}

async function createStripeSide(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table stripe_customers (
      customer_id text primary key references customers (customer_id),
      stripe_customer_id text,
      stripe_key text not null,
      called_at timestamptz not null default clock_timestamp(),
      created_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  // Finds what Stripe names by its own ids. Not by customer: that is what it is there to tell.
  await sql`
    create table stripe_objects (
      object_id text primary key,
      customer_id text not null,
      top_up_id text,
      created_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`
    create table stripe_events (
      event_id text primary key,
      type text not null,
      object_id text,
      is_live boolean not null,
      api_version text,
      account text,
      happened_at timestamptz not null,
      received_at timestamptz not null default clock_timestamp(),
      status text not null default 'waiting' check (status in ('waiting', 'done', 'ignored', 'dead')),
      tries int not null default 0,
      next_try_at timestamptz not null default clock_timestamp(),
      outcome text,
      settled_at timestamptz
    )`.execute(db);
  await sql`
    create index stripe_events_waiting on stripe_events (next_try_at, event_id) where status = 'waiting'`.execute(
    db,
  );
  await sql`create index stripe_events_dead on stripe_events (received_at) where status = 'dead'`.execute(db);
  await sql`create index stripe_events_age on stripe_events (received_at)`.execute(db);
  await sql`
    create table reconciliation_findings (
      finding_id text primary key,
      kind text not null,
      customer_id text,
      top_up_id text,
      object_id text,
      amount_minor bigint,
      currency text,
      credits bigint,
      detail text not null,
      since timestamptz not null,
      repaired_at timestamptz
    )`.execute(db);
  await sql`create index reconciliation_findings_open on reconciliation_findings (since) where repaired_at is null`.execute(
    db,
  );
  await sql`create index reconciliation_findings_repaired on reconciliation_findings (repaired_at)`.execute(
    db,
  );
  await sql`
    create table reconciliation_runs (
      name text primary key,
      checked_at timestamptz,
      payments_seen_to timestamptz,
      deep_at timestamptz,
      database_ahead_ms bigint,
      stripe_ahead_ms bigint
    )`.execute(db);
}

async function createSettings(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table settings (
      name text primary key,
      value jsonb not null,
      updated_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`
    create table settings_changes (
      change_id text primary key,
      at timestamptz not null default clock_timestamp(),
      actor_kind text not null,
      actor_id text not null,
      request_id text not null,
      before jsonb not null,
      after jsonb not null
    )`.execute(db);
}

/** History and changes of settings are only ever added to. */
async function grantRights(db: Kysely<unknown>): Promise<void> {
  const changed = ["top_ups", "grant_payments", "stripe_customers", "stripe_objects", "stripe_events"];
  changed.push("reconciliation_findings", "reconciliation_runs", "settings");
  const addedTo = ["top_up_history", "settings_changes"];
  for (const table of [...changed, ...addedTo]) {
    await sql`revoke all on ${sql.table(table)} from public`.execute(db);
    await sql`grant select on ${sql.table(table)} to credits_kit_writer, credits_kit_reader`.execute(db);
    await sql`grant insert on ${sql.table(table)} to credits_kit_writer`.execute(db);
  }
  for (const table of changed)
    await sql`grant update on ${sql.table(table)} to credits_kit_writer`.execute(db);
  await sql`grant delete on stripe_events, reconciliation_findings to credits_kit_writer`.execute(db);
}
