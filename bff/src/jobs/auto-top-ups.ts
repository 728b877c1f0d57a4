import { evaluateCustomer } from "../services/auto-top-ups/evaluate.ts";
import { sweepAutoTopUps } from "../services/auto-top-ups/sweep.ts";
import type { TopUpDeps } from "../services/top-ups/payments.ts";
import { watchedSince } from "../storage/auto-top-ups/rules.ts";

/** Buys credits where pools run low, behind the back of everybody. */
export interface AutoTopUpWorker {
  /** Pools of customers changed, and the change is committed. Costs those nothing who have no rule. */
  poolsChanged(customerIds: Iterable<string>): void;
  /** A rule of a customer was set here, or let go on. */
  ruleChanged(customerId: string): void;
  /** Takes nothing new, and ends with what is in hand. */
  close(): Promise<void>;
}

/** What the worker stands on; tests give their own. Times in milliseconds. */
export interface AutoTopUpWorkerOptions {
  /** Customers with a rule that was set since a mark, and the next mark. */
  readonly watched: (since: string | null) => Promise<{ customerIds: string[]; latest: string | null }>;
  /** @returns whether the customer has a rule */
  readonly evaluate: (customerId: string) => Promise<boolean>;
  /** @param isQuick whether only to look at what waited, and not to walk through all rules */
  readonly sweep: (isStopping: () => boolean, isQuick: boolean) => Promise<void>;
  readonly onError: (error: unknown) => void;
  /** From a change to the look at it: changes within it share a look. */
  readonly lookAfterMs?: number;
  /** The longest time without a sweep: who waited goes on by then. */
  readonly sweepEveryMs?: number;
  /** The longest time without a walk through all rules: what was not noticed anywhere is found by then. */
  readonly walkEveryMs?: number;
}

const LOOK_AFTER_MS = 150;
const SWEEP_EVERY_MS = 5_000;
const WALK_EVERY_MS = 60_000;
/** While Stripe is slow, this many customers may be waited for at once. */
const MOST_AT_ONCE = 4;

/** Starts the worker. Where nothing can be bought it does nothing. */
export function startAutoTopUps(deps: TopUpDeps, onError: (error: unknown) => void): AutoTopUpWorker {
  if (deps.payments === null)
    return { poolsChanged: () => undefined, ruleChanged: () => undefined, close: () => Promise.resolve() };
  return startAutoTopUpWorker({
    watched: (since) => watchedSince(deps.database.writer, since),
    evaluate: (customerId) => evaluateCustomer(deps, customerId),
    sweep: (isStopping, isQuick) => sweepAutoTopUps(deps, { onError, isStopping, isQuick }),
    onError,
  });
}

/** Starts a worker on parts of its own. */
export function startAutoTopUpWorker(options: AutoTopUpWorkerOptions): AutoTopUpWorker {
  return new Worker(options);
}

class Worker implements AutoTopUpWorker {
  readonly #options: AutoTopUpWorkerOptions;
  readonly #watched = new Set<string>();
  readonly #waiting = new Set<string>();
  readonly #inHand = new Set<Promise<void>>();
  #since: string | null = null;
  /** When all rules were walked through last, by a clock that only goes forward. */
  #walkedAt = -Infinity;
  #lookTimer: NodeJS.Timeout | null = null;
  #sweepTimer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> | null = null;
  #closed = false;

  constructor(options: AutoTopUpWorkerOptions) {
    this.#options = options;
    this.#sweepIn(0);
  }

  poolsChanged(customerIds: Iterable<string>): void {
    if (this.#watched.size === 0) return;
    for (const customerId of customerIds) if (this.#watched.has(customerId)) this.#wait(customerId);
  }

  ruleChanged(customerId: string): void {
    this.#watched.add(customerId);
    this.#wait(customerId);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#lookTimer ?? undefined);
    clearTimeout(this.#sweepTimer);
    await this.#sweeping;
    await Promise.all(this.#inHand);
  }

  /** A rule that was set elsewhere: what changed here before we heard of it was not noticed. */
  #watch(customerId: string, isLookedAt: boolean): void {
    if (isLookedAt && !this.#watched.has(customerId)) this.#wait(customerId);
    this.#watched.add(customerId);
  }

  #wait(customerId: string): void {
    this.#waiting.add(customerId);
    if (this.#closed || this.#lookTimer !== null) return;
    const { lookAfterMs = LOOK_AFTER_MS } = this.#options;
    this.#lookTimer = setTimeout(() => {
      this.#lookTimer = null;
      this.#look();
    }, lookAfterMs).unref();
  }

  #look(): void {
    for (const customerId of this.#waiting) {
      if (this.#closed || this.#inHand.size >= MOST_AT_ONCE) return;
      this.#waiting.delete(customerId);
      const work = this.#evaluate(customerId).finally(() => {
        this.#inHand.delete(work);
        this.#look();
      });
      this.#inHand.add(work);
    }
  }

  async #evaluate(customerId: string): Promise<void> {
    try {
      if (!(await this.#options.evaluate(customerId))) this.#watched.delete(customerId);
    } catch (error) {
      // The sweep comes by again.
      this.#options.onError(error);
    }
  }

  #sweepIn(ms: number): void {
    if (this.#closed) return;
    this.#sweepTimer = setTimeout(() => {
      this.#sweeping = this.#sweep().finally(() => (this.#sweeping = null));
    }, ms).unref();
  }

  async #sweep(): Promise<void> {
    const { watched, sweep, onError, sweepEveryMs = SWEEP_EVERY_MS } = this.#options;
    const { walkEveryMs = WALK_EVERY_MS } = this.#options;
    const startedAt = performance.now();
    const isQuick = startedAt - this.#walkedAt < walkEveryMs;
    try {
      const { customerIds, latest } = await watched(this.#since);
      for (const customerId of customerIds) this.#watch(customerId, isQuick);
      this.#since = latest;
      await sweep(() => this.#closed, isQuick);
      if (!isQuick) this.#walkedAt = startedAt;
    } catch (error) {
      onError(error);
    }
    this.#sweepIn(sweepEveryMs);
  }
}
