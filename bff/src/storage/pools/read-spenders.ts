import { idArray } from "./array-literal.ts";
import { type Connection, run, statement } from "./connection.ts";
import { loadPlans, planKey } from "./load-plans.ts";
import { loadSubscriptions, type SubscriptionFacts, toSubscriptionFacts } from "./load-subscriptions.ts";

/** What prices what customers would spend. */
export interface Spenders {
  /** What time it is for the customers that there are, in milliseconds. */
  readonly clocks: ReadonlyMap<string, number>;
  /** By customer, the latest start first; absent for those without any. */
  readonly subscriptions: ReadonlyMap<string, readonly SubscriptionFacts[]>;
}

const CLOCKS = statement<{ customer_id: string; now: string }>(`
  select customer_id, floor(extract(epoch from clock_of(customer_id)) * 1000)::bigint as now from customers
  where customer_id = any($1::text[])`);

/** Reads, without a lock, what prices what these customers would spend. */
export async function readSpenders(
  connection: Connection,
  customerIds: readonly string[],
): Promise<Spenders> {
  const [clocks, stored] = await Promise.all([
    run(connection, CLOCKS, [idArray(customerIds)]),
    loadSubscriptions(connection, customerIds),
  ]);
  const versions = new Map(stored.map((each) => [planKey(each.planId, each.planVersion), each]));
  const plans = await loadPlans(connection, [...versions.values()]);
  const subscriptions = new Map<string, SubscriptionFacts[]>();
  for (const each of stored) {
    const plan = plans.get(planKey(each.planId, each.planVersion));
    if (!plan) continue;
    const known = subscriptions.get(each.customerId) ?? [];
    subscriptions.set(each.customerId, known);
    known.push(toSubscriptionFacts(each, plan));
  }
  return { clocks: new Map(clocks.map((row) => [row.customer_id, Number(row.now)])), subscriptions };
}

const USABLE = statement<{ kind: "feature" | "credit_type"; id: string }>(`
  select 'feature' as kind, id from features where id = any($1::text[]) and archived_at is null
  union all
  select 'credit_type' as kind, id from credit_types where id = any($2::text[]) and archived_at is null`);

/** Which of these features and credit types there are and are not archived. */
export async function readUsable(
  connection: Connection,
  named: { readonly features: readonly string[]; readonly creditTypes: readonly string[] },
): Promise<{ features: ReadonlySet<string>; creditTypes: ReadonlySet<string> }> {
  const { features, creditTypes } = named;
  if (features.length + creditTypes.length === 0) return { features: new Set(), creditTypes: new Set() };
  const rows = await run(connection, USABLE, [idArray(features), idArray(creditTypes)]);
  const idsOf = (kind: string) => new Set(rows.filter((row) => row.kind === kind).map((row) => row.id));
  return { features: idsOf("feature"), creditTypes: idsOf("credit_type") };
}
