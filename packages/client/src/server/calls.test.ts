import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type RouteDefinition, routes } from "@credits-kit/contract";
import { CreditsApiError, createServerClient, type ServerClient } from "./index.ts";
import { json, problem, type ReceivedRequest, startScriptedServer, stillClock } from "./testing.ts";

const TIMEOUT_MS = 7_777;

function clientFor(baseUrl: string): ServerClient {
  const { clock } = stillClock(TIMEOUT_MS);
  return createServerClient({
    baseUrl,
    apiKey: "ck_test_1",
    timeoutMs: TIMEOUT_MS,
    clock,
    random: () => 0.5,
  });
}

const unit = { singular: "token", plural: "tokens" };
const spender = { id: "op-1", customerId: "lena" };
const event = { ...spender, featureId: "image" };
const grant = { customerId: "lena", creditTypeId: "t", amount: 1, category: "promo" } as const;
const plan = { name: "Pro", creditTypeId: "t", limit: "hard", rates: [] } as const;

const pool = { customerId: "x", creditTypeId: "t" };

type Operation = keyof typeof routes;

/** A call of each operation; `keyed` when it goes under an Idempotency-Key. */
const calls: Partial<Record<Operation, { keyed: boolean; run: (client: ServerClient) => Promise<unknown> }>> =
  {
    createCreditType: { keyed: true, run: (client) => client.creditTypes.create({ name: "AI", unit }) },
    listCreditTypes: { keyed: false, run: (client) => client.creditTypes.list({ archived: false }) },
    getCreditType: { keyed: false, run: (client) => client.creditTypes.get("x") },
    updateCreditType: { keyed: true, run: (client) => client.creditTypes.update("x", { symbol: null }) },
    archiveCreditType: { keyed: true, run: (client) => client.creditTypes.archive("x") },
    unarchiveCreditType: { keyed: true, run: (client) => client.creditTypes.unarchive("x") },
    createFeature: { keyed: true, run: (client) => client.features.create({ name: "Image" }) },
    listFeatures: { keyed: false, run: (client) => client.features.list() },
    getFeature: { keyed: false, run: (client) => client.features.get("x") },
    updateFeature: { keyed: true, run: (client) => client.features.update("x", { unit: null }) },
    archiveFeature: { keyed: true, run: (client) => client.features.archive("x") },
    unarchiveFeature: { keyed: true, run: (client) => client.features.unarchive("x") },
    createPlan: { keyed: true, run: (client) => client.plans.create({ ...plan, rates: [] }) },
    listPlans: { keyed: false, run: (client) => client.plans.list() },
    getPlan: { keyed: false, run: (client) => client.plans.get("x", { version: 1 }) },
    updatePlan: { keyed: true, run: (client) => client.plans.update("x", { topUp: null }) },
    listPlanVersions: { keyed: false, run: (client) => client.plans.versions("x", { limit: 5 }) },
    quoteTopUp: {
      keyed: false,
      run: (client) => client.topUps.quote({ customerId: "lena", creditTypeId: "t", credits: 5 }),
    },
    createTopUp: {
      keyed: true,
      run: (client) => client.topUps.create({ ...pool, customerId: "x", credits: 500, method: "checkout" }),
    },
    listTopUps: { keyed: false, run: (client) => client.topUps.list({ customerId: "x", status: "paid" }) },
    getTopUp: { keyed: false, run: (client) => client.topUps.get("x") },
    voidTopUp: { keyed: true, run: (client) => client.topUps.void("x", { reason: "Not wanted" }) },
    getSettings: { keyed: false, run: (client) => client.settings.get() },
    updateSettings: { keyed: true, run: (client) => client.settings.update({ promotionCodes: true }) },
    getReconciliation: { keyed: false, run: (client) => client.reconciliation.get() },
    clearTopUpFraudWarning: {
      keyed: true,
      run: (client) => client.topUps.clearFraudWarning("x", { reason: "They called" }),
    },
    markTopUpPaid: {
      keyed: true,
      run: (client) => client.topUps.markPaid("x", { reason: "By bank transfer" }),
    },
    createCustomer: { keyed: true, run: (client) => client.customers.create({ name: "Lena" }) },
    upsertCustomer: { keyed: false, run: (client) => client.customers.upsert("x", {}) },
    listCustomers: { keyed: false, run: (client) => client.customers.list() },
    getCustomer: { keyed: false, run: (client) => client.customers.get("x") },
    getBalances: { keyed: false, run: (client) => client.customers.balances("x") },
    checkCustomer: { keyed: false, run: (client) => client.customers.check("x", { featureId: "image" }) },
    createSubscription: {
      keyed: true,
      run: (client) => client.subscriptions.create({ customerId: "x", planId: "pro" }),
    },
    listSubscriptions: { keyed: false, run: (client) => client.subscriptions.list({ customerId: "x" }) },
    getSubscription: { keyed: false, run: (client) => client.subscriptions.get("x") },
    updateSubscription: { keyed: true, run: (client) => client.subscriptions.update("x", { seats: 2 }) },
    cancelSubscription: { keyed: true, run: (client) => client.subscriptions.cancel("x", { at: "now" }) },
    createGrant: { keyed: true, run: (client) => client.grants.create(grant) },
    listGrants: {
      keyed: false,
      run: (client) => client.grants.list({ customerId: "lena", sort: "-amount" }),
    },
    getGrant: { keyed: false, run: (client) => client.grants.get("x") },
    updateGrant: { keyed: true, run: (client) => client.grants.update("x", { priority: 1, ifSeq: 3 }) },
    revokeGrant: { keyed: true, run: (client) => client.grants.revoke("x", { reason: "A mistake" }) },
    reportEvents: { keyed: false, run: (client) => client.events.report([event]) },
    listEvents: {
      keyed: false,
      run: (client) => client.events.list({ customerId: "lena", status: "denied" }),
    },
    reverseEvent: {
      keyed: true,
      run: (client) => client.events.reverse({ ...spender, reason: "Never came" }),
    },
    consume: { keyed: false, run: (client) => client.consume(event) },
    placeHold: {
      keyed: false,
      run: (client) => client.holds.place({ ...spender, creditTypeId: "t", amount: 1 }),
    },
    listHolds: { keyed: false, run: (client) => client.holds.list({ customerId: "lena" }) },
    captureHold: {
      keyed: true,
      run: (client) => client.holds.capture({ ...spender, amount: "0.5", final: false }),
    },
    releaseHold: { keyed: true, run: (client) => client.holds.release(spender) },
    extendHold: { keyed: true, run: (client) => client.holds.extend({ ...spender, expiresInSeconds: 60 }) },
    createEstimates: {
      keyed: false,
      run: (client) => client.estimate([{ customerId: "lena", featureId: "image" }]),
    },
    exportLedger: { keyed: false, run: (client) => client.exports.open("ledger", { since: "x" }) },
    exportGrants: { keyed: false, run: (client) => client.exports.open("grants", { customerId: "lena" }) },
    exportAllocations: { keyed: false, run: (client) => client.exports.open("allocations") },
    exportUsage: { keyed: false, run: (client) => client.exports.open("usage", { resourceId: "none" }) },
    exportRevenue: {
      keyed: false,
      run: (client) => client.exports.open("revenue", { from: "2026-03-01T00:00:00Z" }),
    },
    listLedger: { keyed: false, run: (client) => client.ledger.list({ customerId: "lena", groupBy: "day" }) },
    createTestClock: {
      keyed: true,
      run: (client) => client.testClocks.create({ now: "2026-03-01T12:00:00Z" }),
    },
    listTestClocks: { keyed: false, run: (client) => client.testClocks.list() },
    getTestClock: { keyed: false, run: (client) => client.testClocks.get("x") },
    advanceTestClock: {
      keyed: true,
      run: (client) => client.testClocks.advance("x", { to: "2026-06-01T12:00:00Z" }),
    },
    deleteTestClock: { keyed: true, run: (client) => client.testClocks.delete("x") },
    getUsage: {
      keyed: false,
      run: (client) =>
        client.usage.read({ customerId: "lena", groupBy: ["feature", "user"], top: 5, interval: "day" }),
    },
    getForecast: {
      keyed: false,
      run: (client) => client.usage.forecast({ customerId: "lena", days: 7, timeZone: "Europe/Berlin" }),
    },
    listPaymentMethods: { keyed: false, run: (client) => client.paymentMethods.list("x") },
    setUpPaymentMethod: {
      keyed: true,
      run: (client) => client.paymentMethods.setUp({ customerId: "x", returnUrl: "https://app.example.com" }),
    },
    setDefaultPaymentMethod: {
      keyed: true,
      run: (client) => client.paymentMethods.setDefault({ customerId: "x", paymentMethodId: "pm_1" }),
    },
    removePaymentMethod: {
      keyed: true,
      run: (client) => client.paymentMethods.remove({ customerId: "x", paymentMethodId: "pm_1" }),
    },
    getAutoTopUp: { keyed: false, run: (client) => client.autoTopUps.get(pool) },
    putAutoTopUp: {
      keyed: false,
      run: (client) =>
        client.autoTopUps.put(pool, {
          enabled: true,
          threshold: "100",
          target: "600",
          monthlyLimit: { amountMinor: 5_000, currency: "usd" },
        }),
    },
    deleteAutoTopUp: { keyed: true, run: (client) => client.autoTopUps.delete(pool) },
    resumeAutoTopUp: { keyed: true, run: (client) => client.autoTopUps.resume(pool) },
    listAutoTopUpAttempts: {
      keyed: false,
      run: (client) => client.autoTopUps.attempts({ ...pool, resourceId: "r", limit: 5 }),
    },
    getNotificationPreferences: { keyed: false, run: (client) => client.notificationPreferences.get(pool) },
    putNotificationPreferences: {
      keyed: false,
      run: (client) =>
        client.notificationPreferences.put(pool, {
          lowBalance: { enabled: true, channels: ["email"], thresholds: null },
          expiry: { enabled: false, channels: [], daysBefore: 14 },
        }),
    },
    createWidgetSession: {
      keyed: false,
      run: (client) => client.widgetSessions.create({ customerId: "lena" }),
    },
  };

