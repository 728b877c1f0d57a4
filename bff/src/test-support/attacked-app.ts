import assert from "node:assert/strict";
import { afterEach, before, beforeEach } from "node:test";
import { codesOf, type ErrorCode, type Problem, type RouteDefinition, routes } from "@credits-kit/contract";
import { expectProblem, type Reply, type SendOptions } from "./client.ts";
import type { Engine } from "./engines.ts";
import { mint } from "./stream-reader.ts";
import { fingerprint } from "../storage/test-support/fingerprint.ts";
import { type TestApp, useTestApp } from "./test-app.ts";

export const allRoutes = Object.values<RouteDefinition>(routes);
export const routesWithBody = allRoutes.filter((route) => route.body !== undefined);

const unit = { singular: "credit", plural: "credits" };

/** A body of each route that is accepted. Every fault below is one change to it. */
export const GOOD: Record<string, Record<string, unknown>> = {
  createCreditType: { name: "Credits", unit },
  updateCreditType: { name: "Credits" },
  createFeature: { name: "Feature" },
  updateFeature: { name: "Feature" },
  createPlan: {
    name: "Plan",
    creditTypeId: "credits",
    limit: "hard",
    rates: [{ featureId: "image", creditsPerUnit: 1 }],
  },
  updatePlan: { name: "Plan" },
  createCustomer: { name: "Customer" },
  upsertCustomer: { name: "Customer" },
  createSubscription: { planId: "pro" },
  updateSubscription: { seats: 2 },
  cancelSubscription: { at: "now" },
  createGrant: { customerId: "lena", creditTypeId: "credits", amount: "5", category: "promo" },
  updateGrant: { priority: 1 },
  revokeGrant: { reason: "Asked for" },
  reportEvents: { id: "e", customerId: "lena", featureId: "image" },
  reverseEvent: { customerId: "lena", id: "e", reason: "Never came" },
  consume: { id: "c", customerId: "lena", featureId: "image" },
  createEstimates: { events: [{ customerId: "lena", featureId: "image" }] },
  checkCustomer: { featureId: "image" },
  placeHold: { id: "h", customerId: "lena", featureId: "image" },
  captureHold: { id: "h", customerId: "lena" },
  releaseHold: { id: "h", customerId: "lena" },
  extendHold: { id: "h", customerId: "lena", expiresInSeconds: 60 },
  quoteTopUp: { customerId: "lena", creditTypeId: "credits", credits: "5" },
  createTopUp: { customerId: "lena", creditTypeId: "credits", credits: "5", method: "checkout" },
  voidTopUp: { reason: "Changed my mind" },
  markTopUpPaid: { reason: "By bank transfer" },
  clearTopUpFraudWarning: { reason: "They called" },
  setUpPaymentMethod: { returnUrl: "https://app.example.com/billing" },
  setUpWidgetPaymentMethod: { setupKey: "setup-key-1" },
  updateSettings: { promotionCodes: true },
  putAutoTopUp: { enabled: true, threshold: "5", target: "10", collectionMethod: "send_invoice" },
  putWidgetAutoTopUp: { enabled: true, threshold: "5", credits: "10", consent: true },
  setupWidgetAutoTopUp: { consent: true, setupKey: "setup-key-1" },
  createWidgetTopUp: {
    creditTypeId: "credits",
    credits: "5",
    orderKey: "order-key-1",
    expectedTotal: { amountMinor: 5, currency: "usd" },
  },
  putNotificationPreferences: {
    lowBalance: { enabled: true, channels: ["email"], thresholds: ["20%"] },
    expiry: { enabled: true, channels: ["in_app"], daysBefore: 7 },
    emails: ["lena@example.com"],
  },
  putWidgetNotificationPreferences: {
    creditTypes: [
      {
        creditTypeId: "credits",
        lowBalance: { enabled: true, channels: ["email"], thresholds: ["20%"] },
        depleted: { enabled: true, channels: [] },
        expiry: { enabled: true, channels: ["in_app"], daysBefore: 7 },
        autoTopUp: { enabled: true, channels: ["email"] },
        receipts: { enabled: false, channels: ["email"] },
      },
    ],
  },
  createTestClock: { now: "2026-03-01T12:00:00Z" },
  advanceTestClock: { to: "2026-03-02T12:00:00Z" },
  createWidgetSession: { customerId: "lena" },
};

/** A BFF under attack. */
export interface AttackedApp {
  readonly app: () => TestApp;
  /** Sends to a route, in the name of the customer `lena` where it asks for one. */
  send(route: RouteDefinition, options: SendOptions): Promise<Reply>;
  /** Takes the present rows for those that must stay. */
  settle(): Promise<void>;
}

/** Gives a suite a BFF with a little in it, and checks after each test that no row changed. */
export function useAttackedApp(engine: Engine): AttackedApp {
  const app = useTestApp(engine);
  let was: Record<string, string> = {};
  let session = "";
  const settle = async () => {
    was = await fingerprint(app().database);
  };
  before(async () => {
    await fill(app());
    session = await mint(app().client, "lena", { scopes: ["read", "top_up", "settings"] });
  });
  beforeEach(settle);
  afterEach(async () => {
    assert.deepEqual(await fingerprint(app().database), was, "a refused request changed a row");
  });
  return {
    app,
    settle,
    send: (route, options) =>
      app().client.send(route.method.toUpperCase(), route.path.replace(":id", "lena"), {
        ...(route.auth === "widget" ? { credential: session } : {}),
        ...options,
      }),
  };
}

async function fill({ client }: TestApp): Promise<void> {
  await client.call(routes.createCreditType, { body: { id: "credits", name: "Credits", unit } });
  await client.call(routes.createFeature, { body: { id: "image", name: "Image" } });
  const rates = [{ featureId: "image", creditsPerUnit: 1 }];
  // One to subscribe to, and one that routes which name a thing `lena` find.
  for (const id of ["pro", "lena"]) {
    await client.call(routes.createPlan, {
      body: { id, name: id, creditTypeId: "credits", limit: "hard", rates },
    });
  }
  await client.call(routes.createCustomer, { body: { id: "lena", name: "Lena" } });
  await client.call(routes.createSubscription, { params: { id: "lena" }, body: { planId: "pro" } });
  await client.call(routes.createGrant, {
    body: { customerId: "lena", creditTypeId: "credits", amount: 5, category: "promo" },
  });
}

/** A refusal: never ours to blame, always a problem, and one that the route says it can give. */
export function expectRefusal(route: RouteDefinition, reply: Reply, code: ErrorCode): Problem {
  const problem = expectProblem(reply, reply.status, code);
  assert.ok(reply.status >= 400 && reply.status < 500, reply.text);
  assert.ok(codesOf(route).includes(code), `${route.operationId} does not say that it answers ${code}`);
  return problem;
}

/** An object with this many keys that nobody knows. */
export function manyKeys(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));
}
