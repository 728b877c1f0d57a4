import assert from "node:assert/strict";
import test from "node:test";
import Stripe from "stripe";
import { payOffSession, saveCard, startForTest } from "../../test-support/start.ts";

const typesOf = (events: readonly { type: string }[]): string[] => events.map(({ type }) => type);

test("a saved card pays without the person: a charge, a receipt, and the events in their order", async (t) => {
  const { stripe, control } = await startForTest(t);
  const saved = await saveCard(stripe);
  const payment = await payOffSession(stripe, saved, { metadata: { order: "7" }, expand: ["latest_charge"] });
  assert.equal(payment.status, "succeeded");
  assert.equal(payment.amount_received, 2000);
  assert.ok(typeof payment.latest_charge === "object" && payment.latest_charge !== null);
  assert.deepEqual(payment.latest_charge.metadata, { order: "7" });
  const receipt = await fetch(payment.latest_charge.receipt_url ?? "");
  assert.equal(receipt.status, 200);
  assert.match(await receipt.text(), /\$20\.00/);
  assert.deepEqual(typesOf(control.events).slice(-3), [
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.succeeded",
  ]);
});

for (const [token, code, declineCode] of [
  ["pm_card_chargeCustomerFail", "card_declined", "generic_decline"],
  ["pm_card_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"],
  ["pm_card_visa_chargeDeclinedLostCard", "card_declined", "lost_card"],
  ["pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card"],
] as const) {
  test(`a payment with ${token} is declined as ${declineCode}, and another card then pays it`, async (t) => {
    const { stripe } = await startForTest(t);
    const { id: customer } = await stripe.customers.create({});
    let id = "";
    await assert.rejects(
      stripe.paymentIntents.create({
        amount: 500,
        currency: "usd",
        customer,
        payment_method: token,
        confirm: true,
        return_url: "https://a.test",
      }),
      (error) => {
        assert.ok(error instanceof Stripe.errors.StripeCardError);
        assert.equal(error.statusCode, 402);
        assert.equal(error.code, code);
        assert.equal(error.decline_code, declineCode);
        assert.equal(error.payment_intent?.status, "requires_payment_method");
        assert.match(error.charge ?? "", /^ch_/);
        id = error.payment_intent.id;
        return true;
      },
    );
    const failed = await stripe.paymentIntents.retrieve(id, { expand: ["latest_charge"] });
    assert.equal(failed.last_payment_error?.decline_code, declineCode);
    assert.equal(failed.payment_method, null);
    const paid = await stripe.paymentIntents.confirm(id, {
      payment_method: "pm_card_visa",
      return_url: "https://a.test",
    });
    assert.equal(paid.status, "succeeded");
    assert.equal((await stripe.charges.list({ payment_intent: id })).data.length, 2);
  });
}

test("a card that the bank wants confirmed fails without the person, and works with them", async (t) => {
  const { stripe, control } = await startForTest(t);
  const saved = await saveCard(stripe, "pm_card_authenticationRequired");
  let id = "";
  await assert.rejects(payOffSession(stripe, saved), (error) => {
    assert.ok(error instanceof Stripe.errors.StripeCardError);
    assert.equal(error.code, "authentication_required");
    assert.equal(error.payment_intent?.status, "requires_payment_method");
    id = error.payment_intent.id;
    return true;
  });
  const asked = await stripe.paymentIntents.confirm(id, {
    payment_method: saved.card,
    return_url: "https://a.test/back",
  });
  assert.equal(asked.status, "requires_action");
  assert.match(asked.next_action?.redirect_to_url?.url ?? "", /\/3ds\/pi_/);
  assert.equal(control.completeAuthentication(id).state, "complete");
  assert.equal((await stripe.paymentIntents.retrieve(id)).status, "succeeded");
});

test("a person who refuses the bank's question has paid nothing and may try again", async (t) => {
  const { stripe, control } = await startForTest(t);
  const payment = await stripe.paymentIntents.create({
    amount: 500,
    currency: "usd",
    payment_method: "pm_card_authenticationRequired",
    confirm: true,
    return_url: "https://a.test",
  });
  control.completeAuthentication(payment.id, false);
  const refused = await stripe.paymentIntents.retrieve(payment.id);
  assert.equal(refused.status, "requires_payment_method");
  assert.equal(refused.last_payment_error?.code, "payment_intent_authentication_failure");
  assert.equal(control.objects["charges"], 0);
});

