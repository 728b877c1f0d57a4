import { idArray } from "./array-literal.ts";
import { type Connection, run, statement } from "./connection.ts";
import type { PlanFacts } from "./load-plans.ts";

/** A subscription as far as pricing an event needs it. */
export interface SubscriptionFacts {
  readonly plan: PlanFacts;
  readonly resourceId: string;
  readonly startsAt: number;
  readonly endsAt: number | null;
}

/** A subscription as it is stored. */
export interface StoredSubscription extends Omit<SubscriptionFacts, "plan"> {
  readonly customerId: string;
  readonly planId: string;
  readonly planVersion: number;
}

const SUBSCRIPTIONS = statement<{
  customer_id: string;
  plan_id: string;
  plan_version: number;
  resource_id: string;
  starts_at: Date;
  ends_at: Date | null;
}>(`
  select customer_id, plan_id, plan_version, resource_id, starts_at, ends_at from subscriptions
  where customer_id = any($1::text[]) order by customer_id, starts_at desc, subscription_id desc`);

/** The customers' subscriptions, each customer's latest start first. */
export async function loadSubscriptions(
  connection: Connection,
  customerIds: readonly string[],
): Promise<StoredSubscription[]> {
  const rows = await run(connection, SUBSCRIPTIONS, [idArray(customerIds)]);
  return rows.map((row) => ({
    customerId: row.customer_id,
    planId: row.plan_id,
    planVersion: row.plan_version,
    resourceId: row.resource_id,
    startsAt: row.starts_at.getTime(),
    endsAt: row.ends_at?.getTime() ?? null,
  }));
}
