import type { Connection } from "../storage/pools/connection.ts";
import { findCommands } from "../storage/pools/find-commands.ts";
import { readClock } from "../storage/pools/load-pools.ts";
import {
  existingCustomers,
  type LockedCustomer,
  lockCustomers,
  readTestClocks,
} from "../storage/pools/lock-customers.ts";
import type { GrantRecord } from "../storage/pools/grant-record.ts";
import type { PoolCommand } from "./command.ts";
import { namedTypes, unmappedFeatures } from "./group-catalogue.ts";
import { GroupCustomer } from "./group-customer.ts";
import { findDuePools, loadTouchedPools, readTouchedPositions } from "./group-pools.ts";
import { earlierOutcomes, type Precedent } from "./group-precedents.ts";
import { refreshSubscriptions } from "./group-subscriptions.ts";
import { findTargets, type GroupTargets, readRestorable, touchTargets } from "./group-targets.ts";
import { GroupUsers } from "./group-users.ts";
import type { Memory } from "./memory.ts";
import { loadRateCounters } from "./group-counters.ts";
import { type NoPrice, type Price, priceCommand } from "./pricing.ts";
import type { RateCounters } from "./rate-counters.ts";
import { readCostBases, touchDueSubscriptions } from "./recurring/touch-due.ts";

/** Everything that deciding a group's commands needs to know, read under the customers' locks. */
export interface GroupFacts {
  /** The database's clock, in milliseconds. */
  readonly now: number;
  readonly customers: ReadonlyMap<string, GroupCustomer>;
  /** By the command's place in the group; absent for those that are new. */
  readonly precedents: ReadonlyMap<number, Precedent>;
  /** By the command's place in the group; null for commands that have no price. */
  readonly prices: readonly (Price | NoPrice | null)[];
  /** The units that tiered prices count from. */
  readonly counters: RateCounters;
  readonly targets: GroupTargets;
  /** What reversals may give credits back to, by the command's place in the group. */
  readonly restorable: ReadonlyMap<number, readonly GrantRecord[]>;
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
  touchPools(commands, customers, priceAll(commands, customers));
  const users = new GroupUsers(commands, memory);
  const [locked, now, known, targets] = await Promise.all([
    lockCustomers(connection, [...customers.keys()], wait),
    readClock(connection),
    findCommands(connection, commands),
    findTargets(connection, commands),
    readTouchedPositions(connection, customers),
    findDuePools(connection, commands, customers),
    users.find(connection),
    begun,
  ]);

  const stale = markLocked(locked, now, customers);
  touchTargets(targets, commands, customers);
  const [precedents, creditTypes, restorable] = await Promise.all([
    earlierOutcomes(connection, commands, known),
    namedTypes(connection, commands),
    readRestorable(connection, commands, targets),
    refreshSubscriptions(connection, stale, { customers, memory }),
    users.prepareNew(connection),
    markMissing(connection, customers),
    setTestClocks(connection, locked, customers),
  ]);

  const prices = priceAll(commands, customers);
  touchPools(commands, customers, prices);
  for (const [index, { entry }] of precedents) {
    if (entry) customers.get(commands[index]?.customerId ?? "")?.touch(entry);
  }
  touchDueSubscriptions(customers);
  const [features, counters] = await Promise.all([
    unmappedFeatures(connection, commands, prices),
    loadRateCounters(connection, commands, { prices, targets, customers }),
    loadTouchedPools(connection, customers),
  ]);
  await readCostBases(connection, customers);
  const found = { targets, restorable, users, features, creditTypes };
  return { now, customers, precedents, prices, counters, ...found };
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

function priceAll(commands: readonly PoolCommand[], customers: Customers): Prices {
  return commands.map((command) => {
    const customer = customers.get(command.customerId);
    return customer ? priceCommand(command, customer.now, customer.remembered.subscriptions) : null;
  });
}

/** Notes which pools the commands need: at first as memory has it, and again when the subscriptions are certain. */
function touchPools(commands: readonly PoolCommand[], customers: Customers, prices: Prices): void {
  commands.forEach((command, index) => {
    const named = command.kind === "grant" ? command : prices[index];
    if (typeof named !== "object" || named === null || !("resourceId" in command)) return;
    const { creditTypeId } = named;
    customers.get(command.customerId)?.touch({ creditTypeId, resourceId: command.resourceId });
  });
}

/** Notes who is locked and what time it is, and tells whose subscriptions are not the remembered ones. */
function markLocked(locked: readonly LockedCustomer[], now: number, customers: Customers): LockedCustomer[] {
  return locked.filter((row) => {
    const customer = customers.get(row.customer_id);
    if (customer) {
      customer.isLocked = true;
      customer.now = now;
    }
    return customer?.remembered.subscriptionsVersion !== row.subscriptions_version;
  });
}

/** Lets those on test clocks live by them. */
async function setTestClocks(
  connection: Connection,
  locked: readonly LockedCustomer[],
  customers: Customers,
): Promise<void> {
  const clocked = locked.filter((row) => row.test_clock_id !== null);
  if (clocked.length === 0) return;
  const clocks = await readTestClocks(connection, [
    ...new Set(clocked.flatMap((row) => row.test_clock_id ?? [])),
  ]);
  for (const { customer_id, test_clock_id } of clocked) {
    const [customer, now] = [customers.get(customer_id), clocks.get(test_clock_id ?? "")];
    if (!customer || now === undefined) throw new Error("a customer lives by a test clock that is not there");
    customer.now = customer.testClock = now;
  }
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
