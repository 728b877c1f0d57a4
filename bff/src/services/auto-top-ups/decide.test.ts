import assert from "node:assert/strict";
import { test } from "node:test";
import { SUSPENDED_REASONS } from "@credits-kit/contract";
import fc from "fast-check";
import {
  type AutoTopUpFacts,
  type AutoTopUpRule,
  decideAutoTopUp,
  type Selling,
  thresholdOf,
} from "./decide.ts";
import { AUTO_PACE } from "./pace.ts";

const ONE = 1_000_000n;
const NOW = Date.UTC(2026, 10, 22);

/** A cent a credit. */
function selling(min: bigint | null = null, max: bigint | null = null): Selling {
  return {
    currency: "usd",
    min,
    max,
    grantExpiresAfter: null,
    worth: (minor) => minor * ONE,
    price: (credits) => (credits < ONE ? null : { pricePerCredit: "0.01", totalMinor: credits / ONE }),
  };
}

const rule: AutoTopUpRule = {
  enabled: true,
  threshold: { credits: 100n * ONE },
  amount: { target: 600n * ONE },
  limitMinor: null,
  pausedUntil: null,
  suspendedReason: null,
};
const facts: AutoTopUpFacts = {
  available: 99n * ONE,
  onItsWay: 0n,
  attempt: null,
  spentMinor: 0n,
  inFlightMinor: 0n,
  recent: [],
  selling: selling(),
};

/** The credits that are bought, or why none are. */
function outcome(ruleChange: Partial<AutoTopUpRule>, factsChange: Partial<AutoTopUpFacts> = {}) {
  const decision = decideAutoTopUp({ ...rule, ...ruleChange }, { ...facts, ...factsChange }, NOW);
  return decision.kind === "buy" ? decision.credits / ONE : decision.state;
}

test("below the threshold it buys what is missing to the target, or the fixed amount", () => {
  assert.equal(outcome({}), 501n);
  assert.equal(outcome({ amount: { credits: 250n * ONE } }), 250n);
  assert.equal(outcome({}, { available: 100n * ONE }), "active");
  assert.equal(outcome({}, { available: -50n * ONE }), 650n);
});

test("credits on their way count as if they were there", () => {
  assert.equal(outcome({}, { onItsWay: ONE }), "active");
  assert.equal(outcome({}, { available: 0n, onItsWay: 50n * ONE }), 550n);
});

test("a threshold in money is what it buys", () => {
  assert.equal(outcome({ threshold: { minor: 99n } }), "active");
  assert.equal(outcome({ threshold: { minor: 100n } }), 501n);
  assert.equal(thresholdOf({ threshold: { minor: 100n } }, null), null);
});

test("a gap below the plan's min buys min, one above its max buys max", () => {
  assert.equal(outcome({ amount: { target: 101n * ONE } }, { selling: selling(50n * ONE) }), 50n);
  assert.equal(outcome({}, { selling: selling(null, 200n * ONE) }), 200n);
  assert.equal(outcome({ amount: { credits: 9n * ONE } }, { selling: selling(50n * ONE) }), 50n);
});

test("a limit that an attempt would exceed stops it, what is in flight included", () => {
  assert.equal(outcome({ limitMinor: 501n }), 501n);
  assert.equal(outcome({ limitMinor: 500n }), "limit_reached");
  assert.equal(outcome({ limitMinor: 1_000n }, { spentMinor: 300n, inFlightMinor: 200n }), "limit_reached");
  assert.equal(outcome({ limitMinor: 10n }, { available: 1_000n * ONE, spentMinor: 10n }), "limit_reached");
});

test("pauses, suspensions and a plan that sells nothing say why nothing is bought", () => {
  assert.equal(outcome({ pausedUntil: NOW + 1 }), "cooling_down");
  assert.equal(outcome({ pausedUntil: NOW }), 501n);
  assert.equal(outcome({ suspendedReason: "declined" }), "suspended");
  assert.equal(outcome({}, { selling: null }), "suspended");
  assert.equal(outcome({}, { attempt: "action_required" }), "action_required");
});

