import type { Database } from "../storage/database.ts";
import { isConnectionError } from "../storage/pools/connection.ts";
import { runGroup } from "./group.ts";
import type { Memory } from "./memory.ts";
import type { Outcome } from "./outcome.ts";
import { rejected } from "./outcomes.ts";
import { type Pending, WaitingCommands } from "./waiting.ts";

/** How a lane works; the defaults stand in `createPoolWriter`. */
export interface LaneOptions {
  readonly database: Database;
  readonly memory: Memory;
  /** The most commands in one transaction. */
  readonly groupMax: number;
  /** How many of one customer a group takes while others wait. */
  readonly fairShare: number;
  /** The most transactions at once. */
  readonly transactions: number;
  readonly onCommitted: (changedCustomerIds: ReadonlySet<string>) => void;
  readonly onError: (error: unknown, commands: number) => void;
}

const MAX_TRIES = 4;

/**
 * One queue of commands and few transactions at a time, never two with commands of the same customer: so each
 * customer's order is kept, and no transaction of ours waits for another one. A transaction costs much more than a
 * command in it, so a second one begins only for a good part of a full group; else what arrives waits for the next.
 */
export class Lane {
  readonly #options: LaneOptions;
  readonly #waiting = new WaitingCommands();
  readonly #groups = new Set<Promise<void>>();
  #waitingForLocks = 0;
  #isWoken = false;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  /** How many commands wait. */
  get waiting(): number {
    return this.#waiting.size;
  }

  add(pending: Pending): void {
    this.#waiting.add(pending);
    this.#wake();
  }

  /** Resolves when nothing waits and nothing runs any more. */
  async idle(): Promise<void> {
    while (this.#isWoken || this.#groups.size > 0) {
      await Promise.all(this.#groups);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Looks for work once everybody who has something to say in this turn of the event loop has said it. */
  #wake(): void {
    if (this.#isWoken) return;
    this.#isWoken = true;
    process.nextTick(() => {
      this.#isWoken = false;
      while (this.#mayBegin()) this.#begin();
    });
  }

  #mayBegin(): boolean {
    const { transactions, groupMax } = this.#options;
    const { takeable } = this.#waiting;
    if (takeable === 0 || this.#groups.size >= transactions) return false;
    return this.#groups.size === this.#waitingForLocks || takeable >= groupMax / 4;
  }

  #begin(): void {
    const group = this.#waiting.take(this.#options.groupMax, this.#options.fairShare);
    const running = this.#run(group).finally(() => {
      this.#groups.delete(running);
      this.#wake();
    });
    this.#groups.add(running);
  }

  async #run(group: readonly Pending[]): Promise<void> {
    let skipped = await this.#carryOut(group);
    if (skipped.length === group.length) {
      // Somebody else holds every customer: there is nothing to do but to wait for them.
      this.#waitingForLocks += 1;
      this.#wake();
      skipped = await this.#carryOut(group, { wait: true }).finally(() => (this.#waitingForLocks -= 1));
    }
    this.#waiting.giveBack(group, skipped);
  }

  /** Runs a group and answers it. Gives back the commands of customers whom somebody else holds. */
  async #carryOut(group: readonly Pending[], { wait = false, tries = 1 } = {}): Promise<Pending[]> {
    const { database, memory, onCommitted, onError } = this.#options;
    const commands = group.map((pending) => pending.command);
    try {
      const { outcomes, changed } = await runGroup(database, { commands, memory, wait });
      if (changed.size > 0) onCommitted(changed);
      return group.filter((pending, index) => {
        const outcome = outcomes[index];
        if (outcome) pending.settle(outcome);
        return !outcome;
      });
    } catch (error) {
      for (const { customerId } of commands) memory.customers.delete(customerId);
      onError(error, group.length);
      return this.#recover(group, { error, wait, tries });
    }
  }

  /**
   * After a failed group: a lost connection or a lost race is tried again with the same ids, which is safe even if the
   * commit had taken place; what the database refuses is halved until the command at fault stands alone.
   */
  async #recover(
    group: readonly Pending[],
    { error, wait, tries }: { error: unknown; wait: boolean; tries: number },
  ): Promise<Pending[]> {
    const isLost = isConnectionError(error);
    if ((isLost || isLostRace(error)) && tries < MAX_TRIES) {
      return this.#carryOut(group, { wait, tries: tries + 1 });
    }
    if (isLost)
      return answer(group, rejected("overloaded", "", "the outcome is unknown: send the same id again"));
    // Halves would wait as long again, each of them.
    if (codeOf(error) === LOCK_TIMEOUT || group.length === 1) return answer(group, failure(error));
    const middle = Math.ceil(group.length / 2);
    const first = await this.#carryOut(group.slice(0, middle), { wait });
    return first.concat(await this.#carryOut(group.slice(middle), { wait }));
  }
}

function answer(group: readonly Pending[], outcome: Outcome): Pending[] {
  for (const pending of group) pending.settle(outcome);
  return [];
}

const LOCK_TIMEOUT = "55P03";
const STATEMENT_TIMEOUT = "57014";

/** Errors of two transactions that met: they go away when the group is run again on fresh facts. */
function isLostRace(error: unknown): boolean {
  return ["40001", "40P01", "23505", "CK002"].includes(codeOf(error));
}

function failure(error: unknown): Outcome {
  return [LOCK_TIMEOUT, STATEMENT_TIMEOUT].includes(codeOf(error))
    ? rejected("overloaded", "", "the database was busy: send the same id again")
    : rejected("internal", "", "the command could not be carried out");
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
