import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { currencyExponent, parseCredits } from "@credits-kit/amounts";
import fc from "fast-check";
import { type PriceTier, quote, type QuoteRequest, type TopUpTerms } from "./quote.ts";

const usd = (amount: string) => ({ amount, currency: "usd" });
const terms = (more: Partial<TopUpTerms> = {}): TopUpTerms => ({
  prices: [usd("0.01"), { amount: "1.5", currency: "jpy" }, { amount: "0.003", currency: "kwd" }],
  tiers: [],
  packages: [],
  min: null,
  max: null,
  ...more,
});
const tiers: PriceTier[] = [
  { upTo: parseCredits("1000"), ...usd("0.01") },
  { upTo: parseCredits("5000"), ...usd("0.008") },
  { upTo: null, ...usd("0.005") },
];
const packages = [
  { credits: parseCredits("1000"), price: { amountMinor: 700, currency: "usd" }, label: "Starter" },
];

function quoted(
  of: TopUpTerms,
  credits: string,
  more: Partial<QuoteRequest> = {},
): readonly [string, string, bigint] | string {
  const answer = quote(of, { credits: parseCredits(credits), currency: null, agreed: null, ...more });
  if ("refusal" in answer) return answer.refusal;
  return [answer.currency, answer.pricePerCredit, answer.totalMinor];
}

describe("an order of credits", () => {
  test("costs the flat price, in the first currency unless another is asked for", () => {
    assert.deepEqual(quoted(terms(), "250"), ["usd", "0.01", 250n]);
    assert.deepEqual(quoted(terms(), "250", { currency: "jpy" }), ["jpy", "1.5", 375n]);
    assert.deepEqual(quoted(terms(), "250", { currency: "kwd" }), ["kwd", "0.003", 750n]);
  });

  test("is rounded half up to a minor unit, once", () => {
    assert.deepEqual(quoted(terms(), "0.5"), ["usd", "0.01", 1n]);
    assert.deepEqual(quoted(terms(), "0.49"), ["usd", "0.01", 0n]);
    assert.deepEqual(quoted(terms(), "1", { currency: "jpy" }), ["jpy", "1.5", 2n]);
    const halves = [
      { upTo: parseCredits("0.5"), ...usd("0.01") },
      { upTo: null, ...usd("0.01") },
    ];
    assert.deepEqual(quoted(terms({ tiers: halves }), "1"), ["usd", "0.01", 1n]);
  });

  test("counts tiers within itself, and says what a credit comes to", () => {
    const tiered = terms({ tiers });
    assert.deepEqual(quoted(tiered, "1000"), ["usd", "0.01", 1000n]);
    assert.deepEqual(quoted(tiered, "1001"), ["usd", "0.009998001998", 1001n]);
    assert.deepEqual(quoted(tiered, "3000"), ["usd", "0.008666666667", 2600n]);
    assert.deepEqual(quoted(tiered, "6000"), ["usd", "0.007833333333", 4700n]);
    assert.deepEqual(quoted(tiered, "6000", { currency: "jpy" }), ["jpy", "1.5", 9000n]);
  });

  test("of exactly a package costs what the package costs, in its currency", () => {
    const packaged = terms({ tiers, packages });
    assert.deepEqual(quoted(packaged, "1000"), ["usd", "0.007", 700n]);
    assert.deepEqual(quoted(packaged, "999"), ["usd", "0.01", 999n]);
    assert.deepEqual(quoted(packaged, "1000", { currency: "jpy" }), ["jpy", "1.5", 1500n]);
  });

  test("costs what was agreed, whatever the plan's prices and tiers are, and in that currency only", () => {
    const agreed = { amount: "0.002", currency: "eur" };
    assert.deepEqual(quoted(terms({ tiers }), "6000", { agreed }), ["eur", "0.002", 1200n]);
    assert.deepEqual(quoted(terms({ tiers }), "6000", { agreed, currency: "eur" }), ["eur", "0.002", 1200n]);
    assert.equal(quoted(terms({ tiers }), "6000", { agreed, currency: "usd" }), "currency_not_sold");
  });

  test("of exactly a package costs the less of what it costs and what was agreed", () => {
    const packaged = terms({ packages });
    assert.deepEqual(quoted(packaged, "1000", { agreed: usd("0.004") }), ["usd", "0.004", 400n]);
    assert.deepEqual(quoted(packaged, "1000", { agreed: usd("0.008") }), ["usd", "0.007", 700n]);
    assert.deepEqual(quoted(packaged, "1001", { agreed: usd("0.008") }), ["usd", "0.008", 801n]);
  });

  test("is not sold below the least, above the most, or in another currency", () => {
    const bounded = terms({ min: parseCredits("10"), max: parseCredits("20") });
    assert.deepEqual(
      ["9.999999", "10", "20", "20.000001"].map((credits) => {
        const answer = quoted(bounded, credits);
        return typeof answer === "string" ? answer : "sold";
      }),
      ["below_min", "sold", "sold", "above_max"],
    );
    assert.equal(quoted(bounded, "15", { currency: "eur" }), "currency_not_sold");
  });
});

