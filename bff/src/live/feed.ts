import type { WidgetBalances } from "@credits-kit/contract";

/** What an open stream is told. */
export interface Listener {
  /** The customer's pools as they stand: after a change, or because they were asked for. */
  balances(balances: WidgetBalances): void;
  /** Names, thresholds or plans changed: forget everything; the balances that follow at once are read after it. */
  resync(): void;
  /** The server is about to close. */
  bye(reconnectInMs: number): void;
}

export interface FeedOptions {
  readonly read: (customerId: string) => Promise<WidgetBalances>;
  readonly onError: (error: unknown) => void;
}

/** Changes of a customer within this time are told as one, so that a flood of events costs a bounded number of reads. */
const COALESCE_MS = 40;
/** A read that failed is tried again after this long: what changed meanwhile must not wait for the next change. */
const RETRY_MS = 1_000;

/** The streams of one customer: reads once for all, at most every COALESCE_MS, the first time at once. */
export class Feed {
  readonly listeners = new Set<Listener>();
  readonly #customerId: string;
  readonly #options: FeedOptions;
  #dirty = false;
  #renamed = false;
  #running = false;

  constructor(customerId: string, options: FeedOptions) {
    this.#customerId = customerId;
    this.#options = options;
  }

  /** The customer's pools changed. */
  changed(): void {
    this.#dirty = true;
    if (!this.#running) void this.#run();
  }

  /** What does not show in a seq changed: the next balances are told in full. */
  renamed(): void {
    this.#renamed = true;
    this.changed();
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#dirty && this.listeners.size > 0) {
      this.#dirty = false;
      const isTold = await this.#tell();
      if (!isTold) this.#dirty = true;
      await new Promise((resolve) => setTimeout(resolve, isTold ? COALESCE_MS : RETRY_MS).unref());
    }
    this.#running = false;
  }

  async #tell(): Promise<boolean> {
    // Taken before the read: a read under way when the names changed may still bring the old ones.
    const renamed = this.#renamed;
    this.#renamed = false;
    let balances: WidgetBalances;
    try {
      balances = await this.#options.read(this.#customerId);
    } catch (error) {
      this.#renamed ||= renamed;
      this.#options.onError(error);
      return false;
    }
    for (const listener of this.listeners) {
      if (renamed) listener.resync();
      listener.balances(balances);
    }
    return true;
  }
}
