import assert from "node:assert/strict";
import { test } from "node:test";
import { reconcile } from "../../bff/src/services/reconciliation/run.ts";
import { stripeCustomerOf } from "../../bff/src/services/top-ups/stripe-customer.ts";
import { claimStripeCustomer } from "../../bff/src/storage/payments/stripe-customers.ts";
import { oneEngine } from "../../bff/src/test-support/index.ts";
import { useTill } from "./till.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

oneEngine((engine) => {
  /** How fast the clock of the product's machine is; Stripe's is right. */
  let aheadMs = 0;
  const till = useTill(engine, { now: () => till.clock.ms + aheadMs });
  const control = () => till.sandbox().control;
  const rowOf = (customerId: string) =>
    till
      .app()
      .database.writer.selectFrom("top_ups")
      .selectAll()
      .where("customer_id", "=", customerId)
      .executeTakeFirstOrThrow();
  const findings = async (customerId: string) => {
    const rows = await till
      .app()
      .database.writer.selectFrom("reconciliation_findings")
      .select("kind")
      .where("customer_id", "=", customerId)
      .where("repaired_at", "is", null)
      .execute();
    return rows.map(({ kind }) => kind);
  };
  const post = (customerId: string, more: object = {}) => {
    const json = { customerId, creditTypeId: "credits", credits: "500", ...more };
    return till.app().client.send("POST", "/v1/top-ups", { json });
  };
  const loseAnswer = (path: string) => {
    control().addFault({ method: "POST", path, kind: "timeout_after_success" });
  };

  for (const [name, seconds] of [
    ["a few seconds", 4],
    ["an hour", 3_600],
  ] as const) {
    test(`a charge whose answer was lost has its credits by the webhook, though our clock is ${name} fast`, async () => {
      const customerId = await till.cardHolder();
      // Signatures of such a clock would be refused: the events come once it is right.
      control().pauseWebhooks();
      aheadMs = seconds * 1_000;
      loseAnswer("/v1/payment_intents");
      await post(customerId, { method: "charge" });
      aheadMs = 0;
      control().resumeWebhooks();
      await till.hear();
      assert.equal((await rowOf(customerId)).status, "paid");
      assert.equal((await till.shop.balance(customerId)).balance, "500");
      assert.deepEqual(await findings(customerId), []);
    });
  }

  test("the same by the comparison alone, with every webhook lost", async () => {
    const customerId = await till.cardHolder();
    control().setDelivery({ drop: true });
    aheadMs = 30_000;
    loseAnswer("/v1/payment_intents");
    await post(customerId, { method: "charge" });
    await control().webhooksIdle();
    control().setDelivery({ drop: false });
    till.clock.ms += 10 * MINUTE_MS;
    await reconcile(till.app().money);
    aheadMs = 0;
    assert.equal((await rowOf(customerId)).status, "paid");
    assert.equal((await till.shop.grants(customerId)).length, 1);
  });

  test("a checkout whose answer was lost, and that was paid, is found by its payment", async () => {
    const customerId = await till.buyer();
    await stripeCustomerOf(till.app().money, customerId);
    aheadMs = 60 * MINUTE_MS;
    loseAnswer("/v1/checkout/sessions");
    assert.equal((await post(customerId, { method: "checkout" })).status, 503);
    aheadMs = 0;
    const { data } = await till
      .stripe()
      .checkout.sessions.list({ customer: await till.stripeIdOf(customerId) });
    control().completeCheckout(data[0]?.id ?? "", { card: "pm_card_visa" });
    await till.hear();
    assert.equal((await rowOf(customerId)).status, "paid");
    assert.equal((await till.shop.balance(customerId)).balance, "500");
  });

  test("money that names an order which is not paid by it is listed, never passed over", async () => {
    const customerId = await till.cardHolder();
    const order = await till.order(customerId);
    const payment = await till.stripe().paymentIntents.create({
      amount: 500,
      currency: "usd",
      customer: await till.stripeIdOf(customerId),
      payment_method: "pm_card_visa",
      confirm: true,
      return_url: "http://x.test",
      metadata: { credits_kit_top_up: order.id },
    });
    await till.hear();
    assert.deepEqual(await findings(customerId), [], "its checkout may say so in a moment");
    till.clock.ms += 20 * MINUTE_MS;
    await reconcile(till.app().money);
    assert.deepEqual(await findings(customerId), ["paid_without_credits"]);
    assert.equal((await till.shop.grants(customerId)).length, 0);
    const finding = await till
      .app()
      .database.writer.selectFrom("reconciliation_findings")
      .select("object_id")
      .where("customer_id", "=", customerId)
      .executeTakeFirst();
    assert.equal(finding?.object_id, payment.id);
  });

  test("a process that died after it made the customer at Stripe locks nobody out of what they pay", async () => {
    const customerId = await till.buyer();
    const { database, payments } = till.app().money;
    const stripeKey = `customer-died-${customerId}`;
    await claimStripeCustomer(database.writer, { customerId, stripeKey });
    const id = await payments?.createCustomer({
      customerId,
      name: null,
      email: null,
      idempotencyKey: stripeKey,
    });
    await database.writer
      .updateTable("stripe_customers")
      .set({ stripe_customer_id: id ?? null })
      .where("customer_id", "=", customerId)
      .execute();
    const order = await till.order(customerId);
    till.pay(order);
    await till.hear();
    assert.equal((await till.read(order.id)).status, "paid");
    assert.equal((await till.shop.balance(customerId)).balance, "500");
  });

  test("a fault of Stripe's when a customer is made is over with the next try, not after a day", async () => {
    const customerId = await till.buyer();
    control().addFault({ method: "POST", path: "/v1/customers", kind: "status", status: 500 });
    const { status } = await post(customerId, { method: "checkout" });
    assert.ok(status === 201 || status === 503, String(status));
    assert.equal((await post(customerId, { method: "checkout" })).status, 201);
    const made = control().requests.filter(
      ({ method, path, status: answer }) => method === "POST" && path === "/v1/customers" && answer === 200,
    );
    assert.ok(made.length >= 1);
  });

  test("a customer who is renamed between two tries is made once", async () => {
    const customerId = await till.buyer();
    loseAnswer("/v1/customers");
    assert.equal((await post(customerId, { method: "checkout" })).status, 503);
    await till.app().client.send("PUT", `/v1/customers/${customerId}`, {
      json: { name: "Another name", email: "a@b.test" },
    });
    const second = await post(customerId, { method: "checkout" });
    assert.equal(second.status, 201);
    const { data } = await till.stripe().customers.list({ limit: 100 });
    assert.equal(data.filter(({ metadata }) => metadata.credits_kit_customer === customerId).length, 1);
  });

  test("a payment that was never made fails after a day, and nothing is listed", async () => {
    const customerId = await till.cardHolder();
    control().addFault({ method: "POST", path: "/v1/payment_intents", kind: "drop" });
    await post(customerId, { method: "charge" });
    till.clock.ms += DAY_MS + 30 * MINUTE_MS;
    await reconcile(till.app().money);
    assert.equal((await rowOf(customerId)).failure_code, "never_made");
    assert.deepEqual(await findings(customerId), []);
  });
});
