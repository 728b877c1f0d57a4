import { sql } from "kysely";
import type { Database } from "../database.ts";

/**
 * Gives the customers of `seedCustomers` a later subscription `tiered`, on which an email costs 3 credits, from the
 * eleventh in a month on 1, and an image 1 as before.
 */
export async function seedTiers({ writer }: Database): Promise<void> {
  const tiers = [
    { upTo: "10", creditsPerUnit: "3" },
    { upTo: null, creditsPerUnit: "1" },
  ];
  const rates = [
    { featureId: "email", tiers },
    { featureId: "image", creditsPerUnit: "1" },
  ];
  await sql`insert into features (id, name) values ('email', 'Email')`.execute(writer);
  await sql`
    insert into plan_versions (plan_id, version, name, credit_type_id, limit_mode, rates)
    values ('pro', 2, 'Pro', 'tok', 'hard', ${JSON.stringify(rates)}::jsonb)`.execute(writer);
  await sql`
    insert into subscriptions (customer_id, subscription_id, plan_id, plan_version, starts_at)
    select customer_id, 'tiered', 'pro', 2, now() - interval '1 hour' from customers`.execute(writer);
}