const price = fc.tuple(fc.bigInt(0n, 10n ** 6n), fc.integer({ min: 0, max: 12 })).map(([digits, scale]) => {
  const text = digits.toString().padStart(scale + 1, "0");
  return scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
});
const anyOrder = fc.record({
  currency: fc.constantFrom("usd", "jpy", "kwd"),
  ends: fc.uniqueArray(fc.bigInt(1n, 10n ** 12n), { maxLength: 5 }),
  amounts: fc.array(price, { minLength: 6, maxLength: 6 }),
  credits: fc.oneof(fc.bigInt(1n, 10n ** 8n), fc.bigInt(1n, 10n ** 13n)),
});

function orderOf({ currency, ends, amounts }: { currency: string; ends: bigint[]; amounts: string[] }) {
  const ascending = ends.toSorted((left, right) => (left < right ? -1 : 1));
  const own = [...ascending, null].map((upTo, index) => ({ upTo, amount: amounts[index] ?? "0", currency }));
  return terms({ prices: [{ amount: "9", currency }], tiers: own });
}

function totalOf(of: TopUpTerms, credits: bigint): bigint {
  const answer = quote(of, { credits, currency: null, agreed: null });
  assert.ok(!("refusal" in answer));
  return answer.totalMinor;
}

test("a total is never further than half a minor unit from the exact sum over the tiers (complaint 46)", () => {
  fc.assert(
    fc.property(anyOrder, (order) => {
      const own = orderOf(order);
      // The exact sum in steps of 10^-18 of a major unit: amounts have twelve decimals, credits six.
      let exact = 0n;
      let from = 0n;
      for (const { upTo, amount } of own.tiers) {
        const to = upTo === null || upTo > order.credits ? order.credits : upTo;
        const [whole = "", fraction = ""] = amount.split(".");
        if (to > from) exact += (to - from) * BigInt(`${whole}${fraction.padEnd(12, "0")}`);
        from = to > from ? to : from;
      }
      const unit = 10n ** BigInt(18 - currencyExponent(order.currency));
      const apart = totalOf(own, order.credits) * unit - exact;
      assert.ok(2n * (apart < 0n ? -apart : apart) <= unit);
    }),
  );
});

test("more credits never cost less, and orders in one tier cost what the flat price says", () => {
  fc.assert(
    fc.property(anyOrder, fc.bigInt(0n, 10n ** 13n), (order, more) => {
      const own = orderOf(order);
      assert.ok(totalOf(own, order.credits) <= totalOf(own, order.credits + more));
      const [first] = own.tiers;
      if (!first) return;
      const flat = terms({ prices: [{ amount: first.amount, currency: first.currency }] });
      const within = first.upTo === null || first.upTo > order.credits ? order.credits : first.upTo;
      assert.equal(totalOf(own, within), totalOf(flat, within));
    }),
  );
});

test("what a credit comes to, times the credits, is the total up to rounding", () => {
  fc.assert(
    fc.property(anyOrder, ({ credits, ...order }) => {
      const answer = quote(orderOf(order), { credits, currency: null, agreed: null });
      assert.ok(!("refusal" in answer));
      const [whole = "", fraction = ""] = answer.pricePerCredit.split(".");
      assert.ok(fraction.length <= 12);
      const steps = BigInt(`${whole}${fraction.padEnd(12, "0")}`) * credits;
      const unit = 10n ** BigInt(18 - currencyExponent(order.currency));
      const apart = answer.totalMinor * unit - steps;
      // Half a minor unit, and half of 10^-12 for each credit.
      assert.ok(2n * (apart < 0n ? -apart : apart) <= unit + credits);
    }),
  );
});
