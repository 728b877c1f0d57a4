import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { createServerClient } from "@credits-kit/client/server";
import express from "express";
import { Traffic } from "../traffic/traffic.ts";
import { createApi } from "./api.ts";
import { originGuard, securityHeaders } from "./browser-guard.ts";
import { createPage } from "./page.ts";
import { answerProblem } from "./problems.ts";

export interface DemoServerOptions {
  /** Where the credits server is, for this back end and for the browser. */
  serverUrl: string;
  /** Where browsers find the demo, if it is neither localhost nor 127.0.0.1. */
  publicUrl?: string;
  /** A server key; it stays in this process. */
  apiKey: string;
  /** Where the double of Stripe is that the credits server was started with; null or left out for Stripe itself. */
  sandboxUrl?: string | null;
  /** The address to listen on; this machine alone if left out, as the studio gives a session to whoever asks. */
  host?: string;
}

const STRIPE_ORIGIN = "https://js.stripe.com";

export interface DemoServer {
  /** Serves on a port (0 takes a free one) and resolves with the one it got. */
  listen(port: number): Promise<number>;
  /** Ends the traffic and every connection. */
  close(): Promise<void>;
}

/** Lumen, an image studio that spends credits: a host app with a back end of its own, on its own origin. */
export function createDemoServer(options: DemoServerOptions): DemoServer {
  const { serverUrl, publicUrl, apiKey, sandboxUrl = null, host = "127.0.0.1" } = options;
  const client = createServerClient({ baseUrl: serverUrl, apiKey, timeoutMs: 5_000 });
  const traffic = new Traffic({
    report: (events, options) => client.events.report(events, options),
    sleep: (ms, signal) => sleep(ms, undefined, { signal }),
    now: Date.now,
    random: Math.random,
  });

  const app = express();
  app.disable("x-powered-by");
  app.use(
    securityHeaders({ creditsOrigin: new URL(serverUrl).origin, stripeOrigin: sandboxUrl ?? STRIPE_ORIGIN }),
  );
  app.use(
    "/api",
    originGuard(publicUrl),
    express.json({ limit: "2kb" }),
    createApi({ client, traffic, publicUrl }),
  );
  app.use(createPage({ serverUrl, sandboxUrl }));
  app.use(answerProblem);
  const server = createServer(app);

  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, host, () => {
          server.off("error", reject);
          const address = server.address();
          resolve(address !== null && typeof address === "object" ? address.port : port);
        });
      }),
    async close() {
      traffic.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
