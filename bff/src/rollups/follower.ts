import type { Database } from "../storage/database.ts";
import { findBehind, FIRST_POOL, type SweepCursor } from "../storage/rollups/find-behind.ts";
import { moveUsage } from "../storage/rollups/move-usage.ts";
import { type FollowerPace, PACE } from "./pace.ts";

/** Sums up the usage of pools, behind the back of the write path. */
export interface UsageFollower {
  /** Pools of these customers changed, and the change is committed. */
  poolsChanged(customerIds: Iterable<string>): void;
  /** Moves everything that is known to be far enough behind, and looks through all pools if that is due: for tests. */
  drain(): Promise<void>;
  /** Ends with the statement at hand. What is not summed up is read entry by entry until a follower starts again. */
  close(): Promise<void>;
}

export interface UsageFollowerOptions {
  readonly database: Database;
  readonly onError: (error: unknown) => void;
  readonly pace?: FollowerPace;
}

/** Past this many, customers are not remembered but looked for. */
const MOST_WAITING = 50_000;
/** Who changed so often since they were looked at go before all others: among many quiet customers, one may be hot. */
const BUSY = 8;

/**
 * Starts to follow: first what an earlier run left behind, then what changes. Any number of replicas may do so at once:
 * who moves a pool's mark moves its sums, and nobody else does.
 */
export function startUsageFollower(options: UsageFollowerOptions): UsageFollower {
  return new Following(options);
}

class Following implements UsageFollower {
  readonly #database: Database;
  readonly #onError: (error: unknown) => void;
  readonly #pace: FollowerPace;
  /** Who changed, and how often. */
  readonly #waiting = new Map<string, number>();
  readonly #busy = new Set<string>();
  /** Whose statement failed together with others': each is tried by itself. */
  readonly #suspects = new Set<string>();
  /** Where the sweep of all pools stands; null between two of them. */
  #sweep: SweepCursor | null = FIRST_POOL;
  #timer: NodeJS.Timeout | undefined;
  #sweepTimer: NodeJS.Timeout | undefined;
  #working: Promise<void> | null = null;
  #changedAt = -Infinity;
  #putOff = 0;
  #closed = false;

  constructor({ database, onError, pace = PACE[database.engine] }: UsageFollowerOptions) {
    this.#database = database;
    this.#onError = onError;
    this.#pace = pace;
    this.#schedule(pace.everyMs);
  }

  poolsChanged(customerIds: Iterable<string>): void {
    for (const customerId of customerIds) {
      const times = (this.#waiting.get(customerId) ?? 0) + 1;
      this.#waiting.set(customerId, times);
      if (times === BUSY) this.#busy.add(customerId);
    }
    this.#changedAt = performance.now();
    if (this.#waiting.size > MOST_WAITING) {
      this.#waiting.clear();
      this.#busy.clear();
      this.#sweep = FIRST_POOL;
    }
    this.#schedule(this.#pace.everyMs);
  }

  async drain(): Promise<void> {
    while (this.#isBusy && !this.#closed) await this.#step();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#sweepTimer);
    await this.#working;
  }

  get #isBusy(): boolean {
    return this.#waiting.size > 0 || this.#suspects.size > 0 || this.#sweep !== null;
  }

  #schedule(ms: number): void {
    if (this.#closed || this.#timer || this.#working) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#tick();
    }, ms).unref();
  }

  async #tick(): Promise<void> {
    const { quietMs, putOffs, restMs, idleMs, retryMs } = this.#pace;
    if (this.#putOff < putOffs && performance.now() - this.#changedAt < quietMs) {
      this.#putOff += 1;
      this.#schedule(quietMs);
      return;
    }
    this.#putOff = 0;
    let wait = idleMs;
    try {
      if ((await this.#step()) > 0) wait = restMs;
    } catch (error) {
      if (!this.#closed) this.#onError(error);
      wait = retryMs;
    }
    if (this.#isBusy) this.#schedule(wait);
  }

  /** One statement, after the one at hand. Answers how many entries it moved. */
  async #step(): Promise<number> {
    await this.#working;
    const step = this.#waiting.size + this.#suspects.size > 0 ? this.#move() : this.#look();
    this.#working = step.then(
      () => undefined,
      () => undefined,
    );
    try {
      return await step;
    } finally {
      this.#working = null;
    }
  }

  async #move(): Promise<number> {
    const batch = this.#takeBatch();
    try {
      const { entries, unfinished } = await moveUsage(this.#database, batch, this.#pace);
      for (const customerId of unfinished) this.#waiting.set(customerId, 1);
      return entries;
    } catch (error) {
      // One at fault alone is left to the next sweep, so that it stops nobody; its usage is read entry by entry.
      if (batch.length > 1) for (const customerId of batch) this.#suspects.add(customerId);
      throw error;
    }
  }

  #takeBatch(): string[] {
    for (const customerId of this.#suspects) {
      this.#suspects.delete(customerId);
      return [customerId];
    }
    const batch: string[] = [];
    for (const source of [this.#busy.keys(), this.#waiting.keys()]) {
      for (const customerId of source) {
        if (batch.length === this.#pace.customers) return batch;
        this.#busy.delete(customerId);
        if (this.#waiting.delete(customerId)) batch.push(customerId);
      }
    }
    return batch;
  }

  async #look(): Promise<number> {
    if (!this.#sweep) return 0;
    const { page, atLeast } = this.#pace;
    const { behind, next } = await findBehind(this.#database, this.#sweep, { pools: page, atLeast });
    for (const customerId of behind) this.#waiting.set(customerId, 1);
    this.#sweep = next;
    if (next === null) this.#sweepLater();
    return 0;
  }

  #sweepLater(): void {
    if (this.#closed) return;
    clearTimeout(this.#sweepTimer);
    this.#sweepTimer = setTimeout(() => {
      this.#sweep = FIRST_POOL;
      this.#schedule(0);
    }, this.#pace.sweepEveryMs).unref();
  }
}
