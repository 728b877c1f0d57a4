import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { formatCredits, MAX_GRANT, ONE_CREDIT, parseCredits } from "@credits-kit/amounts";
import fc from "fast-check";
import { parseFormula } from "./formula.ts";
import { costOf, type Rate, type RateTier } from "./rate.ts";

const plain = { unitsBefore: 0n, dimensions: null };

describe("what a quantity costs", () => {
  for (const [quantity, creditsPerUnit, cost] of [
    ["1", "5", "5"],
    ["3", "0.5", "1.5"],
    ["0", "5", "0"],
    ["7", "0", "0"],
    ["0.5", "0.000001", "0.000001"],
    ["0.4", "0.000001", "0"],
    ["1000000000000", "0.000001", "1000000"],
  ] as const) {
    test(`${quantity} at ${creditsPerUnit} credits each are ${cost}`, () => {
      const rate: Rate = { kind: "unit", creditsPerUnit: parseCredits(creditsPerUnit) };
      assert.equal(costOf(rate, { ...plain, quantity: parseCredits(quantity) }), parseCredits(cost));
    });
  }
});

describe("what tiers cost", () => {
  const rate = tiered([
    ["10", "3"],
    ["20", "2"],
    [null, "1"],
  ]);
  for (const [before, quantity, cost] of [
    ["0", "0", "0"],
    ["0", "1", "3"],
    ["0", "10", "30"],
    ["0", "11", "32"],
    ["9", "1", "3"],
    ["10", "1", "2"],
    ["9.5", "1", "2.5"],
    ["0", "25", "55"],
    ["19", "2", "3"],
    ["20", "1", "1"],
    ["1000000000000", "7", "7"],
  ] as const) {
    test(`${quantity} units after ${before} are ${cost}`, () => {
      const usage = {
        quantity: parseCredits(quantity),
        unitsBefore: parseCredits(before),
        dimensions: null,
      };
      assert.equal(formatCredits(costOf(rate, usage)), cost);
    });
  }

  test("the whole is rounded once, not each tier", () => {
    const thin = tiered([
      ["0.5", "0.000001"],
      [null, "0.000001"],
    ]);
    const usage = { quantity: parseCredits("1"), unitsBefore: 0n, dimensions: null };
    assert.equal(formatCredits(costOf(thin, usage)), "0.000001");
  });
});

const amount = fc.oneof(
  fc.bigInt(0n, 3n * ONE_CREDIT),
  fc.bigInt(0n, MAX_GRANT),
  fc.bigInt(0n, 50n).map((whole) => whole * ONE_CREDIT),
);
const anyTiers = fc
  .tuple(
    fc.uniqueArray(fc.bigInt(1n, 40n * ONE_CREDIT), { maxLength: 6 }),
    fc.array(amount, { minLength: 7, maxLength: 7 }),
  )
  .map(([ends, prices]): RateTier[] => {
    const ascending = ends.toSorted((left, right) => (left < right ? -1 : 1));
    return [...ascending, null].map((upTo, index) => ({ upTo, creditsPerUnit: prices[index] ?? 0n }));
  });

test("each unit costs what its own place says, wherever the usage begins (complaint 41)", () => {
  fc.assert(
    fc.property(anyTiers, fc.bigInt(0n, 60n), fc.bigInt(0n, 60n), (tiers, before, count) => {
      const rate: Rate = { kind: "tiered", tiers };
      const usage = { unitsBefore: before * 500_000n, quantity: count * 500_000n, dimensions: null };
      // By hand: half a unit at a time, each piece cut at every end that lies in it.
      let exact = 0n;
      for (let at = usage.unitsBefore; at < usage.unitsBefore + usage.quantity; at += 500_000n) {
        const cuts = tiers.flatMap(({ upTo }) =>
          upTo !== null && upTo > at && upTo < at + 500_000n ? [upTo] : [],
        );
        const marks = [at, ...cuts, at + 500_000n];
        for (let index = 1; index < marks.length; index += 1) {
          const [from = 0n, to = 0n] = [marks[index - 1], marks[index]];
          const tier = tiers.find(({ upTo }) => upTo === null || from < upTo);
          exact += (to - from) * (tier?.creditsPerUnit ?? 0n);
        }
      }
      assert.equal(costOf(rate, usage), halfUp(exact, ONE_CREDIT));
    }),
  );
});

test("usage split over any number of events costs what it costs in one, up to rounding each (complaint 41)", () => {
  fc.assert(
    fc.property(
      anyTiers,
      amount,
      fc.array(amount, { minLength: 1, maxLength: 12 }),
      (tiers, before, parts) => {
        const rate: Rate = { kind: "tiered", tiers };
        const quantity = parts.reduce((sum, part) => sum + part, 0n);
        const whole = costOf(rate, { quantity, unitsBefore: before, dimensions: null });
        let unitsBefore = before;
        let split = 0n;
        for (const part of parts) {
          split += costOf(rate, { quantity: part, unitsBefore, dimensions: null });
          unitsBefore += part;
        }
        const apart = split > whole ? split - whole : whole - split;
        // Each cost is off by at most half a micro-credit.
        assert.ok(2n * apart <= BigInt(parts.length + 1), `${split} in parts, ${whole} at once`);
      },
    ),
  );
});

test("more units never cost less, and a price that is the same in every tier is that of no tiers", () => {
  fc.assert(
    fc.property(anyTiers, fc.tuple(amount, amount, amount), (tiers, [unitsBefore, quantity, more]) => {
      const rate: Rate = { kind: "tiered", tiers };
      const usage = { quantity, unitsBefore, dimensions: null };
      assert.ok(costOf(rate, usage) <= costOf(rate, { ...usage, quantity: quantity + more }));
      const [{ creditsPerUnit } = { creditsPerUnit: 0n }] = tiers;
      const flat: Rate = { kind: "tiered", tiers: tiers.map((tier) => ({ ...tier, creditsPerUnit })) };
      assert.equal(costOf(flat, usage), costOf({ kind: "unit", creditsPerUnit }, usage));
    }),
  );
});

test("a formula's price times the quantity is rounded once, half up", () => {
  const rate: Rate = { kind: "formula", formula: parseFormula("tokens / 3") };
  const cost = (tokens: number, quantity: string) =>
    formatCredits(
      costOf(rate, { quantity: parseCredits(quantity), unitsBefore: 0n, dimensions: { tokens } }),
    );
  assert.equal(cost(1, "1"), "0.333333");
  assert.equal(cost(2, "1"), "0.666667");
  assert.equal(cost(1, "3"), "1");
  assert.equal(cost(1, "0.000004"), "0.000001");
  assert.equal(cost(0, "1000000000000"), "0");
});

function tiered(tiers: readonly (readonly [string | null, string])[]): Rate {
  return {
    kind: "tiered",
    tiers: tiers.map(([upTo, creditsPerUnit]) => ({
      upTo: upTo === null ? null : parseCredits(upTo),
      creditsPerUnit: parseCredits(creditsPerUnit),
    })),
  };
}

/** The nearest integer of a fraction, written another way than the code under test. */
function halfUp(dividend: bigint, divisor: bigint): bigint {
  return (2n * dividend + divisor) / (2n * divisor);
}