test("complaint 20: no more than three attempts in ten minutes, however small they are", () => {
  const { windowMs } = AUTO_PACE.rate;
  const recent = [NOW - windowMs + 1, NOW - 200_000, NOW - 100_000];
  const decision = decideAutoTopUp(rule, { ...facts, recent }, NOW);
  assert.deepEqual(decision.kind === "rest" && [decision.state, decision.until], ["cooling_down", NOW + 1]);
  assert.equal(outcome({}, { recent: [NOW - windowMs, NOW - 200_000, NOW - 100_000] }), 501n);
});

const micro = fc.bigInt({ min: 1n, max: 10_000n }).map((credits) => credits * ONE);
const minor = fc.bigInt({ min: 0n, max: 20_000n });
const anyRule: fc.Arbitrary<AutoTopUpRule> = fc.record({
  enabled: fc.boolean(),
  threshold: fc.oneof(fc.record({ credits: micro }), fc.record({ minor })),
  amount: fc.oneof(fc.record({ target: micro }), fc.record({ credits: micro })),
  limitMinor: fc.option(fc.bigInt({ min: 1n, max: 20_000n })),
  pausedUntil: fc.option(fc.integer({ min: NOW - 5, max: NOW + 5 })),
  suspendedReason: fc.option(fc.constantFrom(...SUSPENDED_REASONS), { freq: 1 }),
});
const anyFacts: fc.Arbitrary<AutoTopUpFacts> = fc.record({
  available: fc.bigInt({ min: -10_000n * ONE, max: 10_000n * ONE }),
  onItsWay: fc.oneof(fc.constant(0n), micro),
  attempt: fc.option(fc.constantFrom("in_flight", "action_required")),
  spentMinor: minor,
  inFlightMinor: minor,
  recent: fc.array(fc.integer({ min: NOW - 700_000, max: NOW }), { maxLength: 4 }),
  selling: fc.option(
    fc.tuple(fc.option(micro), fc.option(micro)).map(([min, max]) => {
      const isCrossed = min !== null && max !== null && min > max;
      return isCrossed ? selling(max, min) : selling(min, max);
    }),
  ),
});

test("whatever the facts are: never over the limit, never two at once, never while it may not", () => {
  fc.assert(
    fc.property(anyRule, anyFacts, (anyOf, given) => {
      const decision = decideAutoTopUp(anyOf, given, NOW);
      if (decision.kind === "rest") return;
      const { limitMinor, enabled, suspendedReason, pausedUntil } = anyOf;
      assert.ok(enabled && suspendedReason === null && given.attempt === null);
      assert.ok((pausedUntil ?? 0) <= NOW);
      const used = given.spentMinor + given.inFlightMinor + decision.totalMinor;
      assert.ok(limitMinor === null || used <= limitMinor);
      assert.ok(given.recent.filter((began) => began > NOW - AUTO_PACE.rate.windowMs).length < 3);
      assert.ok(decision.credits > 0n);
      const { min = null, max = null } = given.selling ?? {};
      assert.ok(min === null || decision.credits >= min);
      assert.ok(max === null || decision.credits <= max);
      const threshold = thresholdOf(anyOf, given.selling);
      assert.ok(threshold !== null && given.available + given.onItsWay < threshold);
    }),
  );
});

test("whatever the facts are: it goes on whenever it may, and says why not otherwise", () => {
  fc.assert(
    fc.property(anyRule, anyFacts, (anyOf, given) => {
      const decision = decideAutoTopUp(anyOf, given, NOW);
      if (decision.kind === "buy" || decision.state !== "active") return;
      // Nothing stands in its way: then there is enough, or it is not wanted.
      const threshold = thresholdOf(anyOf, given.selling);
      const has = given.available + given.onItsWay;
      const gap = "target" in anyOf.amount ? anyOf.amount.target - has : 1n;
      assert.ok(!anyOf.enabled || threshold === null || has >= threshold || gap <= 0n);
    }),
  );
});
