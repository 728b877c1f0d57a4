import { type Kysely, sql } from "kysely";

/** What plans include in each period, and how many units of tiered features a subscription used in each. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table plan_versions add included jsonb`.execute(db);
  await sql`
    create table rate_counters (
      customer_id text not null references customers (customer_id),
      subscription_id text not null,
      feature_id text not null,
      every text not null check (every in ('month', 'year')),
      period_no int not null,
      units bigint not null check (units >= 0),
      primary key (customer_id, subscription_id, feature_id, every, period_no)
    ) with (fillfactor = 80)`.execute(db);
  await sql`revoke all on rate_counters from public`.execute(db);
  await sql`grant select on rate_counters to credits_kit_writer, credits_kit_reader`.execute(db);
  await sql`
    grant insert (customer_id, subscription_id, feature_id, every, period_no, units), update (units)
    on rate_counters to credits_kit_writer`.execute(db);
}
