import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseCredits } from "@credits-kit/amounts";
import { costOf } from "./rate.ts";

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
      const rate = { featureId: "image", creditsPerUnit: parseCredits(creditsPerUnit) };
      assert.equal(costOf(rate, parseCredits(quantity)), parseCredits(cost));
    });
  }
});
