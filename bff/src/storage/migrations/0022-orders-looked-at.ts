import { type Kysely, sql } from "kysely";

/**
 * Where the payer of an order confirms it, and when Stripe was last asked for that: so that opening the page again and again
 * asks Stripe now and then only.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table top_ups add column bank_url text, add column bank_asked_at timestamptz`.execute(db);
}
