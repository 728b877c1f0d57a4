import { createServer } from "node:http";
import { once } from "node:events";
import { createServerClient, type ServerClient } from "@credits-kit/client/server";
import type { Page } from "playwright-core";
import { launchBrowser } from "../../support/chromium.ts";
import { startProductProcess } from "../../support/product.ts";
import type { BenchCase } from "../context.ts";
import { createBenchCatalogue, createBenchCustomers } from "../http-load.ts";
import { round } from "../report.ts";
import { median, percentile95 } from "../statistics.ts";

const CUSTOMER = "bench-live";
const EVENTS = 60;

/** From an acknowledged event to the number in the DOM of an open page, on the same clock. */
export const live: BenchCase = {
  name: "live",
  async run({ postgres, log }) {
    await using host = await startHost();
    await using product = await startProductProcess({
      env: {
        DATABASE_URL: await postgres.createDatabase(),
        SEED_DEMO: "false",
        LOG_LEVEL: "error",
        ALLOWED_ORIGINS: host.url,
      },
    });
    const client = createServerClient({ baseUrl: product.url, apiKey: product.apiKey });
    await createBenchCatalogue(client);
    await createBenchCustomers(client, [CUSTOMER]);
    host.connect(client, product.url);
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(host.url);
      const latencies = await measureLatencies(page, client);
      log(`${EVENTS} events, one after the other`);
      return {
        ackToDomMedianMs: round(median(latencies)),
        ackToDomP95Ms: round(percentile95(latencies)),
        ackToDomMaxMs: round(Math.max(...latencies)),
        budgetMs: 150,
      };
    } finally {
      await browser.close();
    }
  },
};

/** Posts events one by one; for each, the page tells when its text first held the new balance. */
async function measureLatencies(page: Page, client: ServerClient): Promise<number[]> {
  const latencies: number[] = [];
  for (let index = 0; index < EVENTS + 1; index += 1) {
    const { balances } = await client.customers.balances(CUSTOMER);
    const next = new Intl.NumberFormat("en").format(Number(balances[0]?.balance ?? 0) - 1);
    const seen = page.evaluate<number>(waitForText(next));
    const { results } = await client.events.report([
      { id: `live-${index}`, customerId: CUSTOMER, featureId: "image" },
    ]);
    const acknowledgedAt = performance.timeOrigin + performance.now();
    if (results[0]?.status !== "applied") throw new Error("an event of the bench was not applied");
    const latency = Math.max(0, (await seen) - acknowledgedAt);
    // The first one warms the page up.
    if (index > 0) latencies.push(latency);
  }
  return latencies;
}

/** Source for the page: a promise of the wall clock's time at which the balance first reads `text`. */
function waitForText(text: string): string {
  return `new Promise((resolve) => {
    const look = () => {
      const shown = document.querySelector("credits-balance")?.shadowRoot?.textContent ?? "";
      if (shown.includes(${JSON.stringify(text)})) resolve(performance.timeOrigin + performance.now());
      else requestAnimationFrame(look);
    };
    look();
  })`;
}

/** A host app: a page with the tag, and the session behind it. The product has to know its origin beforehand. */
async function startHost() {
  let backend: { client: ServerClient; serverUrl: string } | null = null;
  const server = createServer((request, response) => {
    if (!backend) return void response.writeHead(503).end();
    if (request.url !== "/session") {
      return void response.setHeader("content-type", "text/html").end(pageFor(backend.serverUrl));
    }
    void backend.client.widgetSessions.create({ customerId: CUSTOMER }).then((session) => {
      response.setHeader("content-type", "application/json").end(JSON.stringify(session));
    });
  }).listen(0);
  await once(server, "listening");
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  return {
    url: `http://localhost:${port}`,
    connect(client: ServerClient, serverUrl: string) {
      backend = { client, serverUrl };
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function pageFor(serverUrl: string): string {
  return `<!doctype html><title>bench</title>
    <script type="module" src="${serverUrl}/cdn/latest/credits-balance.js"></script>
    <credits-balance session-url="/session" lang="en"></credits-balance>`;
}
