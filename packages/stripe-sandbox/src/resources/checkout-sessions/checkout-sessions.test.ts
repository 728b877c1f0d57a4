import assert from "node:assert/strict";
import test from "node:test";
import type Stripe from "stripe";
import { openCheckout, saveCard, startForTest } from "../../test-support/start.ts";
import { idOf } from "../../world.ts";

const HOUR = 60 * 60;

test("a guest pays: the session is paid, and the payment carries its own metadata", async (t) => {
  const { stripe, control } = await startForTest(t);
  const session = await openCheckout(stripe, { metadata: { order: "on the session" } });
  assert.match(session.id, /^cs_test_a1/);
  assert.equal(session.status, "open");
  assert.equal(session.payment_status, "unpaid");
  assert.equal(session.payment_intent, null);
  assert.equal(session.amount_total, 1000);
  assert.deepEqual(control.completeCheckout(session.id, { email: "ann@example.com" }), { state: "complete" });
  const paid = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ["payment_intent.latest_charge", "line_items"],
  });
  assert.equal(paid.status, "complete");
  assert.equal(paid.payment_status, "paid");
  assert.equal(paid.url, null);
  assert.equal(paid.customer, null);
  assert.equal(paid.customer_details?.email, "ann@example.com");
  assert.equal(paid.line_items?.data[0]?.description, "500 credits");
  assert.ok(typeof paid.payment_intent === "object" && paid.payment_intent !== null);
  assert.deepEqual(paid.payment_intent.metadata, { order: "order_1" });
  const { data } = await stripe.checkout.sessions.list({ payment_intent: paid.payment_intent.id });
  assert.deepEqual(
    data.map(({ id }) => id),
    [session.id],
  );
  const last = control.events.at(-1);
  assert.equal(last?.type, "checkout.session.completed");
  assert.throws(() => control.completeCheckout(session.id), /already complete/);
});

test("a decline leaves the session open, and the same payment is paid by the next card", async (t) => {
  const { stripe, control } = await startForTest(t);
  const session = await openCheckout(stripe);
  const declined = control.completeCheckout(session.id, { card: "4000 0000 0000 9995" });
  assert.partialDeepStrictEqual(declined, { state: "declined", declineCode: "insufficient_funds" });
  const open = await stripe.checkout.sessions.retrieve(session.id);
  assert.equal(open.status, "open");
  control.completeCheckout(session.id);
  const paid = await stripe.checkout.sessions.retrieve(session.id);
  assert.equal(paid.payment_intent, open.payment_intent);
  assert.equal(control.objects["paymentIntents"], 1);
});

test("the bank's question comes between, and its answer completes the session", async (t) => {
  const { stripe, control } = await startForTest(t);
  const session = await openCheckout(stripe);
  const asked = control.completeCheckout(session.id, { card: "pm_card_authenticationRequired" });
  assert.ok(asked.state === "asks");
  assert.equal((await stripe.checkout.sessions.retrieve(session.id)).status, "open");
  control.completeAuthentication(asked.payment);
  assert.equal((await stripe.checkout.sessions.retrieve(session.id)).payment_status, "paid");
});

test("a bank debit completes the session unpaid; the money, or its failure, is told later", async (t) => {
  const { stripe, control } = await startForTest(t);
  for (const [outcome, status, event] of [
    ["succeeded", "paid", "checkout.session.async_payment_succeeded"],
    ["failed", "unpaid", "checkout.session.async_payment_failed"],
  ] as const) {
    const session = await openCheckout(stripe);
    control.completeCheckout(session.id, { card: "pm_usBankAccount_processing" });
    const waiting = await stripe.checkout.sessions.retrieve(session.id);
    assert.deepEqual([waiting.status, waiting.payment_status], ["complete", "unpaid"]);
    control.settlePayment(idOf(waiting.payment_intent) ?? "", outcome);
    assert.equal((await stripe.checkout.sessions.retrieve(session.id)).payment_status, status);
    assert.equal(control.events.at(-1)?.type, event);
  }
  const cardsOnly = await openCheckout(stripe, { allowed_payment_method_types: ["card"] });
  assert.throws(
    () => control.completeCheckout(cardsOnly.id, { card: "pm_usBankAccount_processing" }),
    /not allowed/,
  );
});

