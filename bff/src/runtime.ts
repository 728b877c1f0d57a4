import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Reconciliation } from "@credits-kit/contract";
import type { Logger } from "pino";
import { alarmTo, createApp } from "./app.ts";
import type { Config } from "./config.ts";
import type { Cdn } from "./http/cdn.ts";
import { loggable } from "./http/logger.ts";
import { createHttpServer } from "./http/server.ts";
import { startAutoTopUps } from "./jobs/auto-top-ups.ts";
import { startJobs } from "./jobs/job-runner.ts";
import { createLiveHub, type LiveHub } from "./live/hub.ts";
import { type Relay, startRelay } from "./live/relay.ts";
import { startInbox } from "./payments/inbox/worker.ts";
import { createGateway } from "./payments/stripe/create-gateway.ts";
import { createPoolWriter } from "./pools/pool-writer.ts";
import { startUsageFollower } from "./rollups/follower.ts";
import { startSealer } from "./sealing/sealer.ts";
import { readForStreams } from "./services/balances/read.ts";
import { reconcile } from "./services/reconciliation/run.ts";
import type { TopUpDeps } from "./services/top-ups/payments.ts";
import type { Database } from "./storage/database.ts";

/** Streams and idle connections get this long to leave; what is still open then is cut. */
const DRAIN_MS = 3_000;

export interface RuntimeOptions {
  readonly config: Config;
  readonly database: Database;
  readonly logger: Logger;
  readonly cdn?: Cdn;
}

/** A BFF that serves. */
export interface Runtime {
  readonly server: Server;
  readonly port: number;
  /** Compares Stripe's payments with the ledger now. */
  reconcile(): Promise<Reconciliation>;
  /** Takes nothing new, finishes what is in flight, says goodbye to streams. The database stays open. */
  close(): Promise<void>;
}

/** Builds the BFF over an open database and listens. */
export async function startRuntime({ config, database, logger, cdn }: RuntimeOptions): Promise<Runtime> {
  const onError = (error: unknown): void =>
    logger.error({ error: loggable(error) }, "background work failed");
  const pools = createPoolWriter({
    database,
    onCommitted: (customerIds) => {
      live.poolsChanged(customerIds);
      sealer.poolsChanged(customerIds);
      follower.poolsChanged(customerIds);
      jobs.poolsChanged();
      autoTopUps.poolsChanged(customerIds);
    },
    onError: (error, commands) =>
      logger.warn({ error: loggable(error), commands }, "a group failed and is recovered"),
  });
  const hub = createLiveHub({
    read: (customerId) => readForStreams({ database, pools }, customerId),
    onError,
  });
  const relay =
    config.database.kind === "postgres"
      ? startRelay({ database, url: config.database.url, hub, onError })
      : null;
  const live = relay ? toldToAll(hub, relay) : hub;
  const sealer = startSealer({ database, onError });
  const follower = startUsageFollower({ database, onError });
  const payments = config.stripe && createGateway({ stripe: config.stripe, now: Date.now });
  const { mode } = config;
  const onAlarm = alarmTo(logger);
  const money: TopUpDeps = {
    ...{ database, pools, payments, mode, now: Date.now, selling: config, onAlarm },
    standingChanged: (customerId) => live.poolsChanged([customerId]),
  };
  const inbox = startInbox(money, onError);
  const autoTopUps = startAutoTopUps(money, onError);
  const jobs = startJobs({
    database,
    pools,
    sweepSeals: () => sealer.sweep(),
    reconcile: async () => void (await reconcile(money)),
    onError,
  });
  let stopping = false;
  const app = createApp(config, {
    database,
    pools,
    live,
    logger,
    payments,
    stripeEventsChanged: () => inbox.changed(),
    autoTopUpsChanged: (customerId) => autoTopUps.ruleChanged(customerId),
    isStopping: () => stopping,
    ...(cdn ? { cdn } : {}),
  });
  const server = createHttpServer(app);
  server.listen(config.port);
  try {
    await once(server, "listening");
  } catch (error) {
    await jobs.close();
    await inbox.close();
    await autoTopUps.close();
    await pools.close();
    await sealer.close();
    await follower.close();
    await relay?.close();
    throw error;
  }

  return {
    server,
    port: portOf(server.address()),
    reconcile: () => reconcile(money),
    async close() {
      stopping = true;
      // A server does not close while a stream is open.
      hub.close();
      const jobsEnded = jobs.close();
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      await closed;
      clearTimeout(cut);
      await jobsEnded;
      await inbox.close();
      await autoTopUps.close();
      await pools.close();
      await sealer.close();
      await follower.close();
      await relay?.close();
    },
  };
}

/** The hub of this replica, which passes on to the others what it is told here. */
function toldToAll(hub: LiveHub, relay: Relay): LiveHub {
  return {
    ...hub,
    poolsChanged(customerIds) {
      const ids = [...customerIds];
      hub.poolsChanged(ids);
      relay.poolsChanged(ids);
    },
    catalogueChanged() {
      hub.catalogueChanged();
      relay.catalogueChanged();
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("the server listens on no port");
  return address.port;
}