test("a card that asks once is free of it after it was set up", async (t) => {
  const { stripe, control } = await startForTest(t);
  const saved = await saveCard(stripe, "pm_card_authenticationRequiredOnSetup");
  await assert.rejects(payOffSession(stripe, saved), { code: "authentication_required" });
  const setup = await stripe.setupIntents.create({
    customer: saved.customer,
    payment_method: saved.card,
    confirm: true,
    return_url: "https://a.test",
  });
  assert.equal(setup.status, "requires_action");
  control.completeAuthentication(setup.id);
  assert.equal((await payOffSession(stripe, saved)).status, "succeeded");
});

test("a payment by bank debit is on its way until the control API settles it", async (t) => {
  const { stripe, control } = await startForTest(t);
  for (const [outcome, status] of [
    ["succeeded", "succeeded"],
    ["failed", "requires_payment_method"],
  ] as const) {
    const saved = await saveCard(stripe, "pm_usBankAccount_processing");
    const payment = await payOffSession(stripe, saved);
    assert.equal(payment.status, "processing");
    control.settlePayment(payment.id, outcome);
    const settled = await stripe.paymentIntents.retrieve(payment.id, { expand: ["latest_charge"] });
    assert.equal(settled.status, status);
    assert.ok(typeof settled.latest_charge === "object");
    assert.equal(settled.latest_charge?.status, outcome);
  }
});

test("a paid payment is neither paid again nor canceled; a canceled one is not paid", async (t) => {
  const { stripe } = await startForTest(t);
  const paid = await payOffSession(stripe, await saveCard(stripe));
  const state = { code: "payment_intent_unexpected_state" };
  await assert.rejects(stripe.paymentIntents.confirm(paid.id, { payment_method: "pm_card_visa" }), state);
  await assert.rejects(stripe.paymentIntents.cancel(paid.id), state);
  await assert.rejects(stripe.paymentIntents.update(paid.id, { amount: 100 }), state);
  const open = await stripe.paymentIntents.create({ amount: 500, currency: "usd" });
  assert.equal(
    (await stripe.paymentIntents.cancel(open.id, { cancellation_reason: "abandoned" })).status,
    "canceled",
  );
  await assert.rejects(
    stripe.paymentIntents.confirm(open.id, { payment_method: "pm_card_visa", return_url: "https://a.test" }),
    state,
  );
});

test("nobody pays with another customer's card, nor with one that was taken away", async (t) => {
  const { stripe } = await startForTest(t);
  const ann = await saveCard(stripe);
  const { id: bob } = await stripe.customers.create({});
  await assert.rejects(payOffSession(stripe, { customer: bob, card: ann.card }), {
    type: "StripeInvalidRequestError",
  });
  await assert.rejects(stripe.paymentMethods.attach(ann.card, { customer: bob }), {
    type: "StripeInvalidRequestError",
  });
  await stripe.customers.update(ann.customer, { invoice_settings: { default_payment_method: ann.card } });
  await stripe.paymentMethods.detach(ann.card);
  const customer = await stripe.customers.retrieve(ann.customer);
  assert.equal(!customer.deleted && customer.invoice_settings.default_payment_method, null);
  await assert.rejects(
    stripe.paymentMethods.attach(ann.card, { customer: ann.customer }),
    /may not be used again/,
  );
  assert.deepEqual((await stripe.customers.listPaymentMethods(ann.customer)).data, []);
});

test("a card that is declined when it is saved is not saved", async (t) => {
  const { stripe } = await startForTest(t);
  await assert.rejects(saveCard(stripe, "pm_card_chargeDeclined"), {
    type: "StripeCardError",
    code: "card_declined",
  });
  await saveCard(stripe, "pm_card_chargeCustomerFail");
});

test("Stripe wants a return address, or to know that there is no redirect", async (t) => {
  const { stripe } = await startForTest(t);
  const base = { amount: 500, currency: "usd", payment_method: "pm_card_visa", confirm: true } as const;
  await assert.rejects(stripe.paymentIntents.create(base), /you must provide a `return_url`/);
  await stripe.paymentIntents.create({ ...base, return_url: "https://a.test" });
  await stripe.paymentIntents.create({ ...base, allowed_payment_method_types: ["card"] });
  await assert.rejects(stripe.paymentIntents.create({ ...base, confirm: false, off_session: true }), {
    param: "off_session",
  });
});
