import type { Connection } from "../storage/pools/connection.ts";
import { duePools } from "../storage/pools/due-pools.ts";
import { lastPoolNumbers, loadPools, readPositions } from "../storage/pools/load-pools.ts";
import type { PoolCommand } from "./command.ts";
import type { GroupCustomer, TouchedPool } from "./group-customer.ts";
import { poolName } from "./memory.ts";

type Customers = ReadonlyMap<string, GroupCustomer>;

/** Reads where the pools stand that the group will probably touch. */
export async function readTouchedPositions(connection: Connection, customers: Customers): Promise<void> {
  const asked: TouchedPool[] = [];
  for (const customer of customers.values()) asked.push(...customer.touched);
  const positions = await readPositions(connection, asked);
  asked.forEach((pool, index) => {
    pool.position = positions.get(index) ?? null;
  });
}

/** Touches the pools in which something has fallen due, of customers who are to be settled. */
export async function findDuePools(
  connection: Connection,
  commands: readonly PoolCommand[],
  customers: Customers,
): Promise<void> {
  const settling = new Set<string>();
  for (const command of commands) if (command.kind === "settle") settling.add(command.customerId);
  if (settling.size === 0) return;
  for (const pool of await duePools(connection, [...settling])) customers.get(pool.customerId)?.touch(pool);
}

/** Takes the touched pools from memory where the stored seq is the remembered one, and loads the others. */
export async function loadTouchedPools(connection: Connection, customers: Customers): Promise<void> {
  const unknown: { customer: GroupCustomer; pool: TouchedPool }[] = [];
  for (const customer of customers.values()) {
    if (!customer.isLocked) continue;
    for (const pool of customer.touched) {
      const stored = customer.remembered.pools.get(poolName(pool));
      if (stored && stored.pool.seq === pool.position?.seq) customer.addPool(pool, stored);
      else unknown.push({ customer, pool });
    }
  }
  if (unknown.length === 0) return;

  const loaded = await loadPools(
    connection,
    unknown.map(({ pool }) => pool),
  );
  const poorer = new Map<string, GroupCustomer>();
  unknown.forEach(({ customer, pool }, index) => {
    const stored = loaded.get(index);
    if (stored) customer.addPool(pool, stored);
    else poorer.set(customer.customerId, customer);
  });
  if (poorer.size === 0) return;
  const last = await lastPoolNumbers(connection, [...poorer.keys()]);
  for (const [customerId, customer] of poorer) customer.lastPoolNo = last.get(customerId) ?? 0;
}
