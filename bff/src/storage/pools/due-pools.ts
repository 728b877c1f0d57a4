import { idArray, numberArray, timeArray } from "./array-literal.ts";
import { type Connection, run, statement } from "./connection.ts";
import type { PoolKey } from "./load-pools.ts";

const DUE = statement<{ customer_id: string; credit_type_id: string; resource_id: string }>(`
  select customer_id, credit_type_id, resource_id from pools
  where customer_id = any($1::text[]) and next_due_at <= clock_of(customer_id)`);

/** The pools of these customers in which something has fallen due. */
export async function duePools(connection: Connection, customerIds: readonly string[]): Promise<PoolKey[]> {
  const rows = await run(connection, DUE, [idArray(customerIds)]);
  return rows.map((row) => ({
    customerId: row.customer_id,
    creditTypeId: row.credit_type_id,
    resourceId: row.resource_id,
  }));
}

const DUE_TIMES = statement(`
  update pools p set next_due_at = q.next_due_at
  from unnest($1::text[], $2::int[], $3::timestamptz[]) as q (customer_id, pool_no, next_due_at)
  where p.customer_id = q.customer_id and p.pool_no = q.pool_no`);

/** Sets when something next happens in pools by itself. The customers must be locked. */
export function setDueTimes(
  connection: Connection,
  pools: readonly { customerId: string; poolNo: number; nextDueAt: number | null }[],
) {
  return run(connection, DUE_TIMES, [
    idArray(pools.map((pool) => pool.customerId)),
    numberArray(pools.map((pool) => pool.poolNo)),
    timeArray(pools.map((pool) => pool.nextDueAt)),
  ]);
}
