import { type Kysely, sql } from "kysely";

/**
 * What the BFF's connections may do. The writer adds rows and never touches a balance, a seq, what remains of a grant,
 * or a ledger time: those move only through the guard. Columns that are left out of a grant take their defaults.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const role of ["credits_kit_writer", "credits_kit_reader"]) {
    // Roles belong to the whole cluster: another database of it may have made them, even at this moment.
    await sql`
      do $$ begin
        if not exists (select from pg_roles where rolname = ${sql.lit(role)}) then
          create role ${sql.id(role)} nologin;
        end if;
      exception when duplicate_object or unique_violation then null;
      end $$`.execute(db);
    await sql`
      do $$ begin
        if not pg_has_role(current_user, ${sql.lit(role)}, 'member') then
          grant ${sql.id(role)} to current_user;
        end if;
      end $$`.execute(db);
  }
  await sql`revoke all on all tables in schema public from public`.execute(db);
  await sql`grant usage on schema public to credits_kit_writer, credits_kit_reader`.execute(db);
  await sql`grant select on all tables in schema public to credits_kit_writer`.execute(db);
  await sql`
    grant insert, update on credit_types, features, plans, customers, subscriptions
    to credits_kit_writer`.execute(db);
  await sql`grant insert on plan_versions, customer_routes, idempotent_answers, deployment_secrets to credits_kit_writer`.execute(
    db,
  );
  await sql`grant insert, update on api_keys to credits_kit_writer`.execute(db);
  await sql`grant insert, update (user_id) on customer_users to credits_kit_writer`.execute(db);
  await sql`
    grant insert (customer_id, pool_no, credit_type_id, resource_id, next_due_at), update (next_due_at)
    on pools to credits_kit_writer`.execute(db);
  await sql`
    grant insert (customer_id, pool_no, key, grant_id, amount, category, priority, effective_at, expires_at,
      cost_basis_amount, cost_basis_currency, reason, external_reference, metadata, actor_kind, actor_id, created_at,
      source_kind, source_id, updated_at)
    on grants to credits_kit_writer`.execute(db);
  await sql`
    grant insert (customer_id, pool_no, seq, occurred_at, type, delta, end_balance, overage_change, draw_keys,
      draw_amounts, source_kind, source_id, actor_kind, actor_id, reason, feature_id, user_no, quantity, dimensions,
      request_id)
    on ledger to credits_kit_writer`.execute(db);
  await sql`
    grant insert (customer_id, id, hash_version, content_hash, pool_no, seq, answer)
    on commands to credits_kit_writer`.execute(db);
  await sql`
    grant select on credit_types, features, plans, plan_versions, customers, customer_routes, subscriptions,
      customer_users, pools, grants, ledger, commands
    to credits_kit_reader`.execute(db);
}
