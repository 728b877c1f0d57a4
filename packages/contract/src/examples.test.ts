import { describe, test } from "node:test";
import {
  balance,
  creditTypeInput,
  customerInput,
  customerUpsert,
  eventResult,
  eventsAnswer,
  eventsBody,
  featureInput,
  grant,
  grantInput,
  ledgerEntry,
  planInput,
  subscriptionInput,
  widgetSession,
  widgetSessionInput,
} from "./index.ts";
import { type Answer, assertKeepsAll, assertTakesAll, type Request } from "./test-support/examples.ts";
import { assertRefused, invalid } from "./test-support/reading.ts";

/** One request for each shape of CONTRACT.md that is served so far, with every field that it names. */
const requests: Request[] = [
  [
    "POST /v1/credit-types",
    creditTypeInput,
    {
      id: "ai-tokens",
      name: "AI Tokens",
      description: "What our models burn",
      unit: { singular: "token", plural: "tokens" },
      symbol: "✦",
      lowBalanceThresholds: ["100", "20%"],
      grantUsageThresholds: ["80%"],
      trackedDimensions: ["model"],
    },
  ],
  [
    "POST /v1/features",
    featureInput,
    { id: "image", name: "Image", unit: { singular: "image", plural: "images" } },
  ],
  [
    "PUT /v1/customers/:id",
    customerUpsert,
    { name: "Lena", email: "lena@example.com", metadata: { tier: "gold" } },
  ],
  ["POST /v1/customers", customerInput, { id: "auth0|lena@example.com", name: "Lena" }],
  [
    "POST /v1/plans",
    planInput,
    {
      id: "pro",
      name: "Pro",
      creditTypeId: "ai-tokens",
      limit: "hard",
      topUp: {
        prices: [{ amount: "0.012", currency: "usd" }],
        min: "250",
        max: "8000",
        packages: [{ credits: "1000", price: { amountMinor: 1250, currency: "usd" }, label: "Starter" }],
      },
      rates: [{ featureId: "image", creditsPerUnit: "5" }],
    },
  ],
  [
    "POST /v1/customers/:id/subscriptions",
    subscriptionInput,
    {
      planId: "pro",
      startsAt: "2026-03-01T00:00:00Z",
      endsAt: "2027-03-01T00:00:00+01:00",
      price: "0.01",
      currency: "usd",
      resourceId: "workspace-1",
    },
  ],
  [
    "POST /v1/grants, paid",
    grantInput,
    {
      customerId: "cus_lena",
      creditTypeId: "ai-tokens",
      resourceId: "workspace-1",
      amount: "12.5",
      category: "paid",
      costBasis: { amount: "0.012", currency: "usd" },
      priority: 0,
      effectiveAt: "2026-03-01T12:00:00Z",
      expiresAt: "2027-03-01T12:00:00Z",
      reason: "Annual deal",
      externalReference: "INV-17",
      metadata: { deal: "42" },
    },
  ],
  [
    "POST /v1/grants, promo",
    grantInput,
    { customerId: "c", creditTypeId: "t", amount: 12.5, category: "promo" },
  ],
  [
    "POST /v1/events, a list",
    eventsBody,
    {
      events: [
        {
          id: "evt_1",
          customerId: "cus_lena",
          featureId: "image",
          quantity: 2,
          userId: "lena",
          resourceId: "workspace-1",
          timestamp: "2026-03-01T12:00:00Z",
          dimensions: { model: "xl", tokens: 1200, cached: false },
          limit: "soft",
          backfill: true,
        },
      ],
    },
  ],
  [
    "POST /v1/events, one bare event",
    eventsBody,
    { id: "evt_1", customerId: "cus_lena", featureId: "image" },
  ],
  [
    "POST /v1/widget-sessions",
    widgetSessionInput,
    {
      customerId: "cus_lena",
      userId: "lena",
      scopes: ["read", "top_up", "settings"],
      origins: ["https://app.example.com", "http://localhost:5173"],
      expiresInSeconds: 600,
      customer: { name: "Lena", email: "lena@example.com" },
    },
  ],
];

describe("what CONTRACT.md shows can be sent", () => assertTakesAll(requests));

const at = "2026-03-01T12:00:00.000Z";
const answers: Answer[] = [
  [
    "a grant",
    grant,
    {
      id: "gr_1_2",
      customerId: "cus_lena",
      creditTypeId: "ai-tokens",
      resourceId: null,
      amount: "12.5",
      remaining: "10",
      consumed: "2.5",
      held: "0",
      frozen: "0",
      revoked: "0",
      expired: "0",
      category: "paid",
      status: "active",
      costBasis: { amount: "0.012", currency: "usd" },
      priority: 0,
      effectiveAt: at,
      expiresAt: null,
      reason: null,
      actor: { kind: "api_key", id: "key_1" },
      source: { kind: "api", id: null },
      payment: { status: "paid", invoiceUrl: null, receiptUrl: null },
      externalReference: null,
      metadata: {},
      createdAt: at,
      updatedAt: at,
    },
  ],
  [
    "the result of an event",
    eventResult,
    { id: "evt_1", status: "applied", creditTypeId: "ai-tokens", delta: "-10", balance: "240", seq: 17 },
  ],
  [
    "the results of a batch",
    eventsAnswer,
    {
      results: [
        {
          id: "evt_1",
          status: "duplicate",
          creditTypeId: "ai-tokens",
          delta: "-10",
          balance: "240",
          seq: 17,
          current: { balance: "200", seq: 19 },
        },
        {
          id: null,
          status: "rejected",
          creditTypeId: null,
          delta: null,
          balance: null,
          seq: null,
          error: { path: "id", code: "validation_failed", message: "is required" },
        },
      ],
    },
  ],
  [
    "a balance",
    balance,
    {
      creditTypeId: "ai-tokens",
      resourceId: null,
      unit: { singular: "token", plural: "tokens" },
      balance: "-5",
      available: "0",
      held: "0",
      overage: "5",
      granted: "100",
      used: "105",
      pending: "0",
      scheduled: "0",
      seq: 17,
      low: true,
      nextExpiry: { at, amount: "10" },
      nextRefreshAt: null,
      runsOutAt: null,
      asOf: at,
    },
  ],
  [
    "a ledger entry",
    ledgerEntry,
    {
      creditTypeId: "ai-tokens",
      resourceId: null,
      seq: 17,
      at,
      occurredAt: at,
      type: "consumed",
      delta: "-10",
      endBalance: "240",
      source: { kind: "event", id: "evt_1" },
      grants: [{ grantId: "gr_1_2", amount: "-10" }],
      actor: { kind: "api_key", id: "key_1" },
      reason: null,
      featureId: "image",
      userId: "lena",
      overageChange: "0",
      holdId: null,
      requestId: "req_1",
    },
  ],
  ["a widget session", widgetSession, { token: "a.b.c", expiresAt: at }],
];

describe("what CONTRACT.md shows is answered", () => assertKeepsAll(answers));

test("a promotion with a cost basis, and a paid grant without, are refused", () => {
  const terms = { customerId: "c", creditTypeId: "t", amount: 1 };
  const costBasis = { amount: "0.012", currency: "usd" };
  assertRefused(grantInput, { ...terms, category: "promo", costBasis }, invalid("costBasis"));
  assertRefused(grantInput, { ...terms, category: "paid" }, invalid("costBasis"));
  assertRefused(grantInput, { ...terms, category: "recurring" }, invalid("category"));
});
