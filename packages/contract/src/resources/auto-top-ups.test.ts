import assert from "node:assert/strict";
import { test } from "node:test";
import { widgetAutoTopUpInput } from "../widget/auto-top-ups.ts";
import { autoTopUpInput, collectionMethodOf } from "./auto-top-ups.ts";

const rule = { enabled: true, threshold: "100", target: "600" };
const faultsOf = (more: object) =>
  (autoTopUpInput.safeParse({ ...rule, ...more }).error?.issues ?? []).map(({ path }) => path.join("."));

test("a rule charges a card unless it says that invoices are sent, in either of the two ways to say it", () => {
  const collected = (more: object) => collectionMethodOf(autoTopUpInput.parse({ ...rule, ...more }));
  assert.equal(collected({}), "charge_automatically");
  assert.equal(collected({ method: "charge" }), "charge_automatically");
  assert.equal(collected({ method: "invoice", daysUntilDue: 14 }), "send_invoice");
  assert.equal(collected({ collectionMethod: "send_invoice", method: "invoice" }), "send_invoice");
});

test("what belongs to the other way of payment, or contradicts it, is refused and named", () => {
  assert.deepEqual(faultsOf({ collectionMethod: "send_invoice", method: "charge" }), ["method"]);
  assert.deepEqual(faultsOf({ collectionMethod: "charge_automatically", method: "invoice" }), ["method"]);
  assert.deepEqual(faultsOf({ method: "invoice", paymentMethodId: "pm_1" }), ["paymentMethodId"]);
  assert.deepEqual(faultsOf({ daysUntilDue: 30 }), ["daysUntilDue"]);
  assert.deepEqual(faultsOf({ collectionMethod: "send_invoice", daysUntilDue: -1 }), ["daysUntilDue"]);
});

test("a widget cannot say how it is paid", () => {
  for (const more of [{ collectionMethod: "send_invoice" }, { method: "invoice" }, { daysUntilDue: 5 }])
    assert.equal(widgetAutoTopUpInput.safeParse({ ...rule, ...more }).success, false);
});
