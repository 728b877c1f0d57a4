import assert from "node:assert/strict";
import { test } from "node:test";
import { customerInput, eventsBody, featureInput, grantInput, planInput } from "@credits-kit/contract";
import type { z } from "zod";
import { ServiceError } from "../errors.ts";
import { parseBy } from "./validation.ts";

function refusal(schema: z.ZodType, input: unknown): ServiceError {
  try {
    parseBy(schema, input);
  } catch (error) {
    assert.ok(error instanceof ServiceError);
    return error;
  }
  throw new assert.AssertionError({ message: "it was accepted" });
}

const told = (schema: z.ZodType, input: unknown) =>
  refusal(schema, input).errors.map(({ path, message }) => `${path}: ${message}`);

test("every fault names its field and says what is wanted", () => {
  assert.deepEqual(told(featureInput, { name: 5, unit: { singular: "a" }, extra: 1, more: 2 }), [
    "name: must be text",
    "unit.plural: is required",
    "extra: is not known",
    "more: is not known",
  ]);
  assert.deepEqual(told(featureInput, {}), ["name: is required"]);
  assert.deepEqual(told(featureInput, null), [": must be an object"]);
  assert.deepEqual(told(featureInput, []), [": must be an object"]);
  assert.deepEqual(told(customerInput, {}), ["id: give an id, or a name to make one from"]);
  assert.deepEqual(told(customerInput, { id: "a", metadata: { "a b": "x" } }), [
    "metadata.a b: is not a usable name: must be 1 to 40 of the characters A-Z a-z 0-9 _ . -",
  ]);
});

test("a place in a list is named", () => {
  const rates = [
    { featureId: "a", creditsPerUnit: 1 },
    { featureId: "b c", creditsPerUnit: [] },
  ];
  assert.deepEqual(told(planInput, { name: "P", creditTypeId: "c", limit: "maybe", rates }), [
    "limit: must be one of hard, soft",
    "rates.1.featureId: must be 1 to 128 of the characters A-Z a-z 0-9 . _ : -",
    "rates.1.creditsPerUnit: must be text or a number",
  ]);
});

test("of a union the form is judged that was meant", () => {
  assert.deepEqual(told(eventsBody, { events: [{ id: "e", customerId: "c", featureId: "f" }, { id: 1 }] }), [
    "events.1.id: must be text",
    "events.1.customerId: is required",
    "events.1.featureId: is required",
  ]);
  const bare = { id: "e", customerId: "c", featureId: "f" };
  assert.deepEqual(told(eventsBody, { ...bare, quantity: -1 }), ["quantity: must not be negative"]);
  assert.deepEqual(told(eventsBody, { ...bare, quantity: true }), ["quantity: must be text or a number"]);
  assert.deepEqual(told(eventsBody, { events: [] }), ["events: must be a list of at least 1"]);
  assert.deepEqual(told(eventsBody, { events: 7 }), ["events: must be a list"]);
  assert.deepEqual(told(eventsBody, null), [": must be an object"]);
  assert.deepEqual(told(eventsBody, { ...bare, colour: "red" }), ["colour: is not known"]);
});

test("one code that all faults share is the problem's code", () => {
  const grant = { customerId: "c", creditTypeId: "t", category: "promo" };
  assert.equal(refusal(grantInput, { ...grant, amount: "1000000000001" }).code, "amount_out_of_range");
  assert.equal(
    refusal(grantInput, { ...grant, amount: "1000000000001", priority: -1 }).code,
    "validation_failed",
  );
  assert.equal(refusal(grantInput, { ...grant, amount: -1 }).code, "validation_failed");
  assert.equal(refusal(grantInput, { ...grant, amount: NaN }).status, 422);
});

test("a made-up key is told short and on one line, and no more than fifty faults are", () => {
  const key = `evil\n\u001b[31m${"x".repeat(5000)}`;
  const [path = ""] = refusal(featureInput, { name: "n", [key]: 1 }).errors.map((error) => error.path);
  assert.match(path, /^evil\?\?\[31mx+\.\.\.$/);
  assert.ok(path.length <= 64);
  const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key${index}`, index]));
  assert.equal(refusal(featureInput, { name: "n", ...many }).errors.length, 50);
});
