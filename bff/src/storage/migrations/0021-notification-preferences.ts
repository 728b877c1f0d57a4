import { type Kysely, sql } from "kysely";

/** What people want to be told of, by credit type: of a user of the customer's, or of the customer (no user). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table notification_preferences (
      customer_id text not null references customers (customer_id),
      user_id text not null default '',
      credit_type_id text not null references credit_types (id),
      -- Null: what holds by default.
      choices jsonb check (jsonb_typeof(choices) = 'object'),
      -- Who gets the e-mails; empty: the customer's own address.
      emails jsonb not null default '[]' check (jsonb_typeof(emails) = 'array'),
      created_at timestamptz not null default clock_timestamp(),
      updated_at timestamptz not null default clock_timestamp(),
      primary key (customer_id, user_id, credit_type_id)
    )`.execute(db);
  await sql`revoke all on notification_preferences from public`.execute(db);
  await sql`grant select on notification_preferences to credits_kit_writer, credits_kit_reader`.execute(db);
  await sql`grant insert, update on notification_preferences to credits_kit_writer`.execute(db);
}
