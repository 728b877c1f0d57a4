import { settleCustomers } from "../services/balances/settle-customers.ts";
import type { Deps } from "../services/call.ts";
import type { Database } from "../storage/database.ts";
import { type DueCustomer, dueCustomers, msUntilDue } from "../storage/pools/due-customers.ts";
import { Aside } from "./aside.ts";
import { PACE, type SweeperPace } from "./pace.ts";

/**
 * Settles customers at the moment when something of theirs falls due. Nobody depends on it: whoever touches or reads a
 * customer settles first. It is for those who only watch.
 */
export interface Sweeper {
  /** Something changed here, and the change is committed: it may have scheduled something sooner than what is awaited. */
  poolsChanged(): void;
  /** Settles whoever is due now and not aside. Answers with how many customers that was: for tests and measurements. */
  drain(): Promise<number>;
  /** Ends with the page at hand. */
  close(): Promise<void>;
}

export interface SweeperOptions {
  readonly database: Database;
  readonly pools: Deps["pools"];
  /** Told once for each customer and try that failed, and of errors of the database. */
  readonly onError: (error: unknown) => void;
  /** Told of customers who cannot be settled, for whoever tries them again later. */
  readonly onPoisoned?: (customerId: string) => void;
  readonly pace?: SweeperPace;
}

/** A customer cannot be settled. The message names the customer. */
export class UnsettledError extends Error {
  constructor(customerId: string, { tries, why }: { tries: number; why: string }) {
    super(`customer ${customerId} could not be settled (try ${tries}): ${why}`);
    this.name = "UnsettledError";
  }
}

/** Shorter than this, a timer is not worth setting. */
const SOONEST_MS = 5;

/** Starts sweeping. Any number of replicas may do so at once: settling twice changes nothing. */
export function startSweeper(options: SweeperOptions): Sweeper {
  return new Sweeping(options);
}

class Sweeping implements Sweeper {
  readonly #options: SweeperOptions;
  readonly #pace: SweeperPace;
  readonly #aside: Aside;
  #timer: NodeJS.Timeout | undefined;
  #wakesAt = Infinity;
  #working: Promise<number> | null = null;
  #changed = false;
  #closed = false;

  constructor(options: SweeperOptions) {
    this.#options = options;
    this.#pace = options.pace ?? PACE[options.database.engine];
    this.#aside = new Aside(this.#pace);
    this.#wakeIn(this.#pace.lookAfterMs);
  }

  poolsChanged(): void {
    if (this.#working) this.#changed = true;
    else this.#wakeIn(this.#pace.lookAfterMs);
  }

  async drain(): Promise<number> {
    await this.#working;
    return this.#work();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#working?.catch(() => undefined);
  }

  /** Wakes after so many milliseconds, unless it wakes sooner anyway. */
  #wakeIn(ms: number): void {
    const at = performance.now() + ms;
    if (this.#closed || at >= this.#wakesAt) return;
    clearTimeout(this.#timer);
    this.#wakesAt = at;
    this.#timer = setTimeout(() => {
      this.#wakesAt = Infinity;
      void this.#wake();
    }, ms).unref();
  }

  async #wake(): Promise<void> {
    const { lookEveryMs, lookAfterMs, retryMs } = this.#pace;
    if (this.#working) {
      this.#wakeIn(lookAfterMs);
      return;
    }
    let wait = retryMs;
    try {
      await this.#work();
      const dueIn = (await msUntilDue(this.#options.database, this.#aside.present())) ?? Infinity;
      wait = Math.min(lookEveryMs, Math.max(SOONEST_MS, Math.ceil(dueIn)), this.#aside.msUntilNext());
    } catch (error) {
      if (!this.#closed) this.#options.onError(error);
    }
    if (this.#changed) wait = Math.min(wait, lookAfterMs);
    this.#changed = false;
    this.#wakeIn(wait);
  }

  async #work(): Promise<number> {
    const working = this.#sweep();
    this.#working = working;
    try {
      return await working;
    } finally {
      this.#working = null;
    }
  }

  /** Settles page after page until nobody is due. */
  async #sweep(): Promise<number> {
    const { page, restMs } = this.#pace;
    /** Who was settled in this sweep, and what for: should that be due still, something is wrong. */
    const settled = new Map<string, string>();
    while (!this.#closed) {
      const due = await dueCustomers(this.#options.database, page, this.#aside.present());
      if (due.length === 0) break;
      await this.#settle(distinct(due), settled);
      await new Promise((resolve) => setTimeout(resolve, restMs));
    }
    for (const customerId of settled.keys()) this.#aside.forget(customerId);
    return settled.size;
  }

  async #settle(page: readonly DueCustomer[], settled: Map<string, string>): Promise<void> {
    const stuck = page.filter(({ customerId, dueAt }) => settled.get(customerId) === dueAt);
    for (const { customerId } of stuck) {
      settled.delete(customerId);
      this.#putAside(customerId, "it is due as before");
    }
    const moving = page.filter((due) => !stuck.includes(due));
    const failed = await settleCustomers(
      this.#options,
      moving.map(({ customerId }) => customerId),
    );
    for (const { customerId, dueAt } of moving) {
      const failure = failed.get(customerId);
      if (failure) this.#putAside(customerId, failure.message, failure.code === "overloaded");
      else settled.set(customerId, dueAt);
    }
  }

  /** @param busy whether it is for the database's lack of time, which says nothing about the customer */
  #putAside(customerId: string, why: string, busy = false): void {
    const tries = this.#aside.put(customerId);
    this.#options.onError(new UnsettledError(customerId, { tries, why }));
    if (!busy) this.#options.onPoisoned?.(customerId);
  }
}

/** Each customer once, with what has been due the longest. */
function distinct(due: readonly DueCustomer[]): DueCustomer[] {
  const first = new Map<string, DueCustomer>();
  for (const one of due) if (!first.has(one.customerId)) first.set(one.customerId, one);
  return [...first.values()];
}
