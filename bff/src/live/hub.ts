import type { WidgetBalances } from "@credits-kit/contract";

/** What an open stream is told. */
export interface Listener {
  /** The customer's pools as they stand: after a change, or because they were asked for. */
  balances(balances: WidgetBalances): void;
  /** Names, thresholds or plans changed: everything is to be read again. */
  resync(): void;
  /** The server is about to close. */
  bye(reconnectInMs: number): void;
}

/** Tells open streams that something of a customer changed. */
export interface LiveHub {
  /** Pools of these customers changed, and the change is committed. */
  poolsChanged(customerIds: Iterable<string>): void;
  /** Something without a ledger entry changed: names, thresholds, plans. */
  catalogueChanged(): void;
  /** Listens to a customer's pools, beginning with how they stand. Gives back how to stop. */
  listen(customerId: string, listener: Listener): () => void;
  /** How many streams listen to a customer. */
  listenersOf(customerId: string): number;
  /** Everything may have been missed: reads all that anyone listens to again. */
  refreshAll(): void;
  /** Says goodbye to all. */
  close(): void;
}

export interface LiveHubOptions {
  readonly read: (customerId: string) => Promise<WidgetBalances>;
  readonly onError: (error: unknown) => void;
}

/** Changes of a customer within this time are told as one, so that a flood of events costs a bounded number of reads. */
const COALESCE_MS = 40;
const SPREAD_RECONNECTS_MS = 5_000;

/** Makes the hub. It reads balances itself, once for all streams of a customer, and only of customers with streams. */
export function createLiveHub(options: LiveHubOptions): LiveHub {
  const feeds = new Map<string, Feed>();
  const feedOf = (customerId: string): Feed => {
    const feed = feeds.get(customerId) ?? new Feed(customerId, options);
    feeds.set(customerId, feed);
    return feed;
  };
  const listeners = () => [...feeds.values()].flatMap((feed) => [...feed.listeners]);
  return {
    poolsChanged(customerIds) {
      for (const customerId of customerIds) feeds.get(customerId)?.changed();
    },
    catalogueChanged() {
      for (const listener of listeners()) listener.resync();
      for (const feed of feeds.values()) feed.changed();
    },
    listen(customerId, listener) {
      const feed = feedOf(customerId);
      feed.listeners.add(listener);
      feed.changed();
      return () => {
        feed.listeners.delete(listener);
        if (feed.listeners.size === 0) feeds.delete(customerId);
      };
    },
    listenersOf: (customerId) => feeds.get(customerId)?.listeners.size ?? 0,
    refreshAll() {
      for (const feed of feeds.values()) feed.changed();
    },
    close() {
      for (const listener of listeners()) listener.bye(Math.round(Math.random() * SPREAD_RECONNECTS_MS));
      feeds.clear();
    },
  };
}

/** The streams of one customer: reads once for all, at most every COALESCE_MS, the first time at once. */
class Feed {
  readonly listeners = new Set<Listener>();
  readonly #customerId: string;
  readonly #options: LiveHubOptions;
  #dirty = false;
  #running = false;

  constructor(customerId: string, options: LiveHubOptions) {
    this.#customerId = customerId;
    this.#options = options;
  }

  changed(): void {
    this.#dirty = true;
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#dirty && this.listeners.size > 0) {
      this.#dirty = false;
      try {
        const balances = await this.#options.read(this.#customerId);
        for (const listener of this.listeners) listener.balances(balances);
      } catch (error) {
        // The streams stay as they are; the next change, or the reconnect of a stream, reads again.
        this.#options.onError(error);
      }
      await new Promise((resolve) => setTimeout(resolve, COALESCE_MS).unref());
    }
    this.#running = false;
  }
}
