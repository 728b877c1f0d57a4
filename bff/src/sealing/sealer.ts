import type { Database } from "../storage/database.ts";
import { findBehind, FIRST_POOL, type SweepCursor } from "../storage/sealing/find-behind.ts";
import { sealBlocks } from "../storage/sealing/seal-blocks.ts";
import { PACE, type SealerPace } from "./pace.ts";

/** Seals the entries of pools, behind the back of the write path. */
export interface Sealer {
  /** Pools of these customers changed, and the change is committed. */
  poolsChanged(customerIds: Iterable<string>): void;
  /** Looks through all pools for what another process left unsealed. */
  sweep(): void;
  /**
   * Seals everything that is known to need it, and looks through all pools if that is due. Ends once nothing changes any
   * more: for tests.
   */
  drain(): Promise<void>;
  /** Ends with the statement at hand. What is not sealed is found when a sealer starts again. */
  close(): Promise<void>;
}

export interface SealerOptions {
  readonly database: Database;
  readonly onError: (error: unknown) => void;
  readonly pace?: SealerPace;
}

/** Past this many, customers are not remembered but looked for. */
const MOST_WAITING = 50_000;

/**
 * Starts sealing: first whatever an earlier run left behind, then what changes. Any number of replicas may do so at once;
 * each seals what it wrote itself.
 */
export function startSealer(options: SealerOptions): Sealer {
  return new Sealing(options);
}

class Sealing implements Sealer {
  readonly #database: Database;
  readonly #onError: (error: unknown) => void;
  readonly #pace: SealerPace;
  readonly #waiting = new Set<string>();
  /** Where the sweep of all pools stands; null between two of them. */
  #sweep: SweepCursor | null = FIRST_POOL;
  #timer: NodeJS.Timeout | undefined;
  #sweepTimer: NodeJS.Timeout | undefined;
  #working: Promise<void> | null = null;
  #changedAt = -Infinity;
  #putOff = 0;
  #closed = false;

  constructor({ database, onError, pace = PACE[database.engine] }: SealerOptions) {
    this.#database = database;
    this.#onError = onError;
    this.#pace = pace;
    this.#schedule(pace.everyMs);
  }

  poolsChanged(customerIds: Iterable<string>): void {
    for (const customerId of customerIds) this.#waiting.add(customerId);
    this.#changedAt = performance.now();
    if (this.#waiting.size > MOST_WAITING) {
      this.#waiting.clear();
      this.#sweep = FIRST_POOL;
    }
    this.#schedule(this.#pace.everyMs);
  }

  sweep(): void {
    this.#sweep ??= FIRST_POOL;
    this.#schedule(this.#pace.restMs);
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
    return this.#waiting.size > 0 || this.#sweep !== null;
  }

  #schedule(ms: number): void {
    if (this.#closed || this.#timer || this.#working) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#tick();
    }, ms).unref();
  }

  async #tick(): Promise<void> {
    const { quietMs, putOffs, restMs, retryMs } = this.#pace;
    if (this.#putOff < putOffs && performance.now() - this.#changedAt < quietMs) {
      this.#putOff += 1;
      this.#schedule(quietMs);
      return;
    }
    this.#putOff = 0;
    let wait = restMs;
    try {
      await this.#step();
    } catch (error) {
      if (!this.#closed) this.#onError(error);
      wait = retryMs;
    }
    if (this.#isBusy) this.#schedule(wait);
  }

  /** One statement, after the one at hand. */
  async #step(): Promise<void> {
    await this.#working;
    const step = this.#waiting.size > 0 ? this.#seal() : this.#look();
    this.#working = step.then(
      () => undefined,
      () => undefined,
    );
    try {
      await step;
    } finally {
      this.#working = null;
    }
  }

  async #seal(): Promise<void> {
    const batch = this.#takeBatch();
    try {
      const { unfinished } = await sealBlocks(this.#database, batch, this.#pace.longest);
      for (const customerId of unfinished) this.#waiting.add(customerId);
    } catch (error) {
      for (const customerId of batch) this.#waiting.add(customerId);
      throw error;
    }
  }

  #takeBatch(): string[] {
    const batch: string[] = [];
    for (const customerId of this.#waiting) {
      if (batch.length === this.#pace.customers) break;
      this.#waiting.delete(customerId);
      batch.push(customerId);
    }
    return batch;
  }

  async #look(): Promise<void> {
    if (!this.#sweep) return;
    const { behind, next } = await findBehind(this.#database, this.#sweep, this.#pace.page);
    for (const customerId of behind) this.#waiting.add(customerId);
    this.#sweep = next;
    if (next === null) this.#sweepLater();
  }

  #sweepLater(): void {
    if (this.#closed) return;
    clearTimeout(this.#sweepTimer);
    this.#sweepTimer = setTimeout(() => this.sweep(), this.#pace.sweepEveryMs).unref();
  }
}
