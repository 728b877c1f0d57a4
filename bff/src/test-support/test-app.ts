import { once } from "node:events";
import { after, afterEach, before } from "node:test";
import { createApp } from "../app.ts";
import { ensureBootstrapKey } from "../auth/bootstrap-key.ts";
import { type Config, parseConfig } from "../config.ts";
import type { Cdn } from "../http/cdn.ts";
import { createLogger } from "../http/logger.ts";
import { createHttpServer } from "../http/server.ts";
import { createGateway } from "../payments/stripe/create-gateway.ts";
import type { Alarm } from "../services/call.ts";
import type { TopUpDeps } from "../services/top-ups/payments.ts";
import type { Database } from "../storage/database.ts";
import { assertInvariants } from "../audit/assert-invariants.ts";
import { TestClient } from "./client.ts";
import type { Engine, TestDatabase } from "./engines.ts";
import { defaultParts, type Parts } from "./parts.ts";

export const TEST_KEY = "ck_test_bootstrap_0123456789abcdef";

export interface TestAppOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly parts?: (database: Database) => Parts;
  readonly now?: () => number;
  readonly cdn?: Cdn;
  readonly isStopping?: () => boolean;
  /** A database to share, as replicas do. The app does not close it. */
  readonly shared?: TestDatabase;
  /** Takes what is logged, at every level; otherwise nothing is. */
  readonly log?: (line: string) => void;
  /** Carries the calls to Stripe; `fetch` if left out. */
  readonly fetch?: typeof fetch;
  /** Whether calls that Stripe did not answer are tried again. */
  readonly retriesStripe?: boolean;
}

/** A BFF that serves over HTTP, with everything of it at hand. */
export interface TestApp {
  readonly client: TestClient;
  readonly config: Config;
  readonly database: Database;
  readonly testDatabase: TestDatabase;
  readonly parts: Parts;
  /** What jobs that are about money run with. */
  readonly money: TopUpDeps;
  /** What was told to whoever runs the product. */
  readonly alarms: readonly Alarm[];
  close(): Promise<void>;
}

/** Starts a BFF on a free port. */
export async function startTestApp(engine: Engine, options: TestAppOptions = {}): Promise<TestApp> {
  const config = parseConfig({ BOOTSTRAP_API_KEY: TEST_KEY, PUBLIC_URL: "http://bff.test", ...options.env });
  const testDatabase = options.shared ?? (await engine.open());
  const { database } = testDatabase;
  await ensureBootstrapKey(database, config);
  const parts = (options.parts ?? defaultParts)(database);
  const { log, now, cdn, isStopping } = options;
  const { stripe, mode } = config;
  const payments = stripe && createGateway({ stripe, now: now ?? Date.now, ...callsOf(options) });
  const alarms: Alarm[] = [];
  const money: TopUpDeps = {
    database,
    pools: parts.pools,
    payments,
    mode,
    now: now ?? Date.now,
    selling: config,
    onAlarm: (alarm) => void alarms.push(alarm),
    standingChanged: (customerId) => parts.live.poolsChanged([customerId]),
  };
  const app = createApp(config, {
    database,
    pools: parts.pools,
    live: parts.live,
    payments,
    logger: log ? createLogger("trace", { write: log }) : createLogger("silent"),
    ...(now ? { now } : {}),
    ...(cdn ? { cdn } : {}),
    ...(isStopping ? { isStopping } : {}),
  });
  const server = createHttpServer(app);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    client: new TestClient(`http://127.0.0.1:${address.port}`, TEST_KEY),
    config,
    database,
    testDatabase,
    parts,
    money,
    alarms,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
      await parts.close();
      if (!options.shared) await testDatabase.close();
    },
  };
}

/** No waiting between calls: what is tried is what Stripe answered, not how fast it may be asked. */
function callsOf({ fetch, retriesStripe = false }: TestAppOptions) {
  const pace = { callsPerSecond: 100_000, retryAfterMs: retriesStripe ? [1, 1] : [] };
  return { pace, ...(fetch ? { fetch } : {}) };
}

/** Gives a suite one BFF, and checks the invariants after each of its tests. Call it inside `describe`. */
export function useTestApp(engine: Engine, options: TestAppOptions = {}): () => TestApp {
  let app: TestApp | null = null;
  before(async () => {
    app = await startTestApp(engine, options);
  });
  afterEach(async () => {
    if (app) await assertInvariants(app.database);
  });
  after(async () => {
    await app?.close();
  });
  return () => {
    if (!app) throw new Error("the app starts before the first test");
    return app;
  };
}
