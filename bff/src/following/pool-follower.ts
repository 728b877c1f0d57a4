import { FIRST_POOL, type SweepCursor, type SweptPage } from "../storage/pool-sweep.ts";
import { isUnavailable } from "../storage/unavailable.ts";
import type { FollowingPace } from "./pace.ts";
import { WaitingCustomers } from "./waiting-customers.ts";

/** Does something with what the write path has committed, behind its back. */
export interface PoolFollower {
  /** Pools of these customers changed, and the change is committed. */
  poolsChanged(customerIds: Iterable<string>): void;
  /** Looks through all pools for what another process left behind. */
  sweep(): void;
  /** Follows everything that is known to be behind, and looks through all pools if that is due: for tests. */
  drain(): Promise<void>;
  /** Ends with the statement at hand. What was not followed is found when a follower starts again. */
  close(): Promise<void>;
}

/** What one statement did. */
export interface Followed {
  readonly entries: number;
  /** Who has more than one statement does. */
  readonly unfinished: readonly string[];
}

export interface PoolFollowerOptions {
  readonly pace: FollowingPace;
  readonly follow: (customerIds: readonly string[]) => Promise<Followed>;
  /** Looks through the pools after a place. */
  readonly look: (after: SweepCursor) => Promise<SweptPage>;
  readonly onError: (error: unknown) => void;
}

/**
 * Starts to follow: first what an earlier run left behind, then what changes. Any number of replicas may do so at once,
 * as long as `follow` does nothing twice. While the database cannot be used, everybody waits; who fails for another
 * reason is then tried alone, so that one at fault stops nobody, and at last left to the next sweep.
 */
export function startPoolFollower(options: PoolFollowerOptions): PoolFollower {
  return new Following(options);
}

class Following implements PoolFollower {
  readonly #options: PoolFollowerOptions;
  readonly #pace: FollowingPace;
  readonly #waiting = new WaitingCustomers();
  /** Where the sweep of all pools stands; null between two of them. */
  #sweep: SweepCursor | null = FIRST_POOL;
  #timer: NodeJS.Timeout | undefined;
  #sweepTimer: NodeJS.Timeout | undefined;
  #working: Promise<void> | null = null;
  #changedAt = -Infinity;
  #putOff = 0;
  #closed = false;

  constructor(options: PoolFollowerOptions) {
    this.#options = options;
    this.#pace = options.pace;
    this.#schedule(this.#pace.everyMs);
  }

  poolsChanged(customerIds: Iterable<string>): void {
    this.#changedAt = performance.now();
    this.#wait(customerIds);
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
    return !this.#waiting.isEmpty || this.#sweep !== null;
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
      if (!this.#closed) this.#options.onError(error);
      wait = retryMs;
    }
    if (this.#isBusy) this.#schedule(wait);
  }

  /** One statement, after the one at hand. Answers how many entries it followed. */
  async #step(): Promise<number> {
    await this.#working;
    const step = this.#waiting.isEmpty ? this.#look() : this.#follow();
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

  async #follow(): Promise<number> {
    const batch = this.#waiting.take(this.#pace.customers);
    try {
      const { entries, unfinished } = await this.#options.follow(batch);
      this.#wait(unfinished);
      return entries;
    } catch (error) {
      if (isUnavailable(error)) this.#wait(batch);
      else if (batch.length > 1) this.#waiting.suspect(batch);
      throw error;
    }
  }

  async #look(): Promise<number> {
    if (!this.#sweep) return 0;
    const { behind, next } = await this.#options.look(this.#sweep);
    this.#sweep = next;
    if (next === null) this.#sweepLater();
    this.#wait(behind);
    return 0;
  }

  /** Those who are too many to remember are found by looking. */
  #wait(customerIds: Iterable<string>): void {
    if (!this.#waiting.add(customerIds)) this.#sweep = FIRST_POOL;
  }

  #sweepLater(): void {
    if (this.#closed) return;
    clearTimeout(this.#sweepTimer);
    this.#sweepTimer = setTimeout(() => this.sweep(), this.#pace.sweepEveryMs).unref();
  }
}
