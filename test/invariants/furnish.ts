import { sql } from "kysely";
import type { OwnedDatabase } from "./owned-database.ts";

/** Stores what the write path needs to find: customers `c1` … who subscribe to a plan. */
export async function furnish({ owner }: OwnedDatabase, customers: number): Promise<void> {
  await sql`
    insert into credit_types (id, name, unit_singular, unit_plural) values ('images', 'Images', 'image', 'images')`.execute(
    owner,
  );
  await sql`insert into features (id, name) values ('image', 'Image'), ('draft', 'Draft')`.execute(owner);
  await sql`insert into plans (id, version) values ('studio', 1)`.execute(owner);
  const rates = JSON.stringify([
    { featureId: "image", creditsPerUnit: "1.25" },
    { featureId: "draft", creditsPerUnit: "0" },
  ]);
  await sql`
    insert into plan_versions (plan_id, version, name, credit_type_id, limit_mode, rates)
    values ('studio', 1, 'Studio', 'images', 'hard', ${rates}::jsonb)`.execute(owner);
  await sql`
    insert into customers (customer_id, route, subscriptions_version)
    select 'c' || n, 'route' || n, 1 from generate_series(1, ${customers}::int) n`.execute(owner);
  await sql`
    insert into subscriptions (customer_id, subscription_id, plan_id, plan_version, starts_at)
    select customer_id, 'sub', 'studio', 1, now() - interval '90 days' from customers`.execute(owner);
}
