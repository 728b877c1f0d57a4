import { type Kysely, sql } from "kysely";

/**
 * Auto top-ups by invoice: a rule says when they are due, and a try needs no card. What a try was decided by is kept with
 * it, so that it can be seen later that the month's limit held. And every page on which a card is added is kept in one place, and with an
 * order what the issuer of its card warned of.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table auto_top_ups add column days_until_due int check (days_until_due >= 0)`.execute(db);
  await sql`
    alter table auto_top_up_attempts
      add column method text not null default 'charge' check (method in ('charge', 'invoice')),
      add column days_until_due int check (days_until_due >= 0),
      -- The limit of the month that it was decided under, in its currency; null where there was none.
      add column limit_minor bigint check (limit_minor > 0),
      alter column payment_method_id drop not null,
      add check (method = 'invoice' or payment_method_id is not null)`.execute(db);
  // The latest warning of fraud about the payment, whether its credits are frozen for it, and whether it was cleared.
  await sql`
    alter table top_ups
      add column fraud_warning_id text,
      add column fraud_freezes boolean not null default false,
      add column fraud_cleared_at timestamptz`.execute(db);
  // A card that is just saved is for no pool, and nobody is asked whether it may be charged.
  await sql`
    alter table card_setups
      alter column credit_type_id drop not null,
      alter column consented_at drop not null`.execute(db);
}
