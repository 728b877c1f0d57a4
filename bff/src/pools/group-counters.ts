import type { Connection } from "../storage/pools/connection.ts";
import { type CounterKey, readRateCounters } from "../storage/pools/rate-counters.ts";
import type { PoolCommand } from "./command.ts";
import type { GroupCustomer } from "./group-customer.ts";
import type { GroupTargets } from "./group-targets.ts";
import { type NoPrice, type Price, priceCapture } from "./pricing.ts";
import { countersOf, RateCounters } from "./rate-counters.ts";

interface Known {
  readonly prices: readonly (Price | NoPrice | null)[];
  readonly targets: GroupTargets;
  readonly customers: ReadonlyMap<string, GroupCustomer>;
}

/**
 * Reads the counters that a group's prices depend on, or that its reversals take units out of. Costs nothing where no
 * rate has tiers.
 */
export async function loadRateCounters(
  connection: Connection,
  commands: readonly PoolCommand[],
  { prices, targets, customers }: Known,
): Promise<RateCounters> {
  const captures = [...targets.holds].map(([index, { record }]) => {
    const command = commands[index];
    const customer = customers.get(command?.customerId ?? "");
    if (command?.kind !== "capture_hold" || !customer) return null;
    return priceCapture(command, { hold: record, now: customer.now }, customer.remembered.subscriptions);
  });
  const keys: CounterKey[] = countersOf([...prices, ...captures]);
  for (const [index, { counted, featureId }] of targets.consumed) {
    const customerId = commands[index]?.customerId;
    if (counted && featureId !== null && customerId !== undefined)
      keys.push({ ...counted, customerId, featureId });
  }
  return new RateCounters(keys.length > 0 ? await readRateCounters(connection, keys) : []);
}
