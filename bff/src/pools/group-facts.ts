import type { Connection } from "../storage/pools/connection.ts";
import { findCommands, findEarlierEntries } from "../storage/pools/find-commands.ts";
import {
  duePools,
  lastPoolNumbers,
  loadPools,
  type PoolKey,
  readClock,
  readPositions,
  type StoredPool,
} from "../storage/pools/load-pools.ts";
import {
  existingFeatures,
  loadPlans,
  loadSubscriptions,
  planKey,
  type SubscriptionFacts,
  usableCreditTypes,
} from "../storage/pools/load-subscriptions.ts";
import { existingCustomers, type LockedCustomer, lockCustomers } from "../storage/pools/lock-customers.ts";
import { findUserNumbers, lastUserNumbers, type UserKey } from "../storage/pools/users.ts";
import type { EventCommand, PoolCommand } from "./command.ts";
import type { Precedent } from "./group-state.ts";
import { type Memory, poolId } from "./memory.ts";
import { type NoPrice, type Price, priceEvent } from "./routing.ts";

/** Everything that deciding a group's commands needs to know, read under the customers' locks. */
export interface GroupFacts {
  /** The database's clock, in milliseconds. */
  readonly now: number;
  readonly locked: ReadonlySet<string>;
  /** Customers that do not exist; those neither locked nor missing are held by somebody else. */
  readonly missing: ReadonlySet<string>;
  readonly precedents: ReadonlyMap<PoolCommand, Precedent>;
  readonly prices: ReadonlyMap<EventCommand, Price | NoPrice>;
  readonly pools: ReadonlyMap<string, { key: PoolKey; stored: StoredPool }>;
  readonly lastPoolNo: Map<string, number>;
  readonly userNumbers: Map<string, number>;
  readonly lastUserNo: Map<string, number>;
  readonly features: ReadonlySet<string>;
  readonly creditTypes: ReadonlySet<string>;
}

/** Names a user in this process. */
export function userKey(user: UserKey): string {
  return `${user.customerId} ${user.userId}`;
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
  const customerIds = [...new Set(commands.map((command) => command.customerId))];
  const named = commands.filter((command) => command.id !== null);
  const users = unknownUsers(commands, memory);
  const remembered = (customerId: string) => memory.subscriptions.get(customerId)?.subscriptions ?? [];
  const guessed = poolKeysOf(commands, priceAll(commands, { subscriptionsOf: remembered, memory, now: Date.now() }));
  const settling = commands.filter((command) => command.kind === "settle").map((command) => command.customerId);

  const [lockedRows, now, known, positions, foundUsers, due] = await Promise.all([
    lockCustomers(connection, customerIds, wait),
    readClock(connection),
    findCommands(connection, named.map((command) => command.customerId), named.map((command) => command.id ?? "")),
    readPositions(connection, guessed),
    users.length > 0 ? findUserNumbers(connection, users) : new Map<number, number>(),
    settling.length > 0 ? duePools(connection, settling) : [],
    begun,
  ]);

  const locked = new Set(lockedRows.map((row) => row.customer_id));
  const absent = customerIds.filter((customerId) => !locked.has(customerId));
  const newUsers = users.filter((_, index) => !foundUsers.has(index));
  const [existing, subscriptions, precedents, lastUserNo, creditTypes] = await Promise.all([
    absent.length > 0 ? existingCustomers(connection, absent) : new Set<string>(),
    currentSubscriptions(connection, lockedRows, memory),
    earlierOutcomes(connection, named, known),
    newUsers.length > 0
      ? lastUserNumbers(connection, newUsers.map((user) => user.customerId))
      : new Map<string, number>(),
    grantedTypes(connection, commands),
  ]);

  const subscriptionsOf = (customerId: string) => subscriptions.get(customerId) ?? [];
  const prices = priceAll(commands, { subscriptionsOf, memory, now });
  const wanted = distinctKeys([...poolKeysOf(commands, prices), ...due]);
  const pools = await currentPools(connection, wanted, { guessed, positions, memory });
  const unpooled = wanted.filter((key) => !pools.has(poolId(key))).map((key) => key.customerId);
  const [lastPoolNo, features] = await Promise.all([
    unpooled.length > 0 ? lastPoolNumbers(connection, unpooled) : new Map<string, number>(),
    unmappedFeatures(connection, prices),
  ]);

  const userNumbers = new Map<string, number>();
  for (const [index, userNo] of foundUsers) {
    const user = users[index];
    if (user) userNumbers.set(userKey(user), userNo);
  }
  return {
    now,
    locked,
    missing: new Set(absent.filter((customerId) => !existing.has(customerId))),
    precedents,
    prices,
    pools,
    lastPoolNo,
    userNumbers,
    lastUserNo,
    features,
    creditTypes,
  };
}

interface Pricing {
  readonly subscriptionsOf: (customerId: string) => readonly SubscriptionFacts[];
  readonly memory: Memory;
  readonly now: number;
}

function priceAll(commands: readonly PoolCommand[], { subscriptionsOf, memory, now }: Pricing) {
  const prices = new Map<EventCommand, Price | NoPrice>();
  for (const command of commands) {
    if (command.kind !== "event") continue;
    const facts = { subscriptions: subscriptionsOf(command.customerId), plans: memory.plans };
    prices.set(command, priceEvent(command, command.timestamp ?? now, facts));
  }
  return prices;
}

