import assert from "node:assert/strict";
import test from "node:test";
import { clientOf, startForTest } from "../test-support/start.ts";

test("a fault meets only the requests that it names, as often as it says", async (t) => {
  const { stripe, control } = await startForTest(t);
  control.addFault({ kind: "status", status: 409, method: "POST", path: "/v1/customers/*", times: 2 });
  const { id } = await stripe.customers.create({});
  await stripe.customers.retrieve(id);
  await assert.rejects(stripe.customers.update(id, { name: "Ann" }), {
    statusCode: 409,
    code: "lock_timeout",
  });
  await assert.rejects(stripe.customers.update(id, { name: "Ann" }), { statusCode: 409 });
  assert.equal((await stripe.customers.update(id, { name: "Ann" })).name, "Ann");
});

test("a dropped request did nothing; one that is answered 500 after the work did it", async (t) => {
  const { stripe, control } = await startForTest(t);
  // Twice: the client sends once more by itself when a connection was closed.
  control.addFault({ kind: "drop", times: 2 });
  await assert.rejects(stripe.customers.create({}), { type: "StripeConnectionError" });
  assert.equal(control.objects["customers"], 0);
  control.addFault({ kind: "status", status: 500, afterWork: true });
  await assert.rejects(stripe.customers.create({}), { type: "StripeAPIError" });
  assert.equal(control.objects["customers"], 1);
});

test("the official client gets over a timeout by itself, and only one object is made", async (t) => {
  const { sandbox, control } = await startForTest(t);
  const stripe = clientOf(sandbox, { maxNetworkRetries: 1 });
  control.addFault({ kind: "timeout_after_success" });
  await stripe.customers.create({ name: "Ann" });
  assert.equal(control.objects["customers"], 1);
  assert.deepEqual(
    control.requests.map(({ status, path }) => [status, path]),
    [
      [0, "/v1/customers"],
      [200, "/v1/customers"],
    ],
  );
  assert.equal(control.requests[0]?.idempotencyKey, control.requests[1]?.idempotencyKey);
});

test("faults can be called off", async (t) => {
  const { stripe, control } = await startForTest(t);
  control.addFault({ kind: "status", status: 500, times: 100 });
  control.clearFaults();
  await stripe.customers.create({});
});
