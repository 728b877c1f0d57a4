import assert from "node:assert/strict";
import test from "node:test";
import Stripe from "stripe";
import { payOffSession, saveCard, startForTest } from "../test-support/start.ts";

const payment = { amount: 2000, currency: "usd" } as const;

test("a key that is sent again answers the first result and does nothing", async (t) => {
  const { stripe, control } = await startForTest(t);
  const first = await stripe.paymentIntents.create(payment, { idempotencyKey: "k1" });
  const again = await stripe.paymentIntents.create(payment, { idempotencyKey: "k1" });
  assert.equal(again.id, first.id);
  assert.equal(again.lastResponse.headers["idempotent-replayed"], "true");
  assert.equal(first.lastResponse.headers["idempotent-replayed"], undefined);
  assert.equal(control.objects["paymentIntents"], 1);
});

test("a key that comes with another request is an error", async (t) => {
  const { stripe } = await startForTest(t);
  await stripe.paymentIntents.create(payment, { idempotencyKey: "k1" });
  await assert.rejects(
    stripe.paymentIntents.create({ ...payment, amount: 3000 }, { idempotencyKey: "k1" }),
    (error) => {
      assert.ok(error instanceof Stripe.errors.StripeIdempotencyError);
      assert.equal(error.statusCode, 400);
      return true;
    },
  );
  await assert.rejects(stripe.customers.create({}, { idempotencyKey: "k1" }), {
    type: "StripeIdempotencyError",
  });
});

test("a decline and a 500 are kept under their key; a refused parameter and a 429 are not", async (t) => {
  const { stripe, control } = await startForTest(t);
  const saved = await saveCard(stripe, "pm_card_chargeCustomerFail");
  const decline = { type: "StripeCardError", decline_code: "generic_decline" };
  const pay = (): Promise<unknown> =>
    stripe.paymentIntents.create(
      {
        ...payment,
        customer: saved.customer,
        payment_method: saved.card,
        off_session: true,
        confirm: true,
        return_url: "https://a.test",
      },
      { idempotencyKey: "declined" },
    );
  await assert.rejects(pay(), decline);
  await assert.rejects(pay(), decline);
  assert.equal(control.objects["charges"], 1);

  control.addFault({ kind: "status", status: 500, path: "/v1/customers" });
  await assert.rejects(stripe.customers.create({}, { idempotencyKey: "e500" }), {
    type: "StripeAPIError",
    statusCode: 500,
  });
  await assert.rejects(stripe.customers.create({}, { idempotencyKey: "e500" }), { statusCode: 500 });

  control.addFault({ kind: "status", status: 429 });
  await assert.rejects(stripe.customers.create({}, { idempotencyKey: "e429" }), {
    type: "StripeRateLimitError",
  });
  await stripe.customers.create({}, { idempotencyKey: "e429" });

  await assert.rejects(stripe.customers.create({ email: "nobody" }, { idempotencyKey: "bad" }), {
    code: "email_invalid",
  });
  await stripe.customers.create({ email: "ann@example.com" }, { idempotencyKey: "bad" });
});

test("a second request with a key in use meets a conflict, and the first one goes on", async (t) => {
  const { stripe, control } = await startForTest(t);
  control.addFault({ kind: "hold", method: "POST" });
  const first = stripe.customers.create({}, { idempotencyKey: "k1" });
  while (control.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await assert.rejects(stripe.customers.create({}, { idempotencyKey: "k1" }), {
    code: "idempotency_key_in_use",
    statusCode: 409,
  });
  control.releaseHeld();
  assert.match((await first).id, /^cus_/);
  assert.equal(control.objects["customers"], 1);
});

test("keys are forgotten after a day", async (t) => {
  const { stripe, control } = await startForTest(t);
  await stripe.customers.create({}, { idempotencyKey: "k1" });
  control.advanceClock(24 * 60 * 60);
  await stripe.customers.create({}, { idempotencyKey: "k1" });
  assert.equal(control.objects["customers"], 2);
});

test("a payment that is sent again with its key takes the money once, whatever the connection did", async (t) => {
  const { stripe, control } = await startForTest(t);
  const saved = await saveCard(stripe);
  // Twice: the client sends once more by itself when a connection was closed.
  control.addFault({ kind: "timeout_after_success", path: "/v1/payment_intents", times: 2 });
  const create = (): Promise<Stripe.PaymentIntent> =>
    stripe.paymentIntents.create(
      {
        ...payment,
        customer: saved.customer,
        payment_method: saved.card,
        off_session: true,
        confirm: true,
        return_url: "https://a.test",
      },
      { idempotencyKey: "attempt-1" },
    );
  await assert.rejects(create(), { type: "StripeConnectionError" });
  assert.equal((await create()).status, "succeeded");
  assert.equal(control.objects["charges"], 1);
  assert.equal((await payOffSession(stripe, saved)).status, "succeeded");
});
