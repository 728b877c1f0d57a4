import { randomUUID } from "node:crypto";
import type { Database } from "../storage/database.ts";
import { listenForNotifications, payloadsOf, sendNotifications } from "../storage/notifications.ts";
import type { LiveHub } from "./hub.ts";

/** Tells the other replicas which customers' pools changed, and hears it from them. */
export interface Relay {
  poolsChanged(customerIds: Iterable<string>): void;
  close(): Promise<void>;
}

export interface RelayOptions {
  readonly database: Database;
  readonly url: string;
  readonly hub: LiveHub;
  readonly onError: (error: unknown) => void;
}

/** A notification takes a lock that all commits share, so they are sent apart from the money, at most this often. */
const COALESCE_MS = 50;

/** Starts relaying. What was missed while the connection was lost is made good by reading everything again. */
export function startRelay({ database, url, hub, onError }: RelayOptions): Relay {
  const sender = randomUUID();
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | null = null;

  const send = async (): Promise<void> => {
    timer = null;
    const ids = [...waiting];
    waiting.clear();
    await sendNotifications(database, payloadsOf(sender, ids)).catch(onError);
  };
  const listener = listenForNotifications({
    url,
    onMessage: (payload) => {
      const [from, ...customerIds] = payload.split(" ");
      if (from !== sender) hub.poolsChanged(customerIds);
    },
    onListening: () => hub.refreshAll(),
    onError,
  });
  return {
    poolsChanged(customerIds) {
      for (const customerId of customerIds) waiting.add(customerId);
      timer ??= setTimeout(() => void send(), COALESCE_MS).unref();
    },
    async close() {
      if (timer) clearTimeout(timer);
      await listener.close();
    },
  };
}
