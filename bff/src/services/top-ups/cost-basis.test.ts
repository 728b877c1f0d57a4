import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCredits } from "@credits-kit/amounts";
import { costBasisOf } from "./cost-basis.ts";

test("what a credit cost is what was paid for it, to twelve decimals, half up", () => {
  for (const [paidMinor, currency, credits, amount] of [
    [500n, "usd", "500", "0.01"],
    [400n, "usd", "500", "0.008"],
    [100n, "usd", "3", "0.333333333333"],
    [200n, "usd", "3", "0.666666666667"],
    [500n, "jpy", "333", "1.501501501502"],
    [1030n, "kwd", "333", "0.003093093093"],
    [0n, "usd", "500", "0"],
    [1n, "usd", "1000000000000", "0"],
    [99_999_999_999n, "usd", "0.000001", "999999999990000"],
  ] as const) {
    const basis = costBasisOf({ paidMinor, currency, credits: parseCredits(credits) });
    assert.deepEqual(basis, { amount, currency }, `${paidMinor} ${currency} for ${credits}`);
  }
});
