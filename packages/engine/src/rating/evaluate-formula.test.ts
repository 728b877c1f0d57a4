import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type Dimensions, unitPriceOf } from "./evaluate-formula.ts";
import { PricingError } from "./formula-error.ts";
import { parseFormula } from "./formula.ts";

/** A price as a fraction in lowest terms. */
function priceOf(text: string, dimensions: Dimensions | null = null): string {
  const { numerator, denominator } = unitPriceOf(parseFormula(text), dimensions);
  const divisor = greatestCommonDivisor(numerator, denominator);
  const [top, bottom] = [numerator / divisor, denominator / divisor];
  return bottom === 1n ? `${top}` : `${top}/${bottom}`;
}

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  return right === 0n ? (left < 0n ? -left : left) : greatestCommonDivisor(right, left % right);
}

function faultOf(text: string, dimensions: Dimensions | null): [string | null, string] {
  try {
    unitPriceOf(parseFormula(text), dimensions);
  } catch (error) {
    assert.ok(error instanceof PricingError, String(error));
    return [error.dimension, error.message];
  }
  assert.fail(`${text} has a price`);
}

const OWN: Dimensions = Object.fromEntries([
  ["constructor", 1],
  ["toString", 2],
]);

describe("a formula's price", () => {
  for (const [text, dimensions, price] of [
    ["0.5 + tokens * 0.002", { tokens: 1000 }, "5/2"],
    ["1 - 2 * a + 4", { a: 2 }, "1"],
    ["(1 + a) * 3", { a: 1 }, "6"],
    ["8 / a / 2", { a: 2 }, "2"],
    ["8 - a - 2", { a: 2 }, "4"],
    ["-a + 5", { a: 2 }, "3"],
    ["-a * -a", { a: 3 }, "9"],
    ["a / 3", { a: 1 }, "1/3"],
    ["a / -2 + 2", { a: 1 }, "3/2"],
    ["min(a, 2, 3) + max(a, 2, 3)", { a: 1 }, "4"],
    ["ceil(a) * 100 + floor(a) * 10 + round(a)", { a: 1.5 }, "212"],
    ["10 + ceil(-a) * 1 + 0", { a: 1.5 }, "9"],
    ["10 + floor(-a)", { a: 1.5 }, "8"],
    ["10 + floor(-a)", { a: 2 }, "8"],
    ["10 + round(-a)", { a: 1.5 }, "8"],
    ["a * 10", { a: 0.1 }, "1"],
    ["a", { a: 1e-7 }, "1/10000000"],
    ["a / 1000000000", { a: 1e18 }, "1000000000"],
    ["a", { a: 0 }, "0"],
    ["a", { a: -0 }, "0"],
    ["constructor + toString", OWN, "3"],
  ] satisfies [string, Dimensions, string][]) {
    test(`${text} with ${JSON.stringify(dimensions)} is ${price}`, () =>
      assert.equal(priceOf(text, dimensions), price));
  }

  test("is exact where floating point is not", () => {
    assert.equal(priceOf("(a + b - 0.3) * 999999999999", { a: 0.1, b: 0.2 }), "0");
    assert.equal(priceOf("a / 3 * 3 - a + 0.000000000001", { a: 0.7 }), "1/1000000000000");
  });
});

describe("an event that a formula has no price for", () => {
  const missing = "is missing: the plan's rate counts with it";
  const noNumber = "must be a number: the plan's rate counts with it";
  const size = "must lie between 10^-18 and 10^18, or be 0";
  const inherited: Dimensions = {};
  Object.setPrototypeOf(inherited, { tokens: 5 });
  for (const [text, dimensions, dimension, message] of [
    ["tokens", null, "tokens", missing],
    ["tokens", {}, "tokens", missing],
    ["tokens", inherited, "tokens", missing],
    ["constructor", {}, "constructor", missing],
    ["__proto__", {}, "__proto__", missing],
    ["toString", {}, "toString", missing],
    ["tokens", { tokens: "5" }, "tokens", noNumber],
    ["tokens", { tokens: true }, "tokens", noNumber],
    ["tokens", { tokens: Number.NaN }, "tokens", size],
    ["tokens", { tokens: Number.POSITIVE_INFINITY }, "tokens", size],
    ["tokens", { tokens: 1e19 }, "tokens", size],
    ["tokens", { tokens: -1e300 }, "tokens", size],
    ["tokens", { tokens: 5e-324 }, "tokens", size],
    ["a + 1 / tokens", { a: 1, tokens: 0 }, "tokens", "makes the formula divide by zero"],
    ["1 / (a - b)", { a: 1, b: 1 }, null, "makes the formula divide by zero"],
    ["1 - tokens", { tokens: 2 }, "tokens", "makes the price negative"],
    ["a - b", { a: 1, b: 2 }, null, "makes the price negative"],
    ["tokens", { tokens: 1e13 }, "tokens", "makes the price larger than 10^12 credits"],
  ] satisfies [string, Dimensions | null, string | null, string][]) {
    test(`${text} with ${JSON.stringify(dimensions)}: ${message}`, () =>
      assert.deepEqual(faultOf(text, dimensions), [dimension, message]));
  }
});

test("any formula of four operations agrees with sums of fractions, in any order of evaluation", () => {
  const { tree } = fc.letrec<{ tree: [string, bigint, bigint]; leaf: [string, bigint, bigint] }>((tie) => ({
    leaf: fc.integer({ min: 0, max: 999 }).map((n): [string, bigint, bigint] => [`${n}`, BigInt(n), 1n]),
    tree: fc.oneof(
      { maxDepth: 5 },
      tie("leaf"),
      fc
        .tuple(fc.constantFrom("+", "-", "*", "/"), tie("tree"), tie("tree"))
        .map(([operator, [left, a, b], [right, c, d]]): [string, bigint, bigint] => {
          const text = `(${left} ${operator} ${right})`;
          if (operator === "+") return [text, a * d + c * b, b * d];
          if (operator === "-") return [text, a * d - c * b, b * d];
          if (operator === "*") return [text, a * c, b * d];
          return c === 0n ? [left, a, b] : [text, a * d, b * c];
        }),
    ),
  }));
  fc.assert(
    fc.property(tree, ([text, top, bottom]) => {
      // Squared, so that it is a price; a dimension keeps it from being refused as a constant.
      const whole = `zero + ${text} * ${text}`;
      if (whole.length > 500 || top * top > 10n ** 12n * bottom * bottom) return;
      const { numerator, denominator } = unitPriceOf(parseFormula(whole), { zero: 0 });
      assert.equal(numerator * bottom * bottom, top * top * denominator);
      assert.ok(denominator > 0n);
    }),
  );
});

test("the longest formula with the longest numbers is priced at once", () => {
  const formula = parseFormula(Array(25).fill("a/b").join("*"));
  const began = performance.now();
  for (let n = 0; n < 100; n += 1) {
    unitPriceOf(formula, { a: 1.234567890123456e-18, b: 1.234567890123456e-18 });
  }
  assert.ok(performance.now() - began < 1000);
});