test("a card that is saved for later belongs to the customer, who is made if there is none", async (t) => {
  const { stripe, control } = await startForTest(t);
  const session = await openCheckout(stripe, { payment_intent_data: { setup_future_usage: "off_session" } });
  control.completeCheckout(session.id, { email: "ann@example.com", card: "pm_card_mastercard" });
  const { customer } = await stripe.checkout.sessions.retrieve(session.id, { expand: ["customer"] });
  assert.ok(typeof customer === "object" && customer !== null && !customer.deleted);
  assert.equal(customer.email, "ann@example.com");
  const { data } = await stripe.customers.listPaymentMethods(customer.id);
  assert.deepEqual(
    data.map(({ card }) => card?.brand),
    ["mastercard"],
  );
  const again = await openCheckout(stripe, {
    customer: customer.id,
    saved_payment_method_options: { allow_redisplay_filters: ["limited"] },
  });
  assert.deepEqual(control.completeCheckout(again.id, { card: data[0]?.id ?? "" }), { state: "complete" });
});

test("setup mode saves a card and takes no money", async (t) => {
  const { stripe, control } = await startForTest(t);
  const { id: customer } = await stripe.customers.create({});
  const setup = { mode: "setup", customer, success_url: "https://a.test" } as const;
  await assert.rejects(stripe.checkout.sessions.create(setup), {
    code: "parameter_missing",
    param: "currency",
  });
  const session = await stripe.checkout.sessions.create({
    ...setup,
    currency: "usd",
    setup_intent_data: { metadata: { rule: "1" } },
  });
  assert.equal(session.payment_status, "no_payment_required");
  const asked = control.completeCheckout(session.id, { card: "pm_card_authenticationRequiredOnSetup" });
  assert.ok(asked.state === "asks");
  control.completeAuthentication(asked.payment);
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ["setup_intent"] });
  assert.equal(done.status, "complete");
  assert.ok(typeof done.setup_intent === "object" && done.setup_intent !== null);
  assert.equal(done.setup_intent.status, "succeeded");
  assert.deepEqual(done.setup_intent.metadata, { rule: "1" });
  assert.equal((await stripe.customers.listPaymentMethods(customer)).data.length, 1);
  assert.equal(control.objects["charges"], 0);
});

test("a promotion code lowers the total; all of it needs no payment", async (t) => {
  const { stripe, control } = await startForTest(t);
  for (const [percent_off, total, status] of [
    [25, 750, "paid"],
    [100, 0, "no_payment_required"],
  ] as const) {
    const coupon = await stripe.coupons.create({ percent_off });
    const { code } = await stripe.promotionCodes.create({
      promotion: { type: "coupon", coupon: coupon.id },
      code: `OFF${percent_off}`,
      max_redemptions: 1,
    });
    const session = await openCheckout(stripe, { allow_promotion_codes: true });
    control.completeCheckout(session.id, { promotionCode: code.toLowerCase() });
    const paid = await stripe.checkout.sessions.retrieve(session.id);
    assert.deepEqual([paid.amount_subtotal, paid.amount_total, paid.payment_status], [1000, total, status]);
    assert.equal(paid.total_details?.amount_discount, 1000 - total);
    const late = await openCheckout(stripe, { allow_promotion_codes: true });
    assert.throws(
      () => control.completeCheckout(late.id, { promotionCode: code }),
      /promotion code is invalid/,
    );
  }
  const plain = await openCheckout(stripe);
  assert.throws(
    () => control.completeCheckout(plain.id, { promotionCode: "OFF25" }),
    /takes no promotion codes/,
  );
});

