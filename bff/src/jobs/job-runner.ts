import { setTimeout as pause } from "node:timers/promises";
import { settleCustomers } from "../services/balances/settle-customers.ts";
import type { Deps } from "../services/call.ts";
import type { Database } from "../storage/database.ts";
import { openQueue, type Queue, type Retried, type Schedule } from "../storage/jobs/queue.ts";
import { cleanUp } from "./clean-up.ts";
import type { SweeperPace } from "./pace.ts";
import { startSweeper, type Sweeper } from "./sweeper.ts";

/** What time triggers: what falls due, and what is done now and then. */
export interface JobRunner {
  /** Something changed here, and the change is committed. */
  poolsChanged(): void;
  /** Takes up nothing new, and waits for what is in hand, for `DRAIN_MS` at most. */
  close(): Promise<void>;
}

export interface JobRunnerOptions {
  readonly database: Database;
  readonly pools: Deps["pools"];
  /** Looks through all pools for entries that are not sealed. */
  readonly sweepSeals: () => void;
  /** Compares Stripe's payments with the credits they bought. */
  readonly reconcile?: () => Promise<void>;
  readonly onError: (error: unknown) => void;
  readonly pace?: SweeperPace;
}

const RETRY_SETTLE = "settle";
const DRAIN_MS = 1_000;
/** From a queue that did not open to the next try. */
const REOPEN_MS = 60_000;
const POLL_SECONDS: Record<Database["engine"], number> = { postgres: 15, pglite: 30 };

/**
 * Starts the sweeper at once and the queue behind the back of everybody. A queue that does not open is told and tried
 * again: nothing of what is owed depends on it.
 */
export function startJobs(options: JobRunnerOptions): JobRunner {
  return new Jobs(options);
}

class Jobs implements JobRunner {
  readonly #options: JobRunnerOptions;
  readonly #sweeper: Sweeper;
  #queue: Queue | null = null;
  #opening: Promise<void>;
  #reopening: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: JobRunnerOptions) {
    this.#options = options;
    const { database, pools, onError, pace } = options;
    this.#sweeper = startSweeper({
      database,
      pools,
      onError,
      onPoisoned: (customerId) => void this.#retryLater(customerId),
      ...(pace ? { pace } : {}),
    });
    this.#opening = this.#open();
  }

  poolsChanged(): void {
    this.#sweeper.poolsChanged();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#reopening);
    await Promise.all([this.#sweeper.close(), this.#closeQueue()]);
  }

  async #open(): Promise<void> {
    const { database, onError } = this.#options;
    try {
      const queue = await openQueue({
        database,
        onError,
        schedules: this.#schedules(),
        retried: [this.#settleAgain()],
        pollSeconds: POLL_SECONDS[database.engine],
        drainMs: DRAIN_MS,
      });
      if (this.#closed) await queue.close();
      else this.#queue = queue;
    } catch (error) {
      if (this.#closed) return;
      onError(new Error("the job queue did not open; it is tried again in a minute", { cause: error }));
      this.#reopening = setTimeout(() => {
        this.#opening = this.#open();
      }, REOPEN_MS).unref();
    }
  }

  async #closeQueue(): Promise<void> {
    // One that is about to open closes itself then; nobody waits long for that.
    await Promise.race([this.#opening, pause(DRAIN_MS, undefined, { ref: false })]);
    try {
      await this.#queue?.close();
    } catch (error) {
      this.#options.onError(error);
    }
  }

  #schedules(): Schedule[] {
    const { database, sweepSeals, reconcile } = this.#options;
    return [
      { name: "clean-up", cron: "23 3 * * *", run: (signal) => cleanUp(database, signal) },
      { name: "seal-sweep", cron: "41 * * * *", run: () => Promise.resolve(sweepSeals()) },
      ...(reconcile ? [{ name: "reconcile", cron: "*/5 * * * *", run: reconcile }] : []),
    ];
  }

  /** About a day of tries. The sweeper goes on by itself; this one is for a person to find what never worked. */
  #settleAgain(): Retried {
    return {
      name: RETRY_SETTLE,
      firstDelaySeconds: 60,
      tries: 30,
      run: async (customerId) => {
        const failure = (await settleCustomers(this.#options, [customerId])).get(customerId);
        if (failure) throw new Error(`customer ${customerId} could not be settled: ${failure.message}`);
      },
    };
  }

  async #retryLater(customerId: string): Promise<void> {
    try {
      await this.#queue?.retry(RETRY_SETTLE, customerId);
    } catch (error) {
      this.#options.onError(error);
    }
  }
}
