import { sql } from "kysely";
import pg from "pg";
import type { Database } from "./database.ts";

const CHANNEL = "credits_kit_pools";
/** Postgres refuses payloads of 8,000 bytes and more. */
const MAX_PAYLOAD_BYTES = 7_900;
const RECONNECT_MS = 1_000;
const CONNECT_WITHIN_MS = 10_000;
const KEEP_ALIVE_MS = 10_000;

/** Hears what other replicas say. */
export interface NotificationListener {
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly url: string;
  readonly onMessage: (payload: string) => void;
  /** Told whenever listening begins, also again after a loss: notifications are not stored. */
  readonly onListening: () => void;
  readonly onError: (error: unknown) => void;
}

/** Listens on a connection of its own, and listens again when it is lost or was never had. */
export function listenForNotifications(options: ListenOptions): NotificationListener {
  let client: pg.Client | null = null;
  let closed = false;
  let again: NodeJS.Timeout | undefined;

  const connect = async (): Promise<void> => {
    const made = new pg.Client({
      connectionString: options.url,
      application_name: "credits-kit-live",
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      // Nothing is ever written here, so that only these tell a dead connection from a quiet one.
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    });
    client = made;
    const lost = new Promise<void>((resolve) => made.once("end", resolve));
    made.on("notification", (message) => options.onMessage(message.payload ?? ""));
    made.on("error", report);
    try {
      await made.connect();
      await made.query(`listen ${CHANNEL}`);
      options.onListening();
    } catch (error) {
      report(error);
      void made.end().catch(report);
    }
    await lost;
    if (!closed) again = setTimeout(() => void connect(), RECONNECT_MS).unref();
  };
  // On the way out, a connection that breaks is what was asked for.
  const report = (error: unknown): void => {
    if (!closed) options.onError(error);
  };

  void connect();
  return {
    async close() {
      closed = true;
      clearTimeout(again);
      await client?.end();
    },
  };
}

/** Cuts ids into payloads that Postgres takes, each with the sender's name before it. */
export function payloadsOf(sender: string, ids: readonly string[]): string[] {
  const payloads: string[] = [];
  let current = sender;
  for (const id of ids) {
    if (current.length + id.length + 1 > MAX_PAYLOAD_BYTES) {
      payloads.push(current);
      current = sender;
    }
    current += ` ${id}`;
  }
  return current === sender ? payloads : [...payloads, current];
}

/** Sends payloads to all replicas, this one included. */
export async function sendNotifications(database: Database, payloads: readonly string[]): Promise<void> {
  if (payloads.length === 0) return;
  await sql`select pg_notify(${CHANNEL}, payload) from unnest(${payloads}::text[]) as payload`.execute(
    database.writer,
  );
}
