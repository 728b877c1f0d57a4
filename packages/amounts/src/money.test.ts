import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { currencyExponent, MAX_POOL, parseCredits, parsePrice, priceOf } from "./index.ts";
import { equal, nearest, rational, times } from "./test-support/rational.ts";
import { assertRefused } from "./test-support/refused.ts";

const digits = (max: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: max });
const anyPrice = fc
  .tuple(digits(12), fc.option(digits(12)))
  .map(([whole, fraction]) => (fraction === null ? whole : `${whole}.${fraction}`));

describe("currencies have the decimals that they are charged in", () => {
  // Independent list, from ISO 4217: what is not named here has two.
  const minorUnits: Record<string, 0 | 2 | 3> = {
    usd: 2,
    eur: 2,
    gbp: 2,
    chf: 2,
    inr: 2,
    brl: 2,
    czk: 2,
    sek: 2,
    jpy: 0,
    krw: 0,
    vnd: 0,
    clp: 0,
    pyg: 0,
    xaf: 0,
    xof: 0,
    xpf: 0,
    bif: 0,
    djf: 0,
    gnf: 0,
    kmf: 0,
    rwf: 0,
    vuv: 0,
    bhd: 3,
    jod: 3,
    kwd: 3,
    omr: 3,
    tnd: 3,
  };
  for (const [currency, exponent] of Object.entries(minorUnits)) {
    test(`${currency} has ${exponent}, however it is written`, () => {
      assert.equal(currencyExponent(currency), exponent);
      assert.equal(currencyExponent(currency.toUpperCase()), exponent);
    });
  }
});

test("isk and ugx are charged in hundredths, though nobody has any: 5 are 500", () => {
  for (const currency of ["isk", "ugx"]) {
    assert.equal(priceOf(parseCredits("1"), { amount: "5", currency }), 500n);
  }
});

describe("a price per credit is read exactly", () => {
  test("any decimal of at most 12 digits on either side keeps its value", () => {
    fc.assert(
      fc.property(anyPrice, (text) => {
        const { digits: top, scale } = parsePrice(text);
        assert.ok(equal({ top, bottom: 10n ** BigInt(scale) }, rational(text)));
      }),
    );
  });

  for (const text of [
    "",
    " ",
    " 1",
    "1 ",
    "-1",
    "-0",
    "+1",
    "1e3",
    "0x10",
    "١",
    "1,5",
    ".5",
    "5.",
    "1.2.3",
    "NaN",
    "Infinity",
    "1\n",
    "1234567890123",
    "0.1234567890123",
    "$1",
  ]) {
    test(`${JSON.stringify(text)} is refused`, () => assertRefused(() => parsePrice(text), "malformed"));
  }
});

describe("what credits cost", () => {
  for (const [credits, amount, currency, minor] of [
    ["1000", "0.012", "usd", 1200n],
    ["1", "0.005", "usd", 1n],
    ["1", "0.0049", "usd", 0n],
    ["0.000001", "1", "usd", 0n],
    ["3", "0.335", "usd", 101n],
    ["1000", "1.5", "jpy", 1500n],
    ["1", "0.4", "jpy", 0n],
    ["1", "0.5", "jpy", 1n],
    ["1", "0.0125", "kwd", 13n],
    ["1000000000000", "999999999999.999999999999", "kwd", 999_999_999_999_999_999_999_999_000n],
  ] as const) {
    test(`${credits} credits at ${amount} ${currency} are ${minor} minor units`, () => {
      assert.equal(priceOf(parseCredits(credits), { amount, currency }), minor);
    });
  }

  test("it is the exact product, rounded half up once at the end, in every currency", () => {
    const anyCredits = fc.bigInt({ min: 0n, max: MAX_POOL });
    fc.assert(
      fc.property(
        anyCredits,
        anyPrice,
        fc.constantFrom("usd", "jpy", "kwd", "EUR"),
        (micro, amount, currency) => {
          const exact = times({ top: micro, bottom: 1_000_000n }, rational(amount));
          const minorPerMajor = { usd: 100n, eur: 100n, jpy: 1n, kwd: 1000n }[currency.toLowerCase()] ?? 0n;
          const expected = nearest(times(exact, { top: minorPerMajor, bottom: 1n }));
          assert.equal(priceOf(micro, { amount, currency }), expected);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("a price that is no decimal is refused before anything is computed", () => {
    assertRefused(() => priceOf(1n, { amount: "1e3", currency: "usd" }), "malformed");
  });
});
