import type { Connection } from "../../storage/pools/connection.ts";
import { readGrantsByKey } from "../../storage/pools/find-grants.ts";
import { readPlanGrantId } from "../../storage/pools/plan-grant-ids.ts";
import type { GroupCustomer } from "../group-customer.ts";
import { isGiving } from "./period.ts";

type Customers = ReadonlyMap<string, GroupCustomer>;

/** Notes that the group needs the pools into which something is due to be given. */
export function touchDueSubscriptions(customers: Customers): void {
  for (const customer of customers.values()) {
    if (!customer.isLocked) continue;
    for (const { recurrence, plan, resourceId } of customer.subscriptions) {
      const { nextPeriodAt } = recurrence;
      if (nextPeriodAt === null || nextPeriodAt > customer.now) continue;
      customer.touch({ creditTypeId: plan.creditTypeId, resourceId });
    }
  }
}

/**
 * Reads what the credits are worth that may live on in this group: those of plans' grants which are past their end.
 * Asks nothing where there are none.
 */
export async function readCostBases(connection: Connection, customers: Customers): Promise<void> {
  const asked: { customerId: string; poolNo: number; key: number }[] = [];
  for (const customer of customers.values()) {
    if (!customer.subscriptions.some(isGiving)) continue;
    for (const { customerId, poolNo, pool } of customer.pools) {
      for (const { id, key, expiresAt } of pool.grants) {
        if (expiresAt === null || expiresAt > customer.now || readPlanGrantId(id) === null) continue;
        asked.push({ customerId, poolNo, key });
      }
    }
  }
  if (asked.length === 0) return;
  for (const { customerId, grantId, costBasis } of await readGrantsByKey(connection, asked)) {
    customers.get(customerId)?.costBases.set(grantId, costBasis);
  }
}
