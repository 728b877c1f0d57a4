import assert from "node:assert/strict";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import { TestClient } from "../../bff/src/test-support/index.ts";
import { runProduct, startProductProcess, temporaryFolder } from "../support/product.ts";

const refusing = `--import ${new URL("./refuse-sandbox.mjs", import.meta.url).href}`;

test("with a key of Stripe's, nothing of the sandbox is loaded; without one, it is", async () => {
  const env = { NODE_OPTIONS: refusing, SEED_DEMO: "false" };
  const stripe = { STRIPE_SECRET_KEY: "rk_test_canary_of_a_start", STRIPE_API_BASE: "http://127.0.0.1:9" };
  await using product = await startProductProcess({ env: { ...env, ...stripe } });
  assert.equal((await fetch(`${product.url}/healthz`)).status, 200);
  assert.doesNotMatch(product.output(), /canary/);
  await assert.rejects(startProductProcess({ env }), /the sandbox was asked for/);
});

test("from nothing to bought credits: the sandbox that comes with the start takes the payment and tells of it", async () => {
  await using folder = await temporaryFolder();
  const env = { DATA_DIR: folder.path, SEED_DEMO: "false" };
  await using product = await startProductProcess({ env });
  const client = new TestClient(product.url, product.apiKey);
  const unit = { singular: "credit", plural: "credits" };
  await client.call(routes.createCreditType, { body: { id: "credits", name: "Credits", unit } });
  const topUp = { prices: [{ amount: "0.01", currency: "usd" }] };
  await client.call(routes.createPlan, {
    body: { id: "pro", name: "Pro", creditTypeId: "credits", limit: "hard", rates: [], topUp },
  });
  await client.call(routes.createCustomer, { body: { id: "lena" } });
  await client.call(routes.createSubscription, { params: { id: "lena" }, body: { planId: "pro" } });
  const body = { customerId: "lena", creditTypeId: "credits", credits: "500", method: "checkout" } as const;
  const { body: order } = await client.call(routes.createTopUp, { body });
  assert.ok(order.url);
  assert.equal((await fetch(order.url ?? "")).status, 200);
  assert.equal(order.status, "awaiting_payment");

  const json = await runProduct(["reconcile", "--json"], env);
  const report: unknown = JSON.parse(json.stdout);
  assert.ok(typeof report === "object" && report !== null && "checkedAt" in report);
  assert.equal(json.code, 0);
  assert.match((await runProduct(["reconcile"], env)).stdout, /nothing wrong/);
});

test("on an empty directory there is nothing to compare", async () => {
  await using folder = await temporaryFolder();
  const { code, stdout: output } = await runProduct(["reconcile"], { DATA_DIR: folder.path });
  assert.equal(code, 0);
  assert.match(output, /nothing to compare/);
});
