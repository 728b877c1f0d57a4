import type { Connection } from "../storage/pools/connection.ts";
import { findCommands } from "../storage/pools/find-commands.ts";
import { duePools, lastPoolNumbers, loadPools, type PoolKey, readClock, readPositions } from "../storage/pools/load-pools.ts";
import { existingFeatures, usableCreditTypes } from "../storage/pools/load-subscriptions.ts";
import { existingCustomers, lockCustomers } from "../storage/pools/lock-customers.ts";
import type { PoolCommand } from "./command.ts";
import { GroupCustomer } from "./group-customer.ts";
import { earlierOutcomes, type Precedent } from "./group-precedents.ts";
import { bringSubscriptionsUpToDate } from "./group-subscriptions.ts";
import { GroupUsers } from "./group-users.ts";
import { type Memory, poolName } from "./memory.ts";
import { type NoPrice, type Price, priceEvent } from "./routing.ts";

/** Everything that deciding a group's commands needs to know, read under the customers' locks. */
export interface GroupFacts {
  /** The database's clock, in milliseconds. */
  readonly now: number;
  readonly customers: ReadonlyMap<string, GroupCustomer>;
  /** By the command's place in the group; absent for those that are new. */
  readonly precedents: ReadonlyMap<number, Precedent>;
  /** By the event's place in the group. */
  readonly prices: readonly (Price | NoPrice | undefined)[];
  readonly users: GroupUsers;
  /** Of the features that no plan prices here, those that exist. */
  readonly features: ReadonlySet<string>;
  readonly creditTypes: ReadonlySet<string>;
}

/**
 * Locks the customers of a group and reads what its commands need: in one round trip when memory is right about
 * everything, in a few when something is new. Each statement sees what was committed before it began, which is why
 * nothing is read in the statement that locks.
 */
export async function gatherFacts(
  connection: Connection,
  begun: Promise<unknown>,
  { commands, memory, wait }: { commands: readonly PoolCommand[]; memory: Memory; wait: boolean },
): Promise<GroupFacts> {
  const customers = customersOf(commands, memory);
  const customerIds = [...customers.keys()];
  const guessed = poolsOf(commands, priceAll(commands, customers, Date.now()));
  const users = new GroupUsers(commands, memory);
  const [lockedRows, now, known, positions, due] = await Promise.all([
    lockCustomers(connection, customerIds, wait),
    readClock(connection),
    findCommands(connection, commands),
    readPositions(connection, guessed),
    pastDue(connection, commands),
    users.find(connection),
    begun,
  ]);

  const stale = [];
  for (const row of lockedRows) {
    const customer = customers.get(row.customer_id);
    if (!customer) continue;
    customer.isLocked = true;
    if (memory.customers.get(row.customer_id)?.version !== row.subscriptions_version) stale.push(row);
  }
  const [precedents, creditTypes] = await Promise.all([
    earlierOutcomes(connection, commands, known),
    grantedTypes(connection, commands),
    bringSubscriptionsUpToDate(connection, stale, { customers, memory }),
    users.numberNew(connection),
    lockedRows.length < customers.size ? markMissing(connection, customers) : null,
  ]);

  const prices = priceAll(commands, customers, now);
  const unknown = takeFromMemory([...poolsOf(commands, prices), ...due], { customers, memory, guessed, positions });
  const [features] = await Promise.all([
    unmappedFeatures(connection, commands, prices),
    unknown.length > 0 ? load(connection, unknown, customers) : null,
  ]);
  return { now, customers, precedents, prices, users, features, creditTypes };
}

function customersOf(commands: readonly PoolCommand[], memory: Memory): Map<string, GroupCustomer> {
  const customers = new Map<string, GroupCustomer>();
  for (const { customerId } of commands) {
    let customer = customers.get(customerId);
    if (!customer) {
      customer = new GroupCustomer(customerId);
      customer.subscriptions = memory.customers.get(customerId)?.subscriptions ?? [];
      customers.set(customerId, customer);
    }
    customer.commandCount += 1;
  }
  return customers;
}

type Customers = ReadonlyMap<string, GroupCustomer>;
type Prices = readonly (Price | NoPrice | undefined)[];

function priceAll(commands: readonly PoolCommand[], customers: Customers, now: number): Prices {
  return commands.map((command) => {
    if (command.kind !== "event") return undefined;
    const subscriptions = customers.get(command.customerId)?.subscriptions ?? [];
    return priceEvent(command, command.timestamp ?? now, subscriptions);
  });
}

/** The pools that the commands touch, each once. */
function poolsOf(commands: readonly PoolCommand[], prices: Prices): PoolKey[] {
  const keys = new Map<string, PoolKey>();
  commands.forEach((command, index) => {
    if (command.kind === "settle") return;
    const price = command.kind === "event" ? prices[index] : command;
    if (typeof price !== "object") return;
    const { customerId, resourceId } = command;
    const key = { customerId, creditTypeId: price.creditTypeId, resourceId };
    keys.set(`${customerId} ${poolName(key)}`, key);
  });
  return [...keys.values()];
}
