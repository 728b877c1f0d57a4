import { sql } from "kysely";
import type { Database } from "../database.ts";

/**
 * Fills an empty database with a catalogue (credit type `tok`, features `image` at one credit a unit and `unmapped`
 * without a rate) and customers `cus_0` … who subscribe to its plan, without any credits yet.
 */
export async function seedCustomers(database: Database, count: number): Promise<void> {
  const { writer } = database;
  await sql`insert into credit_types (id, name, unit_singular, unit_plural) values ('tok', 'Tokens', 'token', 'tokens')`.execute(
    writer,
  );
  await sql`insert into features (id, name) values ('image', 'Image'), ('unmapped', 'Unmapped')`.execute(
    writer,
  );
  await sql`insert into plans (id, version) values ('pro', 1)`.execute(writer);
  await sql`
    insert into plan_versions (plan_id, version, name, credit_type_id, limit_mode, rates)
    values ('pro', 1, 'Pro', 'tok', 'hard', '[{"featureId": "image", "creditsPerUnit": "1"}]')`.execute(
    writer,
  );
  await sql`
    insert into customers (customer_id, route)
    select 'cus_' || n, 'route_' || n from generate_series(0, ${count}::int - 1) n`.execute(writer);
  await sql`
    insert into subscriptions (customer_id, subscription_id, plan_id, plan_version, resource_id, starts_at)
    select 'cus_' || n, 'sub_' || n, 'pro', 1, '', now() - interval '1 day'
    from generate_series(0, ${count}::int - 1) n`.execute(writer);
}