describe("each call of the server client", () => {
  test("is there, for every route that takes a server key", () => {
    const served = Object.values(routes).filter(({ auth }) => auth === "server");
    const names = served
      .map(({ operationId }) => operationId)
      .filter((name) => name !== "checkCustomerByQuery");
    assert.deepEqual(Object.keys(calls).sort(), names.sort());
  });

  for (const [operation, { keyed, run }] of Object.entries(calls)) {
    test(`${operation} sends what its route takes, and the same again when it is retried`, async () => {
      await using server = await startScriptedServer(problem(503, "overloaded"), json(200, {}));
      await run(clientFor(server.baseUrl));
      const [first, second] = server.received;
      assert.ok(first);
      assert.deepEqual(told(first), told(second));
      assert.equal(first.headers["idempotency-key"] !== undefined, keyed);
      assertTaken(operation, first);
    });
  }
});

test("an update and a revocation take a key of the caller's, which is not in the body", async () => {
  await using server = await startScriptedServer(json(200, {}));
  const client = clientFor(server.baseUrl);
  await client.grants.update("gr_1", { priority: 1, idempotencyKey: "update-7" });
  await client.grants.revoke("gr_1", { reason: "A mistake", idempotencyKey: "revoke-7" });
  assert.deepEqual(
    server.received.map(({ headers, body }) => [headers["idempotency-key"], body]),
    [
      ["update-7", '{"priority":1}'],
      ["revoke-7", '{"reason":"A mistake"}'],
    ],
  );
});

