import assert from "node:assert/strict";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import { eachEngine, expectProblem } from "../../bff/src/test-support/index.ts";
import { reconcile } from "../../bff/src/services/reconciliation/run.ts";
import { useTill } from "./till.ts";

eachEngine((engine) => {
  const till = useTill(engine);
  const client = () => till.app().client;
  const payments = () => till.sandbox().control.objects.paymentIntents ?? 0;
  const buy = (credential: string, orderKey: string) =>
    client().send("POST", "/widget/top-ups", {
      json: { creditTypeId: "credits", credits: "500", method: "charge", orderKey },
      credential,
    });

  test("a saved card is charged once, and the credits are there with the answer", async () => {
    const customerId = await till.cardHolder();
    const session = await till.session(customerId);
    const { savedCard } = (
      await client().call(routes.getWidgetTopUpQuote, { query: {}, credential: session })
    ).body;
    assert.deepEqual([savedCard?.brand, savedCard?.last4], ["visa", "4242"]);
    const before = payments();
    const replies = await Promise.all([1, 2, 3].map(() => buy(session, "charge-once")));
    assert.deepEqual(
      replies.map(({ status }) => status),
      [201, 201, 201],
    );
    assert.equal((await till.shop.balance(customerId)).balance, "500");
    await till.hear();
    assert.equal(payments(), before + 1);
    assert.equal((await till.shop.grants(customerId)).length, 1);
  });

  test("a declined card is 402 with what the bank said; the same order is not charged again, a new one may be", async () => {
    const customerId = await till.cardHolder("pm_card_chargeCustomerFail");
    const session = await till.session(customerId);
    const before = payments();
    for (let time = 0; time < 2; time += 1) {
      const problem = expectProblem(await buy(session, "declined-1"), 402, "card_declined");
      assert.equal(problem.declineCode, "generic_decline");
      assert.ok(problem.topUpId);
      const order = await till.read(problem.topUpId ?? "");
      assert.deepEqual([order.status, order.failure?.declineCode], ["failed", "generic_decline"]);
    }
    await till.hear();
    assert.equal(payments(), before + 1);
    assert.equal((await till.shop.grants(customerId)).length, 0);

    const good = await till
      .stripe()
      .paymentMethods.attach("pm_card_visa", { customer: await till.stripeIdOf(customerId) });
    const body = {
      customerId,
      creditTypeId: "credits",
      credits: "500",
      method: "charge",
      paymentMethodId: good.id,
    } as const;
    const paid = (await client().call(routes.createTopUp, { body })).body;
    assert.equal(paid.status, "paid");
    await till.hear();
    assert.equal((await till.shop.balance(customerId)).balance, "500");
  });

  test("a card whose bank wants to see the buyer waits for that, with a link, and is paid by it (pitfall 13)", async () => {
    const customerId = await till.cardHolder("pm_card_authenticationRequired");
    const session = await till.session(customerId);
    const order = await till.widgetOrder(session, { orderKey: "bank-asks-1", method: "charge" });
    assert.equal(order.status, "action_required");
    assert.match(order.clientSecret ?? "", /^pi_.*_secret_/);
    assert.ok(order.url);
    assert.equal((await till.shop.grants(customerId)).length, 0);
    const again = await till.widgetOrder(session, { orderKey: "bank-asks-1", method: "charge" });
    assert.deepEqual([again.id, again.status], [order.id, "action_required"]);
    till.sandbox().control.completeAuthentication(order.clientSecret?.split("_secret_")[0] ?? "");
    await till.hear();
    const paid = await till.read(order.id);
    assert.deepEqual(
      paid.history.map(({ status, cause }) => `${status} by ${cause}`),
      ["awaiting_payment by order", "action_required by order", "paid by webhook"],
    );
    assert.equal((await till.shop.balance(customerId)).balance, "500");
  });

  test("a buyer who does not confirm has paid nothing", async () => {
    const customerId = await till.cardHolder("pm_card_authenticationRequired");
    const order = await till.order(customerId, { method: "charge" });
    till.sandbox().control.completeAuthentication(order.paymentIntentId ?? "", false);
    await till.hear();
    assert.equal((await till.read(order.id)).status, "failed");
    assert.equal((await till.shop.grants(customerId)).length, 0);
  });

  test("without a saved card, or with another customer's, nothing is charged", async () => {
    const customerId = await till.buyer();
    const session = await till.session(customerId);
    for (let time = 0; time < 2; time += 1)
      expectProblem(await buy(session, "no-card-1"), 409, "state_conflict");
    const other = await till.cardHolder();
    const card = (await till.stripe().paymentMethods.list({ customer: await till.stripeIdOf(other) }))
      .data[0];
    const json = {
      customerId,
      creditTypeId: "credits",
      credits: "500",
      method: "charge",
      paymentMethodId: card?.id,
    };
    const reply = await client().send("POST", "/v1/top-ups", { json });
    assert.ok([409, 422].includes(reply.status), reply.text);
    assert.equal((await till.shop.grants(other)).length, 0);
  });

  test("a card or a customer that Stripe no longer has ends in a clean failure, and the next order works (pitfall 30)", async () => {
    const customerId = await till.cardHolder();
    const stripeId = await till.stripeIdOf(customerId);
    const json = {
      customerId,
      creditTypeId: "credits",
      credits: "500",
      method: "charge",
      paymentMethodId: "pm_gone",
    };
    const reply = await client().send("POST", "/v1/top-ups", { json });
    assert.ok([409, 422].includes(reply.status), reply.text);
    await till.stripe().customers.del(stripeId);
    const order = await till.order(customerId);
    till.pay(order);
    await till.hear();
    assert.equal((await till.read(order.id)).status, "paid");
    assert.notEqual(await till.stripeIdOf(customerId), stripeId);
    assert.equal((await till.shop.grants(customerId)).length, 1);
  });

  test("an order that waits can be given up: what could pay it is closed, and its money wins if it comes first", async () => {
    const customerId = await till.buyer();
    const order = await till.order(customerId);
    const giveUp = (id: string) =>
      client().send("POST", `/v1/top-ups/${id}/void`, { json: { reason: "Mistaken" } });
    assert.equal((await giveUp(order.id)).status, 200);
    assert.equal((await till.read(order.id)).status, "void");
    assert.equal((await giveUp(order.id)).status, 200);
    assert.throws(() => till.pay(order));
    const other = await till.order(customerId);
    till.pay(other);
    expectProblem(await giveUp(other.id), 409, "state_conflict");
    assert.equal((await till.read(other.id)).status, "paid");
    assert.equal((await till.shop.grants(customerId)).length, 1);
    await till.hear();
  });

  test("money that comes by a bank later is credits later, and never before (pitfall 3, complaint 23)", async () => {
    till.sandbox().control.configure({ paymentMethodTypes: ["card", "us_bank_account"] });
    const customerId = await till.buyer();
    const [good, bad] = [await till.order(customerId), await till.order(customerId)];
    for (const order of [good, bad]) till.pay(order, "pm_usBankAccount_processing");
    await till.hear();
    for (const { id } of [good, bad]) assert.equal((await till.read(id)).status, "processing");
    assert.equal((await till.shop.grants(customerId)).length, 0);
    for (const [order, outcome] of [
      [good, "succeeded"],
      [bad, "failed"],
    ] as const) {
      const [payment] = till
        .sandbox()
        .control.events.filter(
          ({ type, data }) => type === "payment_intent.processing" && JSON.stringify(data).includes(order.id),
        );
      const object: { id?: string } = payment?.data.object ?? {};
      till.sandbox().control.settlePayment(object.id ?? "", outcome);
    }
    await till.hear();
    assert.equal((await till.read(good.id)).status, "paid");
    assert.equal((await till.read(bad.id)).status, "failed");
    assert.equal((await till.shop.balance(customerId)).balance, "500");
  });

  test("decline, then success on the same page, is one grant", async () => {
    const customerId = await till.buyer();
    const order = await till.order(customerId);
    assert.throws(() => till.pay(order, "pm_card_chargeDeclined"), /declined/);
    await till.hear();
    assert.equal((await till.read(order.id)).status, "awaiting_payment");
    till.pay(order);
    await till.hear();
    assert.equal((await till.read(order.id)).status, "paid");
    assert.equal((await till.shop.grants(customerId)).length, 1);
    await reconcile(till.app().money);
    assert.equal((await till.shop.grants(customerId)).length, 1);
  });
});
