import { nextDueAt } from "@credits-kit/engine";
import type { Database } from "../storage/database.ts";
import { type Connection, inTransaction } from "../storage/pools/connection.ts";
import { insertEntries, insertPools } from "../storage/pools/insert-group.ts";
import { setDueTimes } from "../storage/pools/due-pools.ts";
import { editGrants } from "../storage/pools/edit-grants.ts";
import { insertDenials } from "../storage/pools/insert-denials.ts";
import { insertGrants } from "../storage/pools/insert-grants.ts";
import { insertHolds } from "../storage/pools/insert-holds.ts";
import { type MovedSubscription, moveSubscriptions } from "../storage/pools/move-subscriptions.ts";
import { writeRateCounters } from "../storage/pools/rate-counters.ts";
import { insertUsers } from "../storage/pools/users.ts";
import type { PoolCommand } from "./command.ts";
import { GroupDecider } from "./decide-group.ts";
import type { WorkingPool } from "./group-customer.ts";
import { gatherFacts, type GroupFacts } from "./group-facts.ts";
import { GroupState } from "./group-state.ts";
import { type Memory, poolName } from "./memory.ts";
import type { Outcome } from "./outcome.ts";

/** What became of a group's commands; null for those whose customer somebody else holds. */
export interface GroupResult {
  readonly outcomes: readonly (Outcome | null)[];
  /** Customers whose pools changed. */
  readonly changed: ReadonlySet<string>;
}

export interface GroupOptions {
  readonly commands: readonly PoolCommand[];
  readonly memory: Memory;
  /** Whether to wait for customers that somebody else holds, instead of leaving them out. */
  readonly wait: boolean;
}

/**
 * Carries out a group of commands in one transaction and answers after the commit.
 * @throws AmbiguousCommitError when the commit may or may not have taken place; the same group may be run again.
 */
export async function runGroup(database: Database, options: GroupOptions): Promise<GroupResult> {
  const { commands, memory } = options;
  const { outcomes, state, facts } = await inTransaction(database, async (connection, begun) => {
    const facts = await gatherFacts(connection, begun, options);
    const state = new GroupState();
    const decider = new GroupDecider(facts, state);
    decider.begin();
    const outcomes = commands.map((command, index) => decider.decide(command, index));
    return { result: { outcomes, state, facts }, writes: write(connection, facts, state) };
  });
  remember(memory, facts);
  return { outcomes, changed: new Set(state.entries.map((row) => row.customerId)) };
}

/** Sends everything that the group writes, without waiting in between. Pools and grants come before their entries. */
function write(connection: Connection, facts: GroupFacts, state: GroupState): Promise<unknown>[] {
  const made = [];
  const rescheduled = [];
  for (const working of writtenPools(facts)) {
    if (working.isNew) made.push(working);
    if (working.isRescheduled) rescheduled.push({ ...working, nextDueAt: nextDueAt(working.pool) });
  }
  const writes: Promise<unknown>[] = [];
  if (made.length > 0) writes.push(insertPools(connection, made));
  if (facts.users.added.length > 0) writes.push(insertUsers(connection, facts.users.added));
  if (state.grants.length > 0) writes.push(insertGrants(connection, state.grants));
  if (state.holds.length > 0) writes.push(insertHolds(connection, state.holds));
  if (state.entries.length > 0 || state.commands.length > 0) {
    const { entries, commands } = state;
    writes.push(insertEntries(connection, { entries, commands, decidedAt: facts.now }));
  }
  if (state.edits.length > 0) writes.push(editGrants(connection, state.edits));
  if (state.denials.size > 0) writes.push(insertDenials(connection, [...state.denials.values()]));
  if (rescheduled.length > 0) writes.push(setDueTimes(connection, rescheduled));
  const moved = movedSubscriptions(facts);
  if (moved.length > 0) writes.push(moveSubscriptions(connection, moved));
  const counters = facts.counters.changed();
  if (counters.length > 0) writes.push(writeRateCounters(connection, counters));
  return writes;
}

/** Keeps what the commit made true. */
function remember(memory: Memory, facts: GroupFacts): void {
  for (const customer of facts.customers.values()) {
    if (!customer.isLocked) continue;
    customer.rememberSubscriptions();
    memory.customers.set(customer.customerId, customer.remembered);
  }
  for (const { poolNo, pool, ...key } of writtenPools(facts)) {
    facts.customers.get(key.customerId)?.remembered.pools.set(poolName(key), { poolNo, pool });
  }
  facts.users.remember();
}

function movedSubscriptions(facts: GroupFacts): MovedSubscription[] {
  return [...facts.customers.values()].flatMap(({ customerId, movedSubscriptions }) =>
    movedSubscriptions.map(({ subscriptionId, recurrence }) => ({ customerId, subscriptionId, recurrence })),
  );
}

function* writtenPools(facts: GroupFacts): Generator<WorkingPool> {
  for (const customer of facts.customers.values()) {
    for (const working of customer.pools) if (working.pool.seq > 0) yield working;
  }
}
