import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkBody, checkQuery } from "../resources/checks.ts";
import { consumption } from "../resources/consumption.ts";
import { holdInput } from "../resources/holds.ts";
import { assertRefused, invalid, taken } from "../test-support/reading.ts";
import { spendingOf } from "./spending.ts";

const named = { id: "op-1", customerId: "cus_lena" };
const places = [
  ["a consumption", consumption, named],
  ["a hold", holdInput, named],
  ["a check", checkBody, {}],
  ["a check in a query", checkQuery, {}],
] as const;

for (const [name, schema, base] of places) {
  const refused = (spending: object, ...faults: string[]) =>
    assertRefused(schema, { ...base, ...spending }, ...faults);

  describe(`${name} spends on a feature or burns a credit type`, () => {
    test("and says which", () => {
      taken(schema, { ...base, featureId: "image" });
      taken(schema, { ...base, featureId: "image", quantity: "0.5" });
      taken(schema, { ...base, creditTypeId: "ai-tokens", amount: "12.5" });
      refused({}, invalid("featureId"));
      refused({ quantity: "1" }, invalid("featureId"));
    });

    test("but not both: what is too much is named", () => {
      const feature = { featureId: "image", quantity: "1" };
      refused({ ...feature, creditTypeId: "ai-tokens" }, invalid("creditTypeId"));
      refused({ ...feature, amount: "1" }, invalid("amount"));
      refused(
        { ...feature, creditTypeId: "ai-tokens", amount: "1" },
        invalid("creditTypeId"),
        invalid("amount"),
      );
      refused({ creditTypeId: "ai-tokens", amount: "1", quantity: "1" }, invalid("quantity"));
    });

    test("and completely: what is missing is named", () => {
      refused({ creditTypeId: "ai-tokens" }, invalid("amount"));
      refused({ amount: "1" }, invalid("creditTypeId"));
      refused({ creditTypeId: "ai-tokens", quantity: "1" }, invalid("amount"), invalid("quantity"));
    });

    test("in amounts within range: only the amount is at fault", () => {
      for (const amount of ["0", "-1", "1e3", "x", ""]) {
        refused({ creditTypeId: "ai-tokens", amount }, invalid("amount"));
      }
      refused({ creditTypeId: "ai-tokens", amount: "1000000000000.000001" }, "amount: amount_out_of_range");
      refused({ featureId: "image", quantity: "1000000000001" }, "quantity: amount_out_of_range");
    });
  });
}

test("a feature is spent once if no quantity is given; amounts are read into millionths", () => {
  assert.deepEqual(spendingOf(taken(checkBody, { featureId: "image" })), {
    kind: "feature",
    featureId: "image",
    quantity: 1_000_000n,
  });
  assert.deepEqual(spendingOf(taken(checkBody, { creditTypeId: "ai-tokens", amount: "0.000001" })), {
    kind: "direct",
    creditTypeId: "ai-tokens",
    amount: 1n,
  });
  assert.throws(() => spendingOf({ quantity: 1n }), TypeError);
});
