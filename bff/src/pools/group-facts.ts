import type { Connection } from "../storage/pools/connection.ts";
import { findCommands } from "../storage/pools/find-commands.ts";
import { readClock } from "../storage/pools/load-pools.ts";
import { existingFeatures, usableCreditTypes } from "../storage/pools/load-subscriptions.ts";
import { existingCustomers, type LockedCustomer, lockCustomers } from "../storage/pools/lock-customers.ts";
import type { PoolCommand } from "./command.ts";
import { GroupCustomer } from "./group-customer.ts";
import { findDuePools, loadTouchedPools, readTouchedPositions } from "./group-pools.ts";
import { earlierOutcomes, type Precedent } from "./group-precedents.ts";
import { refreshSubscriptions } from "./group-subscriptions.ts";
import { GroupUsers } from "./group-users.ts";
import type { Memory } from "./memory.ts";
import { type NoPrice, type Price, priceEvent } from "./routing.ts";

/** Everything that deciding a group's commands needs to know, read under the customers' locks. */
export interface GroupFacts {
  /** The database's clock, in milliseconds. */
  readonly now: number;
  readonly customers: ReadonlyMap<string, GroupCustomer>;
  /** By the command's place in the group; absent for those that are new. */
  readonly precedents: ReadonlyMap<number, Precedent>;
  /** By the event's place in the group. */
  readonly prices: readonly (Price | NoPrice | null)[];
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
  touchPools(commands, customers, priceAll(commands, customers, Date.now()));
  const users = new GroupUsers(commands, memory);
  const [locked, now, known] = await Promise.all([
    lockCustomers(connection, [...customers.keys()], wait),
    readClock(connection),
    findCommands(connection, commands),
    readTouchedPositions(connection, customers),
    findDuePools(connection, commands, customers),
    users.find(connection),
    begun,
  ]);

  const stale = markLocked(locked, customers);
  const [precedents, creditTypes] = await Promise.all([
    earlierOutcomes(connection, commands, known),
    grantedTypes(connection, commands),
    refreshSubscriptions(connection, stale, { customers, memory }),
    users.prepareNew(connection),
    markMissing(connection, customers),
  ]);

  const prices = priceAll(commands, customers, now);
  touchPools(commands, customers, prices);
  for (const [index, { entry }] of precedents) {
    if (entry) customers.get(commands[index]?.customerId ?? "")?.touch(entry);
  }
  const [features] = await Promise.all([
    unmappedFeatures(connection, commands, prices),
    loadTouchedPools(connection, customers),
  ]);
  return { now, customers, precedents, prices, users, features, creditTypes };
}

type Customers = ReadonlyMap<string, GroupCustomer>;
type Prices = readonly (Price | NoPrice | null)[];

function customersOf(commands: readonly PoolCommand[], memory: Memory): Map<string, GroupCustomer> {
  const customers = new Map<string, GroupCustomer>();
  for (const { customerId } of commands) {
    let customer = customers.get(customerId);
    if (!customer) {
      customer = new GroupCustomer(customerId, memory.customer(customerId));
      customers.set(customerId, customer);
    }
    customer.commandCount += 1;
  }
  return customers;
}

function priceAll(commands: readonly PoolCommand[], customers: Customers, now: number): Prices {
  return commands.map((command) => {
    if (command.kind !== "event") return null;
    const subscriptions = customers.get(command.customerId)?.remembered.subscriptions ?? [];
    return priceEvent(command, command.timestamp ?? now, subscriptions);
  });
}

/** Notes which pools the commands need: at first as memory has it, and again when the subscriptions are certain. */
function touchPools(commands: readonly PoolCommand[], customers: Customers, prices: Prices): void {
  commands.forEach((command, index) => {
    if (command.kind === "settle") return;
    const price = command.kind === "event" ? prices[index] : command;
    if (typeof price !== "object" || price === null) return;
    const { creditTypeId } = price;
    customers.get(command.customerId)?.touch({ creditTypeId, resourceId: command.resourceId });
  });
}

/** Notes who is locked, and tells whose subscriptions are not the remembered ones. */
function markLocked(locked: readonly LockedCustomer[], customers: Customers): LockedCustomer[] {
  return locked.filter((row) => {
    const customer = customers.get(row.customer_id);
    if (customer) customer.isLocked = true;
    return customer?.remembered.subscriptionsVersion !== row.subscriptions_version;
  });
}

/** Tells those who do not exist from those whom somebody else holds. */
async function markMissing(connection: Connection, customers: Customers): Promise<void> {
  const absent = [...customers.values()].filter((customer) => !customer.isLocked);
  if (absent.length === 0) return;
  const existing = await existingCustomers(
    connection,
    absent.map((customer) => customer.customerId),
  );
  for (const customer of absent) customer.exists = existing.has(customer.customerId);
}

async function grantedTypes(connection: Connection, commands: readonly PoolCommand[]): Promise<Set<string>> {
  const ids = new Set<string>();
  for (const command of commands) if (command.kind === "grant") ids.add(command.creditTypeId);
  return ids.size > 0 ? usableCreditTypes(connection, [...ids]) : ids;
}

/** Of the features that no plan prices here, those that exist: an unknown one is told apart from an unmapped one. */
async function unmappedFeatures(
  connection: Connection,
  commands: readonly PoolCommand[],
  prices: Prices,
): Promise<Set<string>> {
  const ids = new Set<string>();
  commands.forEach((command, index) => {
    if (command.kind === "event" && typeof prices[index] === "string") ids.add(command.featureId);
  });
  return ids.size > 0 ? existingFeatures(connection, [...ids]) : ids;
}