test("automatic tax comes on top of the price, or is in it", async (t) => {
  const { stripe, control } = await startForTest(t);
  control.configure({ taxPercent: 20 });
  const totals = async (tax_behavior: "exclusive" | "inclusive"): Promise<(number | null | undefined)[]> => {
    const price_data = {
      currency: "eur",
      unit_amount: 1200,
      tax_behavior,
      product_data: { name: "Credits" },
    };
    const session = await openCheckout(stripe, {
      automatic_tax: { enabled: true },
      line_items: [{ quantity: 1, price_data }],
    });
    return [session.amount_subtotal, session.amount_total, session.total_details?.amount_tax];
  };
  assert.deepEqual(await totals("exclusive"), [1200, 1440, 240]);
  assert.deepEqual(await totals("inclusive"), [1200, 1200, 200]);
  assert.equal((await openCheckout(stripe)).total_details?.amount_tax, 0);
  const { customer } = await saveCard(stripe);
  const taxed = { customer, automatic_tax: { enabled: true } };
  await assert.rejects(openCheckout(stripe, taxed), { code: "customer_tax_location_invalid" });
  await openCheckout(stripe, { ...taxed, customer_update: { address: "auto" } });
  await stripe.customers.update(customer, { address: { country: "DE", postal_code: "10115" } });
  await openCheckout(stripe, taxed);
});

test("a session expires at its time or on demand, and takes no payment then", async (t) => {
  const { stripe, control } = await startForTest(t);
  const now = Math.floor(Date.now() / 1000);
  await assert.rejects(openCheckout(stripe, { expires_at: now + 60 }), { param: "expires_at" });
  await assert.rejects(openCheckout(stripe, { expires_at: now + 25 * HOUR }), { param: "expires_at" });
  const session = await openCheckout(stripe, { expires_at: now + HOUR });
  const asked = control.completeCheckout(session.id, { card: "pm_card_authenticationRequired" });
  assert.ok(asked.state === "asks");
  control.advanceClock(HOUR + 1);
  assert.equal((await stripe.checkout.sessions.retrieve(session.id)).status, "expired");
  assert.equal((await stripe.paymentIntents.retrieve(asked.payment)).status, "canceled");
  assert.throws(() => control.completeCheckout(session.id), /expired/);
  const other = await openCheckout(stripe);
  assert.equal((await stripe.checkout.sessions.expire(other.id)).status, "expired");
  await assert.rejects(stripe.checkout.sessions.expire(other.id), { type: "StripeInvalidRequestError" });
  assert.equal(control.events.filter(({ type }) => type === "checkout.session.expired").length, 2);
});

test("the embedded page has a client secret and its own addresses", async (t) => {
  const { stripe } = await startForTest(t);
  const line_items: Stripe.Checkout.SessionCreateParams.LineItem[] = [
    { quantity: 1, price_data: { currency: "jpy", unit_amount: 500, product_data: { name: "Credits" } } },
  ];
  const embedded = { mode: "payment", ui_mode: "embedded_page", line_items } as const;
  const session = await stripe.checkout.sessions.create({
    ...embedded,
    return_url: "https://a.test?s={CHECKOUT_SESSION_ID}",
  });
  assert.equal(session.url, null);
  assert.ok(session.client_secret?.startsWith(`${session.id}_secret_`));
  assert.equal(session.redirect_on_completion, "always");
  await stripe.checkout.sessions.create({ ...embedded, redirect_on_completion: "never" });
  await assert.rejects(stripe.checkout.sessions.create(embedded), {
    code: "parameter_missing",
    param: "return_url",
  });
  await assert.rejects(
    stripe.checkout.sessions.create({
      ...embedded,
      return_url: "https://a.test",
      success_url: "https://a.test",
    }),
    { param: "success_url" },
  );
  await assert.rejects(openCheckout(stripe, { return_url: "https://a.test" }), { param: "return_url" });
});

test("who pays is named once", async (t) => {
  const { stripe } = await startForTest(t);
  const { customer } = await saveCard(stripe);
  await assert.rejects(
    openCheckout(stripe, { customer, customer_email: "a@example.com" }),
    /only specify one/,
  );
  await assert.rejects(openCheckout(stripe, { customer, customer_creation: "always" }), /only specify one/);
  const session = await openCheckout(stripe, { customer });
  assert.equal(session.customer_details?.email, "buyer@example.com");
});
