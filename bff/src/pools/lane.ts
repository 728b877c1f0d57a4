import type { Database } from "../storage/database.ts";
import { AmbiguousCommitError, isConnectionError } from "../storage/pools/connection.ts";
import { type GroupResult, runGroup } from "./group.ts";
import type { Memory } from "./memory.ts";
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
  readonly onCommitted: (changedCustomerIds: ReadonlySet<string>) => void;
  readonly onError: (error: unknown, commands: number) => void;
}

const MAX_TRIES = 4;

/**
 * One queue of commands and one transaction at a time. A customer's commands always run in the same lane, so their
 * order is kept and lanes never wait for one another.
 */
export class Lane {
  readonly #options: LaneOptions;
  readonly #waiting = new WaitingCommands();
  #running: Promise<void> | null = null;
  #waitForLocks = false;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  add(pending: Pending): void {
    this.#waiting.add(pending);
    this.#running ??= this.#run();
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    // What arrives in this turn of the event loop joins the first group.
    await Promise.resolve();
    while (this.#waiting.size > 0) {
      const group = this.#waiting.take(this.#options.groupMax, this.#options.fairShare);
      await this.#carryOut(group, 1);
    }
    this.#running = null;
  }

  async #carryOut(group: readonly Pending[], tries: number): Promise<void> {
    const { database, memory, onError } = this.#options;
    const commands = group.map((pending) => pending.command);
    try {
      const result = await runGroup(database, { commands, memory, wait: this.#waitForLocks });
      this.#answer(group, result);
    } catch (error) {
      this.#forget(group);
      onError(error, group.length);
      await this.#recover(group, { error, tries });
    }
  }

  #answer(group: readonly Pending[], { outcomes, changed }: GroupResult): void {
    const skipped = group.filter((_, index) => outcomes[index] === null);
    // Only a group that found every customer held waits for them; any other goes on with what is free.
    this.#waitForLocks = skipped.length > 0 && skipped.length === group.length;
    if (skipped.length > 0) this.#waiting.putBack(skipped);
    if (changed.size > 0) this.#options.onCommitted(changed);
    group.forEach((pending, index) => {
      const outcome = outcomes[index];
      if (outcome) pending.settle(outcome);
    });
  }

  /**
   * After a failed group: a lost connection or a lost race is tried again with the same ids, which is safe even if the
   * commit had taken place; what the database refuses is halved until the command at fault stands alone.
   */
  async #recover(group: readonly Pending[], { error, tries }: { error: unknown; tries: number }): Promise<void> {
    const lost = error instanceof AmbiguousCommitError || isConnectionError(error);
    if ((lost || isLostRace(error)) && tries < MAX_TRIES) {
      await this.#carryOut(group, tries + 1);
    } else if (lost) {
      const outcome = rejected("overloaded", "", "the outcome is unknown: send the same id again");
      for (const pending of group) pending.settle(outcome);
    } else if (group.length > 1) {
      const middle = Math.ceil(group.length / 2);
      await this.#carryOut(group.slice(0, middle), 1);
      await this.#carryOut(group.slice(middle), 1);
    } else {
      for (const pending of group) pending.settle(failure(error));
    }
  }

  #forget(group: readonly Pending[]): void {
    this.#options.memory.forget(group.map((pending) => pending.command.customerId));
  }
}

/** Errors of two transactions that met: they go away when the group is run again on fresh facts. */
function isLostRace(error: unknown): boolean {
  return ["40001", "40P01", "23505", "CK002"].includes(codeOf(error));
}

function failure(error: unknown) {
  return codeOf(error) === "55P03" || codeOf(error) === "57014"
    ? rejected("overloaded", "", "the database was busy: send the same id again")
    : rejected("internal", "", "the command could not be carried out");
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
