import { Feed, type FeedOptions, type Listener } from "./feed.ts";

/** Is told of every change, whoever has a stream open. */
export interface Watcher {
  poolsChanged(customerIds: Iterable<string>): void;
  /** Names, thresholds, plans; or changes may have been missed. */
  anythingChanged(): void;
}

/** Tells open streams that something of a customer changed. */
export interface LiveHub {
  /** Pools of these customers changed, and the change is committed. */
  poolsChanged(customerIds: Iterable<string>): void;
  /** Something without a ledger entry changed: names, thresholds, plans. */
  catalogueChanged(): void;
  /** Listens to a customer's pools, beginning with how they stand. Gives back how to stop. */
  listen(customerId: string, listener: Listener): () => void;
  /** Tells a watcher of all that the hub is told, before anybody else and for as long as the hub lives. */
  watch(watcher: Watcher): void;
  /** How many streams listen to a customer. */
  listenersOf(customerId: string): number;
  /** Everything may have been missed: reads all that anyone listens to again. */
  refreshAll(): void;
  /** Says goodbye to all, and to whoever still comes. */
  close(): void;
}

const SPREAD_RECONNECTS_MS = 5_000;

/** Makes the hub. It reads balances itself, once for all streams of a customer, and only of customers with streams. */
export function createLiveHub(options: FeedOptions): LiveHub {
  const feeds = new Map<string, Feed>();
  const watchers: Watcher[] = [];
  let closed = false;
  const sayBye = (listener: Listener) => listener.bye(Math.round(Math.random() * SPREAD_RECONNECTS_MS));
  return {
    watch(watcher) {
      watchers.push(watcher);
    },
    poolsChanged(changed) {
      const customerIds = [...changed];
      for (const watcher of watchers) watcher.poolsChanged(customerIds);
      for (const customerId of customerIds) feeds.get(customerId)?.changed();
    },
    catalogueChanged() {
      for (const watcher of watchers) watcher.anythingChanged();
      for (const feed of feeds.values()) feed.renamed();
    },
    listen(customerId, listener) {
      if (closed) {
        sayBye(listener);
        return () => undefined;
      }
      const feed = feeds.get(customerId) ?? new Feed(customerId, options);
      feeds.set(customerId, feed);
      feed.listeners.add(listener);
      feed.changed();
      return () => {
        feed.listeners.delete(listener);
        if (feed.listeners.size === 0 && feeds.get(customerId) === feed) feeds.delete(customerId);
      };
    },
    listenersOf: (customerId) => feeds.get(customerId)?.listeners.size ?? 0,
    refreshAll() {
      for (const watcher of watchers) watcher.anythingChanged();
      for (const feed of feeds.values()) feed.changed();
    },
    close() {
      closed = true;
      const leaving = [...feeds.values()].flatMap((feed) => [...feed.listeners]);
      feeds.clear();
      for (const listener of leaving) sayBye(listener);
    },
  };
}
