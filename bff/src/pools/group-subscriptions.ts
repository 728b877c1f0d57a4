import type { Connection } from "../storage/pools/connection.ts";
import { loadPlans, planKey } from "../storage/pools/load-plans.ts";
import { loadSubscriptions, toSubscriptionFacts } from "../storage/pools/load-subscriptions.ts";
import type { LockedCustomer } from "../storage/pools/lock-customers.ts";
import type { GroupCustomer } from "./group-customer.ts";
import type { Memory } from "./memory.ts";

/** Reads the subscriptions of customers whose version is not the remembered one, and the plans that are new to us. */
export async function refreshSubscriptions(
  connection: Connection,
  stale: readonly LockedCustomer[],
  { customers, memory }: { customers: ReadonlyMap<string, GroupCustomer>; memory: Memory },
): Promise<void> {
  if (stale.length === 0) return;
  const stored = await loadSubscriptions(
    connection,
    stale.map((row) => row.customer_id),
  );
  const unknown = new Map(stored.map((each) => [planKey(each.planId, each.planVersion), each]));
  for (const key of [...unknown.keys()]) if (memory.plans.get(key)) unknown.delete(key);
  const plans = unknown.size > 0 ? await loadPlans(connection, [...unknown.values()]) : null;
  for (const [key, plan] of plans ?? []) memory.plans.set(key, plan);

  const byCustomer = Map.groupBy(stored, (each) => each.customerId);
  for (const row of stale) {
    const remembered = customers.get(row.customer_id)?.remembered;
    if (!remembered) continue;
    remembered.subscriptionsVersion = row.subscriptions_version;
    remembered.subscriptions = (byCustomer.get(row.customer_id) ?? []).flatMap((each) => {
      const key = planKey(each.planId, each.planVersion);
      const plan = plans?.get(key) ?? memory.plans.get(key);
      return plan ? [toSubscriptionFacts(each, plan)] : [];
    });
  }
}
