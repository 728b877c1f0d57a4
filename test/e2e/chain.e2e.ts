import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createServerClient, type ServerClient } from "@credits-kit/client/server";
import { type StripeSandbox, startStripeSandbox } from "@credits-kit/stripe-sandbox";
import type { Browser } from "playwright-core";
import Stripe from "stripe";
import { launchBrowser } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { type ProductProcess, startProductProcess } from "../support/product.ts";
import { startHostPage } from "../support/widget-host.ts";

const STRIPE_KEY = "sk_test_of_the_chain";
const WEBHOOK_SECRET = "whsec_of_the_chain_0123456789";
const MIA = { customerId: "mia", creditTypeId: "credits" };

let sandbox: StripeSandbox;
let product: ProductProcess;
let browser: Browser;
let credits: ServerClient;
let stripe: Stripe;

before(async () => {
  sandbox = await startStripeSandbox({ secretKeys: [STRIPE_KEY] });
  const env = {
    SEED_DEMO: "false",
    STRIPE_SECRET_KEY: STRIPE_KEY,
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    STRIPE_API_BASE: sandbox.url,
  };
  [product, browser] = await Promise.all([startProductProcess({ env }), launchBrowser()]);
  sandbox.control.setWebhook({ url: `${product.url}/stripe/webhook`, secret: WEBHOOK_SECRET });
  credits = createServerClient({ baseUrl: product.url, apiKey: product.apiKey });
  const { port } = new URL(sandbox.url);
  stripe = new Stripe(STRIPE_KEY, { host: "127.0.0.1", port, protocol: "http", telemetry: false });
});
after(async () => {
  await browser.close();
  await product[Symbol.asyncDispose]();
  await sandbox.close();
});

test("the chain walks: purchase, grant, burn, warning, auto top-up, refund, revocation, and an export whose totals tie", async () => {
  await openShop();
  await using host = await startHostPage({
    body: `<script type="module" src="${product.url}/cdn/latest/credits-balance.js"></script>
      <credits-balance session-url="/session"></credits-balance>`,
    session: () => credits.widgetSessions.create({ customerId: MIA.customerId }),
  });
  const page = await browser.newPage();
  await page.goto(host.origin);
  const shows = (text: string | RegExp) => page.locator("credits-balance").getByText(text).first().waitFor();

  // Purchase and grant: 500 credits at a cent each, by a checkout that saves the card.
  const order = await credits.topUps.create({
    ...{ ...MIA, credits: "500", method: "checkout" },
    successUrl: "http://localhost/back",
  });
  const checkout = /cs_[A-Za-z0-9_]+/.exec(order.url ?? "")?.[0] ?? "";
  assert.equal(sandbox.control.completeCheckout(checkout, { save: true }).state, "complete");
  await eventually("the grant", async () => (await balance()) === 500);
  await shows("500");

  // Burn: 81 images for 5 credits each. What is left is below the threshold of 20 %: the warning.
  const [burned] = (
    await credits.events.report([
      { id: "chain-1", customerId: MIA.customerId, featureId: "image", quantity: 81 },
    ])
  ).results;
  assert.equal(burned?.status, "applied");
  await shows("95");
  await page.locator("credits-balance [part~=warning]").waitFor();

  // Auto top-up: below 100 credits the saved card pays for 500 more.
  await credits.autoTopUps.put(MIA, { enabled: true, threshold: "100", credits: "500" });
  await eventually("the auto top-up", async () => (await balance()) === 595);
  await shows("595");
  await page.locator("credits-balance [part~=warning]").waitFor({ state: "detached" });

  // Refund: half of the second payment, at Stripe. Half of its credits are taken back.
  const payments = await stripe.paymentIntents.list();
  const [second] = payments.data.toSorted((one, other) => other.created - one.created);
  assert.deepEqual(
    payments.data.map(({ status, amount }) => [status, amount]),
    [
      ["succeeded", 500],
      ["succeeded", 500],
    ],
  );
  await stripe.refunds.create({ payment_intent: second?.id ?? "", amount: 250 });
  await eventually("the revocation", async () => (await balance()) === 345);
  await shows("345");

  await assertTotalsTie();
  await page.close();
});

/** A credit costs a cent, an image five credits. */
async function openShop(): Promise<void> {
  const unit = { singular: "credit", plural: "credits" };
  await credits.creditTypes.create({ id: "credits", name: "Credits", unit, lowBalanceThresholds: ["20%"] });
  await credits.features.create({ id: "image", name: "Image" });
  await credits.plans.create({
    ...{ id: "studio", name: "Studio", creditTypeId: "credits", limit: "hard" },
    rates: [{ featureId: "image", creditsPerUnit: "5" }],
    topUp: { prices: [{ amount: "0.01", currency: "usd" }], min: "100", max: "10000" },
  });
  await credits.customers.create({ id: MIA.customerId, name: "Mia", email: "mia@example.com" });
  await credits.subscriptions.create({ customerId: MIA.customerId, planId: "studio" });
}

async function balance(): Promise<number> {
  const { balances } = await credits.customers.balances(MIA.customerId);
  return Number(balances[0]?.balance);
}

async function rowsOf<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

/** Of 10.00 paid, 4.05 were burned and 2.50 refunded: every export says the same, as does Stripe. */
async function assertTotalsTie(): Promise<void> {
  const ledger = await rowsOf(await credits.exports.open("ledger"));
  assert.deepEqual(
    ledger.map(({ type, delta, end_balance: end }) => [type, Number(delta), Number(end)]),
    [
      ["granted", 500, 500],
      ["consumed", -405, 95],
      ["granted", 500, 595],
      ["revoked", -250, 345],
    ],
  );
  const sum = (rows: readonly object[], column: string) =>
    rows.reduce((total, row) => total + Number(new Map(Object.entries(row)).get(column) ?? 0), 0);
  const grants = await rowsOf(await credits.exports.open("grants"));
  assert.equal(sum(grants, "remaining"), 345);
  const usage = await rowsOf(await credits.exports.open("usage"));
  assert.equal(sum(usage, "credits"), 405);
  const allocations = await rowsOf(await credits.exports.open("allocations"));
  assert.equal(sum(allocations, "amount"), sum(ledger, "delta"));
  const revenue = await rowsOf(await credits.exports.open("revenue"));
  const moneyIn = (await stripe.charges.list()).data;
  assert.deepEqual(
    ["paid_minor", "recognised_minor", "refunded_minor", "deferred_minor"].map((column) =>
      sum(revenue, column),
    ),
    [1000, 405, 250, 345],
  );
  assert.equal(sum(moneyIn, "amount"), sum(revenue, "paid_minor"));
  assert.equal(sum(moneyIn, "amount_refunded"), sum(revenue, "refunded_minor"));
}
