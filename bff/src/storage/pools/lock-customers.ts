import { idArray } from "./array-literal.ts";
import { type Connection, run, statement } from "./connection.ts";

/** A customer whose row this transaction holds. */
export interface LockedCustomer {
  readonly customer_id: string;
  /** Moves with every change of the customer's subscriptions. */
  readonly subscriptions_version: number;
  /** The test clock that the customer lives by, if any. */
  readonly test_clock_id: string | null;
}

const LOCK = `
  select customer_id, subscriptions_version, test_clock_id from customers
  where customer_id = any($1::text[]) order by customer_id for no key update`;
const LOCK_WAITING = statement<LockedCustomer>(LOCK);
const LOCK_FREE = statement<LockedCustomer>(`${LOCK} skip locked`);
const EXISTING = statement<{ customer_id: string }>(`
  select customer_id from customers where customer_id = any($1::text[])`);

/** Locks customers in key order. Those that somebody else holds are left out, unless `wait` is set. */
export function lockCustomers(connection: Connection, customerIds: readonly string[], wait: boolean) {
  return run(connection, wait ? LOCK_WAITING : LOCK_FREE, [idArray(customerIds)]);
}

const CLOCKS = statement<{ test_clock_id: string; now: string }>(`
  select test_clock_id, floor(extract(epoch from now) * 1000)::bigint as now from test_clocks
  where test_clock_id = any($1::text[])`);

/** What time it is on test clocks, in milliseconds. Asked for after the lock: a clock may have gone on meanwhile. */
export async function readTestClocks(
  connection: Connection,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const rows = await run(connection, CLOCKS, [idArray(ids)]);
  return new Map(rows.map((row) => [row.test_clock_id, Number(row.now)]));
}

/** Which of these customers there are. */
export async function existingCustomers(
  connection: Connection,
  customerIds: readonly string[],
): Promise<Set<string>> {
  const rows = await run(connection, EXISTING, [idArray(customerIds)]);
  return new Set(rows.map((row) => row.customer_id));
}
