import { type Kysely, sql } from "kysely";

/** What the BFF's connections may do with what came since: facts are theirs to write, amounts move by the guard. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`revoke all on grant_balances, holds, denied_events from public`.execute(db);
  await sql`
    grant select on grant_balances, holds, denied_events to credits_kit_writer, credits_kit_reader`.execute(
    db,
  );
  await sql`
    grant update (status, body, claimed_at), delete on idempotent_answers to credits_kit_writer`.execute(db);
  await sql`
    grant update (reason, external_reference, metadata, updated_at) on grants to credits_kit_writer`.execute(
    db,
  );
  await sql`
    grant insert (decided_at, about_seq, draw_held, details) on ledger to credits_kit_writer`.execute(db);
  await sql`
    grant insert (customer_id, pool_no, key, hold_id, amount, expires_at, feature_id, user_no, quantity, dimensions,
      metadata, actor_kind, actor_id, request_id, created_at)
    on holds to credits_kit_writer`.execute(db);
  await sql`
    grant insert (customer_id, event_id, occurred_at, credit_type_id, resource_id, feature_id, user_no, quantity,
        dimensions, required, available, request_id),
      update on denied_events to credits_kit_writer`.execute(db);
}
