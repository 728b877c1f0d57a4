import { nextDueAt } from "@credits-kit/engine";
import type { Database } from "../storage/database.ts";
import { type Connection, inTransaction } from "../storage/pools/connection.ts";
import { insertEntries, insertPools } from "../storage/pools/insert-group.ts";
import { insertGrants } from "../storage/pools/insert-grants.ts";
import { setDueTimes } from "../storage/pools/load-pools.ts";
import { insertUsers } from "../storage/pools/users.ts";
import type { PoolCommand } from "./command.ts";
import { GroupDecider } from "./decide-group.ts";
import { gatherFacts, type GroupFacts, userKey } from "./group-facts.ts";
import { GroupState } from "./group-state.ts";
import type { Memory } from "./memory.ts";
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
    const state = new GroupState(facts.lastPoolNo);
    for (const { key, stored } of facts.pools.values()) state.addPool(key, stored);
    const decider = new GroupDecider({ facts, state, memory });
    const outcomes = commands.map((command) => decider.decide(command));
    return { result: { outcomes, state, facts }, writes: writeState(connection, state) };
  });
  remember(memory, state, facts);
  return { outcomes, changed: new Set(state.entries.map((row) => row.customerId)) };
}

/** Sends everything that the group writes, without waiting in between. Pools and grants come before their entries. */
function writeState(connection: Connection, state: GroupState): Promise<unknown>[] {
  const written = [...state.pools()].filter((working) => working.pool.seq > 0);
  const made = written.filter((working) => working.isNew);
  const writes: Promise<unknown>[] = [];
  if (made.length > 0) {
    writes.push(insertPools(connection, made.map((working) => ({ ...working.key, poolNo: working.poolNo }))));
  }
  if (state.newUsers.length > 0) writes.push(insertUsers(connection, state.newUsers));
  if (state.grants.length > 0) writes.push(insertGrants(connection, state.grants));
  if (state.entries.length > 0) writes.push(insertEntries(connection, state.entries, state.commands));
  const rescheduled = written.filter((working) => state.rescheduled.has(working));
  if (rescheduled.length > 0) {
    const times = rescheduled.map(({ key, poolNo, pool }) => ({
      customerId: key.customerId,
      poolNo,
      nextDueAt: nextDueAt(pool),
    }));
    writes.push(setDueTimes(connection, times));
  }
  return writes;
}

/** Keeps what the commit made true. */
function remember(memory: Memory, state: GroupState, facts: GroupFacts): void {
  for (const { key, poolNo, pool } of state.pools()) {
    if (pool.seq > 0) memory.keepPool(key, { poolNo, pool });
  }
  for (const [key, userNo] of facts.userNumbers) memory.userNumbers.set(key, userNo);
  for (const user of state.newUsers) memory.userNumbers.set(userKey(user), user.userNo);
}