/** The pools that the commands touch. */
function poolKeysOf(commands: readonly PoolCommand[], prices: ReadonlyMap<EventCommand, Price | NoPrice>): PoolKey[] {
  const keys: PoolKey[] = [];
  for (const command of commands) {
    if (command.kind === "settle") continue;
    const price = command.kind === "event" ? prices.get(command) : command;
    if (typeof price !== "object") continue;
    const { customerId, resourceId } = command;
    keys.push({ customerId, creditTypeId: price.creditTypeId, resourceId });
  }
  return distinctKeys(keys);
}

function distinctKeys(keys: readonly PoolKey[]): PoolKey[] {
  return [...new Map(keys.map((key) => [poolId(key), key])).values()];
}

function unknownUsers(commands: readonly PoolCommand[], memory: Memory): UserKey[] {
  const users = new Map<string, UserKey>();
  for (const command of commands) {
    if (command.kind !== "event" || command.userId === null) continue;
    const user = { customerId: command.customerId, userId: command.userId };
    if (memory.userNumbers.get(userKey(user)) === undefined) users.set(userKey(user), user);
  }
  return [...users.values()];
}

async function currentSubscriptions(connection: Connection, locked: readonly LockedCustomer[], memory: Memory) {
  const current = new Map<string, readonly SubscriptionFacts[]>();
  const stale: LockedCustomer[] = [];
  for (const row of locked) {
    const remembered = memory.subscriptions.get(row.customer_id);
    if (remembered?.version === row.subscriptions_version) current.set(row.customer_id, remembered.subscriptions);
    else stale.push(row);
  }
  if (stale.length === 0) return current;
  const loaded = await loadSubscriptions(connection, stale.map((row) => row.customer_id));
  for (const row of stale) {
    const subscriptions = loaded.get(row.customer_id) ?? [];
    current.set(row.customer_id, subscriptions);
    memory.subscriptions.set(row.customer_id, { version: row.subscriptions_version, subscriptions });
  }
  await rememberPlans(connection, [...loaded.values()].flat(), memory);
  return current;
}

async function rememberPlans(connection: Connection, subscriptions: readonly SubscriptionFacts[], memory: Memory) {
  const unknown = new Map<string, SubscriptionFacts>();
  for (const each of subscriptions) {
    const key = planKey(each.planId, each.planVersion);
    if (!memory.plans.get(key)) unknown.set(key, each);
  }
  if (unknown.size === 0) return;
  for (const [key, plan] of await loadPlans(connection, [...unknown.values()])) memory.plans.set(key, plan);
}

async function earlierOutcomes(
  connection: Connection,
  named: readonly PoolCommand[],
  known: Awaited<ReturnType<typeof findCommands>>,
): Promise<Map<PoolCommand, Precedent>> {
  const precedents = new Map<PoolCommand, Precedent>();
  if (known.size === 0) return precedents;
  const found = [...known].flatMap(([index, earlier]) => {
    const command = named[index];
    return command ? [{ command, earlier }] : [];
  });
  const positions = found.map(({ command, earlier }) => ({
    customerId: command.customerId,
    poolNo: earlier.poolNo ?? 0,
    seq: earlier.seq ?? 0,
  }));
  const entries = await findEarlierEntries(connection, positions);
  found.forEach(({ command, earlier }, index) => {
    precedents.set(command, { command: earlier, entry: entries.get(index) ?? null });
  });
  return precedents;
}

interface Guess {
  readonly guessed: readonly PoolKey[];
  readonly positions: ReadonlyMap<number, { poolNo: number; seq: number }>;
  readonly memory: Memory;
}

/** The pools as they stand: from memory where the stored seq is the remembered one, else loaded. */
async function currentPools(connection: Connection, wanted: readonly PoolKey[], { guessed, positions, memory }: Guess) {
  const pools = new Map<string, { key: PoolKey; stored: StoredPool }>();
  const seqs = new Map(guessed.map((key, index) => [poolId(key), positions.get(index)?.seq]));
  const stale: PoolKey[] = [];
  for (const key of wanted) {
    const name = poolId(key);
    const stored = memory.findPool(key);
    if (stored && stored.pool.seq === seqs.get(name)) pools.set(name, { key, stored });
    else stale.push(key);
  }
  if (stale.length === 0) return pools;
  const loaded = await loadPools(connection, stale);
  stale.forEach((key, index) => {
    const stored = loaded.get(index);
    if (stored) pools.set(poolId(key), { key, stored });
  });
  return pools;
}

async function grantedTypes(connection: Connection, commands: readonly PoolCommand[]): Promise<Set<string>> {
  const ids = commands.flatMap((command) => (command.kind === "grant" ? [command.creditTypeId] : []));
  return ids.length > 0 ? usableCreditTypes(connection, [...new Set(ids)]) : new Set();
}

/** Of the features that no plan prices here, those that exist: an unknown one is told apart from an unmapped one. */
async function unmappedFeatures(
  connection: Connection,
  prices: ReadonlyMap<EventCommand, Price | NoPrice>,
): Promise<Set<string>> {
  const ids = new Set<string>();
  for (const [event, price] of prices) if (typeof price === "string") ids.add(event.featureId);
  return ids.size > 0 ? existingFeatures(connection, [...ids]) : new Set();
}
