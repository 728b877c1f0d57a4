import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { createClock } from "./clock.ts";
import { createControl, type SandboxControl } from "./control/control.ts";
import { controlRouter } from "./control/http.ts";
import { createWorld } from "./create-world.ts";
import { createDeliveries, type Schedule, type WebhookTarget } from "./events/deliveries.ts";
import { eventEndpoints } from "./events/endpoints.ts";
import { createApi } from "./http/api.ts";
import { isLiveKey } from "./http/authenticate.ts";
import { createFaults } from "./http/faults.ts";
import { createIdempotencyKeys } from "./http/idempotency.ts";
import { createRequestLog } from "./http/request-log.ts";
import { createPages } from "./pages/pages.ts";
import { expireDue } from "./resources/checkout-sessions/expire.ts";
import { listenToPayments, resourceEndpoints } from "./resources/all.ts";

/** How a sandbox is started. */
export interface SandboxOptions {
  /** 0 or absent: any free port. It listens on 127.0.0.1 only. */
  port?: number;
  /** The keys it accepts; `["sk_test_sandbox"]` when absent. */
  secretKeys?: readonly string[];
  /** Where events go; may be set later through the control API. */
  webhook?: WebhookTarget;
  /** The time in milliseconds since 1970; the machine's when absent. */
  now?: () => number;
  /** The address under which browsers reach it, when that is not its own. */
  publicUrl?: string;
  /** The waits before an event is sent again, in milliseconds. */
  webhookRetries?: readonly number[];
  /** How to wait for that; by timers of the process when absent. */
  schedule?: Schedule;
}

/** A running sandbox. */
export interface StripeSandbox {
  /** Its address, such as `http://127.0.0.1:12111`, without a slash at the end. */
  readonly url: string;
  readonly control: SandboxControl;
  /** Stops it and forgets everything. */
  close(): Promise<void>;
}

/** How often sessions are looked through for those whose time has come, in milliseconds. */
const EXPIRY_CHECK = 1000;
const RETRIES = [1000, 5000, 30_000, 300_000];

/** Starts a local double of the part of Stripe that Credits Kit uses. @throws Error when a key is a live key. */
export async function startStripeSandbox(options: SandboxOptions = {}): Promise<StripeSandbox> {
  const { secretKeys = ["sk_test_sandbox"], now = Date.now } = options;
  if (secretKeys.some(isLiveKey)) {
    throw new Error("The Stripe sandbox refuses live keys: it takes test keys only.");
  }
  const clock = createClock(now);
  const deliveries = createDeliveries({
    clock,
    schedule: options.schedule ?? timers,
    retries: options.webhookRetries ?? RETRIES,
  });
  deliveries.target = options.webhook;
  let url = options.publicUrl?.replace(/\/$/, "") ?? "";
  const world = createWorld({ clock, deliveries, url: () => url });
  listenToPayments(world);
  const faults = createFaults();
  const log = createRequestLog(clock.now);
  const control = createControl({ world, deliveries, faults, log });
  const endpoints = [...resourceEndpoints, ...eventEndpoints(deliveries)];

  const app = express();
  app.disable("x-powered-by");
  app.set("etag", false);
  app.use(controlRouter(control));
  app.use(createPages(world, deliveries.idle));
  app.use(createApi({ world, endpoints, secretKeys, faults, log, keys: createIdempotencyKeys(clock.now) }));

  const server = createServer(app);
  const address = await listen(server, options.port ?? 0);
  url ||= `http://127.0.0.1:${address.port}`;
  const expiry = setInterval(() => expireDue(world), EXPIRY_CHECK).unref();
  return {
    url,
    control,
    async close() {
      clearInterval(expiry);
      deliveries.close();
      faults.clear();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const timers: Schedule = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds).unref();
  return () => clearTimeout(timer);
};

function listen(server: Server, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("The sandbox has no address."));
      else resolve(address);
    });
  });
}
