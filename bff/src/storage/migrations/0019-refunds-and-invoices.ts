import { type Kysely, sql } from "kysely";

/**
 * What comes after a payment, and what comes before one: refunds and disputes with the credits that were taken back for
 * them, and invoices that wait to be paid.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table top_ups
      -- The sum of its refunds that did not fail, and the credits that refunds and lost disputes have taken back.
      add column refunded_minor bigint not null default 0 check (refunded_minor >= 0),
      add column revoked_credits bigint not null default 0 check (revoked_credits >= 0 and revoked_credits <= credits),
      -- Credits whose money was given back after they were spent.
      add column shortfall_credits bigint not null default 0 check (shortfall_credits >= 0),
      add column dispute_status text,
      -- Of an order by invoice.
      add column days_until_due int,
      add column release_on text check (release_on in ('paid', 'issued')),
      add column invoice_id text,
      add column invoice_status text,
      add column invoice_number text,
      add column invoice_url text,
      add column invoice_pdf_url text,
      add column invoice_due_at timestamptz,
      add column paid_out_of_band boolean not null default false`.execute(db);
  // One row for each refund and each dispute of a payment.
  await sql`
    create table reversals (
      customer_id text not null,
      reversal_id text not null,
      kind text not null check (kind in ('refund', 'dispute')),
      top_up_id text not null,
      payment_id text not null,
      amount_minor bigint not null check (amount_minor >= 0),
      currency text not null,
      status text not null,
      reason text,
      happened_at timestamptz not null,
      looked_at timestamptz not null default clock_timestamp(),
      -- The grant that makes good what was taken for a refund that failed, and whether it is there.
      restored_grant_id text,
      restored_credits bigint check (restored_credits >= 0),
      primary key (customer_id, reversal_id),
      foreign key (customer_id, top_up_id) references top_ups (customer_id, top_up_id)
    )`.execute(db);
  await sql`create index reversals_of_top_up on reversals (customer_id, top_up_id)`.execute(db);
  await sql`
    create index reversals_open on reversals (looked_at) where status in
      ('pending', 'requires_action', 'needs_response', 'under_review', 'warning_needs_response', 'warning_under_review')`.execute(
    db,
  );
  await sql`create index reversals_settled on reversals (happened_at) where status = 'succeeded'`.execute(db);
  // What is to be taken back of one grant for one of them, decided before it is done, and what it came to.
  await sql`
    create table takings (
      customer_id text not null,
      command_id text not null,
      reversal_id text not null,
      top_up_id text not null,
      grant_id text not null,
      amount bigint not null check (amount >= 0),
      takes_held boolean not null default false,
      taken bigint check (taken >= 0),
      created_at timestamptz not null default clock_timestamp(),
      primary key (customer_id, command_id),
      foreign key (customer_id, reversal_id) references reversals (customer_id, reversal_id)
    )`.execute(db);
  await sql`create index takings_of_top_up on takings (customer_id, top_up_id)`.execute(db);
  await sql`create index takings_open on takings (created_at) where taken is null`.execute(db);
  for (const table of ["reversals", "takings"]) {
    await sql`revoke all on ${sql.table(table)} from public`.execute(db);
    await sql`grant select on ${sql.table(table)} to credits_kit_writer, credits_kit_reader`.execute(db);
    await sql`grant insert, update on ${sql.table(table)} to credits_kit_writer`.execute(db);
  }
}
