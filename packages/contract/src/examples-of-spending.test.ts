import { describe } from "node:test";
import {
  check,
  checkBody,
  consumed,
  consumption,
  creditTypeChange,
  estimatesBody,
  estimates,
  eventReversal,
  featureChange,
  grantChange,
  grantRevocation,
  holdAnswer,
  holdCapture,
  holdExtension,
  holdInput,
  holdRelease,
  ledgerPage,
  reversedEvent,
  usageRecord,
} from "./index.ts";
import { type Answer, assertKeepsAll, assertTakesAll, type Request } from "./test-support/examples.ts";

const spender = { id: "op-1", customerId: "cus_lena" };
const about = { resourceId: "workspace-1", userId: "lena", dimensions: { model: "xl" } };

const requests: Request[] = [
  [
    "PATCH /v1/credit-types/:id",
    creditTypeChange,
    {
      name: "Tokens",
      description: null,
      unit: { singular: "token", plural: "tokens" },
      symbol: null,
      lowBalanceThresholds: ["20%"],
      grantUsageThresholds: [],
      trackedDimensions: ["model"],
    },
  ],
  ["PATCH /v1/features/:id", featureChange, { name: "Picture", unit: null }],
  [
    "PATCH /v1/grants/:id",
    grantChange,
    {
      priority: 3,
      effectiveAt: "2026-03-01T12:00:00Z",
      expiresAt: null,
      reason: null,
      externalReference: "INV-17",
      metadata: { deal: "42" },
      ifSeq: 17,
    },
  ],
  [
    "POST /v1/grants/:id/revoke",
    grantRevocation,
    { amount: "12.5", reason: "A mistake", externalReference: "T-1" },
  ],
  ["POST /v1/events/reverse", eventReversal, { ...spender, reason: "The image never came" }],
  [
    "POST /v1/consume, of a feature",
    consumption,
    { ...spender, featureId: "image", quantity: 2, limit: "soft", ...about },
  ],
  ["POST /v1/consume, direct", consumption, { ...spender, creditTypeId: "ai-tokens", amount: "0.000001" }],
  [
    "POST /v1/holds, of a feature",
    holdInput,
    { ...spender, featureId: "image", quantity: 2, ...about, expiresInSeconds: 300, metadata: { job: "7" } },
  ],
  ["POST /v1/holds, direct", holdInput, { ...spender, creditTypeId: "ai-tokens", amount: 10 }],
  ["POST /v1/holds/capture, an amount", holdCapture, { ...spender, amount: "7.5", final: false }],
  [
    "POST /v1/holds/capture, a quantity",
    holdCapture,
    { ...spender, quantity: 3, dimensions: { model: "xl" }, final: true },
  ],
  ["POST /v1/holds/capture, all", holdCapture, spender],
  ["POST /v1/holds/release", holdRelease, spender],
  ["POST /v1/holds/extend", holdExtension, { ...spender, expiresInSeconds: 86_400 }],
  [
    "POST /v1/estimates, a list",
    estimatesBody,
    {
      events: [
        { customerId: "cus_lena", featureId: "image" },
        {
          ...spender,
          featureId: "image",
          quantity: 2,
          ...about,
          timestamp: "2026-03-01T12:00:00Z",
          limit: "hard",
        },
      ],
    },
  ],
  [
    "POST /v1/customers/:id/check, of a feature",
    checkBody,
    { featureId: "image", quantity: 2, resourceId: "w", dimensions: {} },
  ],
  ["POST /v1/customers/:id/check, direct", checkBody, { creditTypeId: "ai-tokens", amount: 5 }],
];

describe("what CONTRACT.md shows about spending can be sent", () => assertTakesAll(requests));

const at = "2026-03-01T12:00:00.000Z";
const pool = { creditTypeId: "ai-tokens", resourceId: null };
const draw = { grantId: "gr_1_2", amount: "10" };
const record = {
  id: "evt_1",
  customerId: "cus_lena",
  status: "applied",
  featureId: "image",
  ...pool,
  quantity: "2",
  userId: "lena",
  dimensions: { model: "xl", tokens: 1200, cached: false },
  occurredAt: at,
  at,
  delta: "-10",
  balance: "240",
  seq: 17,
  grants: [draw],
  overage: "0",
  reversedAt: null,
  requestId: "req_1",
};
const answers: Answer[] = [
  ["an event that was applied", usageRecord, record],
  [
    "an event that was denied",
    usageRecord,
    {
      ...record,
      status: "denied",
      delta: null,
      balance: null,
      seq: null,
      grants: [],
      dimensions: null,
      required: "10",
      available: "2.5",
    },
  ],
  [
    "an event that was reversed",
    reversedEvent,
    {
      id: "evt_1",
      status: "reversed",
      ...pool,
      delta: "7",
      balance: "247",
      seq: 18,
      restored: [{ ...draw, amount: "7" }],
      lost: [{ grantId: "gr_1_1", amount: "3", reason: "expired" }],
    },
  ],
  [
    "a consumption",
    consumed,
    {
      allowed: true,
      id: "op-1",
      status: "duplicate",
      ...pool,
      delta: "-10",
      balance: "240",
      available: "200",
      seq: 17,
      current: { balance: "100", seq: 20 },
    },
  ],
  [
    "a hold with its pool",
    holdAnswer,
    {
      id: "op-1",
      customerId: "cus_lena",
      ...pool,
      featureId: "image",
      userId: null,
      amount: "10",
      captured: "4",
      held: "6",
      status: "open",
      expiresAt: at,
      metadata: { job: "7" },
      createdAt: at,
      closedAt: null,
      requestId: "req_1",
      delta: "-4",
      balance: "240",
      available: "234",
      seq: 17,
    },
  ],
  [
    "estimates",
    estimates,
    {
      estimates: [
        { id: "evt_1", ...pool, cost: "10", balance: "15", balanceAfter: "5", wouldOverdraw: false },
        {
          id: null,
          creditTypeId: null,
          resourceId: null,
          cost: null,
          balance: null,
          balanceAfter: null,
          wouldOverdraw: null,
          error: { path: "featureId", code: "not_found", message: "is not known" },
        },
      ],
    },
  ],
  [
    "a check that is denied",
    check,
    {
      allowed: false,
      reason: "insufficient_credits",
      required: "10",
      available: "2.5",
      limitMode: "hard",
      ...pool,
    },
  ],
  [
    "a check that cannot be priced",
    check,
    {
      allowed: false,
      reason: "not_found",
      required: null,
      available: null,
      limitMode: null,
      creditTypeId: null,
      resourceId: null,
    },
  ],
  [
    "a page of the ledger with subtotals",
    ledgerPage,
    {
      data: [],
      nextCursor: null,
      prevCursor: null,
      groups: [{ key: null, entries: 3, delta: "-10", credited: "5", debited: "15" }],
    },
  ],
];

describe("what CONTRACT.md shows about spending is answered", () => assertKeepsAll(answers));