test("a denial says what was required and what is available, in use says by what", async () => {
  const denial = { code: "insufficient_credits", detail: "No.", required: "10", available: "2.5" };
  const inUse = { code: "in_use", detail: "No.", usedBy: [{ kind: "plan", id: "pro" }, "nonsense"] };
  await using server = await startScriptedServer(json(402, denial), json(409, inUse));
  const client = clientFor(server.baseUrl);
  const denied = await client.consume(event).catch((error: unknown) => error);
  assert.ok(denied instanceof CreditsApiError);
  assert.deepEqual([denied.code, denied.required, denied.available], ["insufficient_credits", "10", "2.5"]);
  const used = await client.features.archive("image").catch((error: unknown) => error);
  assert.ok(used instanceof CreditsApiError);
  assert.deepEqual([used.code, used.usedBy, used.required], ["in_use", [{ kind: "plan", id: "pro" }], null]);
});

function told(request: ReceivedRequest | undefined) {
  return [request?.method, request?.url, request?.headers["idempotency-key"], request?.body];
}

/** Asserts that a request is one of its route: method, path, query and body. */
function assertTaken(operation: string, { method, url, body }: ReceivedRequest): void {
  const route: RouteDefinition | undefined = Object.values<RouteDefinition>(routes).find(
    ({ operationId }) => operationId === operation,
  );
  assert.ok(route, operation);
  const { pathname, searchParams } = new URL(url, "http://localhost");
  assert.equal(
    `${method} ${pathname}`,
    `${route.method.toUpperCase()} ${route.path.replace(":id", "x").replace(":creditType", "t").replace(":paymentMethodId", "pm_1")}`,
  );
  const query = route.query?.safeParse(Object.fromEntries(searchParams));
  assert.ok(query?.success ?? searchParams.size === 0, JSON.stringify(query?.error?.issues));
  const parsed = route.body?.safeParse(body === "" ? undefined : JSON.parse(body));
  assert.ok(parsed?.success ?? body === "", JSON.stringify(parsed?.error?.issues));
}
