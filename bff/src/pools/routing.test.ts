import assert from "node:assert/strict";
import { test } from "node:test";
import type { SubscriptionFacts } from "../storage/pools/load-subscriptions.ts";
import { priceUsage } from "./routing.ts";

const NOTHING_RECURS = {
  ...{ anchorAt: 0, anchorPeriodNo: 0, periodNo: 0, nextPeriodAt: null, adjustment: null, changes: 0 },
  ...{ carryLimit: 0n, carried: 0n },
};
const subscription = (
  rates: Record<string, bigint>,
  more: Partial<SubscriptionFacts> & { creditTypeId?: string; limit?: "hard" | "soft" } = {},
): SubscriptionFacts => {
  const { creditTypeId = "tok", limit = "hard", ...rest } = more;
  const entries = Object.entries(rates).map(
    ([id, creditsPerUnit]) => [id, { kind: "unit", creditsPerUnit }] as const,
  );
  const plan = { creditTypeId, limit, rates: new Map(entries), included: null };
  const recurrence = NOTHING_RECURS;
  const facts = { subscriptionId: "sub_1", resourceId: "", startsAt: 0, endsAt: null, seats: 1, recurrence };
  return { ...facts, plan, ...rest };
};
const ONE = 1_000_000n;
const image = {
  customerId: "lena",
  featureId: "image",
  quantity: 2n * ONE,
  resourceId: "",
  dimensions: null,
  limit: null,
} as const;

test("the plan's rate prices the quantity, and its limit holds unless the event says otherwise", () => {
  const subscriptions = [subscription({ image: 5n * ONE })];
  assert.deepEqual(priceUsage(image, 1, subscriptions), {
    creditTypeId: "tok",
    cost: 10n * ONE,
    limit: "hard",
  });
  assert.deepEqual(priceUsage({ ...image, limit: "soft" }, 1, subscriptions), {
    creditTypeId: "tok",
    cost: 10n * ONE,
    limit: "soft",
  });
});

test("the latest start wins among those that were active then and have a rate", () => {
  const subscriptions = [
    subscription({ video: ONE }, { startsAt: 30, creditTypeId: "no rate" }),
    subscription({ image: ONE }, { startsAt: 20, endsAt: 40, creditTypeId: "late" }),
    subscription({ image: ONE }, { startsAt: 10, creditTypeId: "early" }),
  ];
  const typeAt = (at: number) => {
    const price = priceUsage(image, at, subscriptions);
    return typeof price === "string" ? price : price.creditTypeId;
  };
  assert.equal(typeAt(9), "no_active_subscription");
  assert.equal(typeAt(10), "early");
  assert.equal(typeAt(20), "late");
  assert.equal(typeAt(39), "late");
  assert.equal(typeAt(40), "early");
});

test("a resource's own subscription comes before a general one, also if that started later", () => {
  const subscriptions = [
    subscription({ image: ONE, video: ONE }, { startsAt: 2, creditTypeId: "general" }),
    subscription({ image: ONE }, { startsAt: 1, resourceId: "team-1", creditTypeId: "own" }),
  ];
  const typeOf = (featureId: string, resourceId: string) => {
    const price = priceUsage({ ...image, featureId, resourceId }, 9, subscriptions);
    return typeof price === "string" ? price : price.creditTypeId;
  };
  assert.equal(typeOf("image", "team-1"), "own");
  assert.equal(typeOf("video", "team-1"), "general");
  assert.equal(typeOf("image", "team-2"), "general");
  assert.equal(typeOf("image", ""), "general");
  assert.equal(typeOf("sound", "team-1"), "feature_not_mapped");
});

test("without a subscription and without a rate are told apart", () => {
  assert.equal(priceUsage(image, 9, []), "no_active_subscription");
  assert.equal(
    priceUsage(image, 9, [subscription({ image: ONE }, { resourceId: "x" })]),
    "no_active_subscription",
  );
  assert.equal(priceUsage(image, 9, [subscription({ video: ONE })]), "feature_not_mapped");
});
