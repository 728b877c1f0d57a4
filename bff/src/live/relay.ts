import { randomUUID } from "node:crypto";
import type { Database } from "../storage/database.ts";
import { listenForNotifications, payloadsOf, sendNotifications } from "../storage/notifications.ts";
import type { LiveHub } from "./hub.ts";

/** Tells the other replicas which customers' pools changed, and hears it from them. */
export interface Relay extends Pick<LiveHub, "poolsChanged" | "catalogueChanged"> {
  /** Says what is still to be said, and stops. */
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
/** What could not be said is said again after this long. */
const RETRY_MS = 1_000;
/** Stands for the catalogue where customers' ids stand; no customer can be called that. */
const CATALOGUE = "*";

/** Starts relaying. What was missed while the connection was lost is made good by reading everything again. */
export function startRelay({ database, url, hub, onError }: RelayOptions): Relay {
  const sender = randomUUID();
  let waiting = new Set<string>();
  let timer: NodeJS.Timeout | null = null;

  const send = async (): Promise<void> => {
    timer = null;
    const said = waiting;
    waiting = new Set();
    try {
      await sendNotifications(database, payloadsOf(sender, [...said]));
    } catch (error) {
      onError(error);
      say(said, RETRY_MS);
    }
  };
  const say = (names: Iterable<string>, withinMs = COALESCE_MS): void => {
    for (const name of names) waiting.add(name);
    timer ??= setTimeout(() => void send(), withinMs).unref();
  };
  const hear = (payload: string): void => {
    const [from, ...names] = payload.split(" ");
    if (from === sender) return;
    if (names.includes(CATALOGUE)) hub.catalogueChanged();
    hub.poolsChanged(names.filter((name) => name !== CATALOGUE));
  };
  const listener = listenForNotifications({
    url,
    onMessage: hear,
    onListening: () => hub.refreshAll(),
    onError,
  });
  return {
    poolsChanged: (customerIds) => say(customerIds),
    catalogueChanged: () => say([CATALOGUE]),
    async close() {
      await send();
      if (timer) clearTimeout(timer);
      await listener.close();
    },
  };
}
