import { sql } from "kysely";
import type { Database } from "../database.ts";

/** Adds a plan \`monthly\` to a seeded catalogue, with 100 \`tok\` a month that roll over. */
export async function seedMonthlyPlan({ writer }: Database): Promise<void> {
  const included = { credits: "100", every: "month", rollover: "all", priority: 0, costBasis: null };
  await sql`insert into plans (id, version) values ('monthly', 1)`.execute(writer);
  await sql`
    insert into plan_versions (plan_id, version, name, credit_type_id, limit_mode, rates, included)
    values ('monthly', 1, 'Monthly', 'tok', 'soft', '[]', ${JSON.stringify({ ...included, perSeat: false })})`.execute(
    writer,
  );
}

/** Moves a seeded customer to it, of which nothing was given since then. */
export async function moveToMonthlyPlan(
  { writer }: Database,
  customerId: string,
  since: Date,
): Promise<void> {
  await sql`
    with moved as (
      update subscriptions set plan_id = 'monthly', starts_at = ${since}, next_period_at = ${since}
      where customer_id = ${customerId}
    )
    update customers set subscriptions_version = subscriptions_version + 1 where customer_id = ${customerId}`.execute(
    writer,
  );
}
