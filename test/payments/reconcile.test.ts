import assert from "node:assert/strict";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import { reconcile } from "../../bff/src/services/reconciliation/run.ts";
import { fulfil } from "../../bff/src/services/top-ups/fulfil.ts";
import { oneEngine, expectProblem } from "../../bff/src/test-support/index.ts";
import { sessionIdOf, useTill } from "./till.ts";

const MINUTE_MS = 60_000;

oneEngine((engine) => {
  const till = useTill(engine);
  const run = () => reconcile(till.app().money);
  const report = async () => (await till.app().client.call(routes.getReconciliation, {})).body;

  test("with every webhook lost, what was paid is granted within 15 minutes (P11, F-21)", async () => {
    till.sandbox().control.setDelivery({ drop: true });
    const customerId = await till.buyer();
    const order = await till.order(customerId);
    till.pay(order);
    await till.sandbox().control.webhooksIdle();
    await run();
    till.clock.ms += 14 * MINUTE_MS;
    await run();
    till.sandbox().control.setDelivery({ drop: false });
    assert.equal((await till.shop.balance(customerId)).balance, "500");
    const paid = await till.read(order.id);
    assert.deepEqual(
      paid.history.map(({ cause }) => cause),
      ["order", "reconcile"],
    );
    await Promise.all([run(), run()]);
    assert.equal((await till.shop.grants(customerId)).length, 1);
  });

  test("money that came for an order that was given up is honoured, though nobody told (pitfall 23)", async () => {
    till.sandbox().control.setDelivery({ drop: true });
    const customerId = await till.buyer();
    const order = await till.order(customerId);
    till.pay(order);
    const { writer } = till.app().database;
    await writer.updateTable("top_ups").set({ status: "void" }).where("top_up_id", "=", order.id).execute();
    await run();
    till.sandbox().control.setDelivery({ drop: false });
    assert.equal((await till.read(order.id)).status, "paid");
  });

  test("a crash between the grant and the order's row heals by itself (F-17)", async () => {
    const customerId = await till.buyer();
    const order = await till.order(customerId);
    till.pay(order);
    await fulfil(till.app().money, order.id, "webhook");
    const { writer } = till.app().database;
    // As the process left it that died before the order was marked.
    await writer
      .updateTable("top_ups")
      .set({ status: "awaiting_payment", paid_minor: null, receipt_url: null })
      .where("top_up_id", "=", order.id)
      .execute();
    till.clock.ms += 5 * MINUTE_MS;
    await run();
    assert.equal((await till.read(order.id)).status, "paid");
    assert.equal((await till.shop.grants(customerId)).length, 1);
    await till.hear();
  });

  for (const [name, change, detail] of [
    ["another amount", { total_minor: 499 }, /asks for 500 instead of 499/],
    ["another currency", { currency: "eur" }, /is in usd instead of eur/],
  ] as const) {
    test(`a payment of ${name} than was ordered grants nothing and is shown to a person (pitfall 4)`, async () => {
      const customerId = await till.buyer();
      const order = await till.order(customerId);
      const { writer } = till.app().database;
      await writer.updateTable("top_ups").set(change).where("top_up_id", "=", order.id).execute();
      till.pay(order);
      const before = till.app().alarms.length;
      await till.hear();
      assert.equal((await till.shop.grants(customerId)).length, 0);
      const finding = (await report()).open.find(({ topUpId }) => topUpId === order.id);
      assert.equal(finding?.kind, "payment_mismatch");
      assert.match(finding?.detail ?? "", detail);
      assert.equal(till.app().alarms.length, before + 1);
      await writer
        .updateTable("top_ups")
        .set({ total_minor: 500, currency: "usd" })
        .where("top_up_id", "=", order.id)
        .execute();
      till.clock.ms += 5 * MINUTE_MS;
      await run();
      assert.equal((await till.shop.grants(customerId)).length, 1);
      const { open, repaired } = await report();
      assert.ok(!open.some(({ topUpId }) => topUpId === order.id));
      assert.ok(repaired.some(({ topUpId }) => topUpId === order.id));
    });
  }

  test("a session of another customer's or another order's grants nothing (pitfall 4, hostile 112)", async () => {
    const [one, two] = [await till.buyer(), await till.buyer()];
    const [mine, theirs] = [await till.order(one), await till.order(two)];
    const { writer } = till.app().database;
    const id = sessionIdOf(theirs);
    await writer
      .updateTable("top_ups")
      .set({ checkout_session_id: id })
      .where("top_up_id", "=", mine.id)
      .execute();
    till.pay(theirs);
    await till.hear();
    till.clock.ms += 5 * MINUTE_MS;
    await run();
    assert.equal((await till.shop.grants(one)).length, 0);
    assert.equal((await till.shop.grants(two)).length, 1);
    assert.ok(
      (await report()).open.some(({ topUpId, kind }) => topUpId === mine.id && kind === "payment_mismatch"),
    );
  });

  test("a payment that names an order which is not here is listed with its amount (F-40)", async () => {
    const stripeId = await till.cardHolder().then((customerId) => till.stripeIdOf(customerId));
    const payment = await till.stripe().paymentIntents.create({
      amount: 1234,
      currency: "usd",
      customer: stripeId,
      payment_method: "pm_card_visa",
      confirm: true,
      return_url: "http://x.test",
      metadata: { credits_kit_top_up: "top_aaaaaaaaaaaa_01ARZ3NDEKTSV4RRFFQ69G5FAV" },
    });
    await run();
    const finding = (await report()).open.find(({ objectId }) => objectId === payment.id);
    assert.deepEqual([finding?.kind, finding?.amount?.amountMinor], ["unknown_payment", 1234]);
    await till.hear();
  });

  test("two payments for one order: one grant, and the second is listed to be given back (complaint 15)", async () => {
    const customerId = await till.cardHolder();
    const order = await till.order(customerId, { method: "charge" });
    const second = await till.stripe().paymentIntents.create({
      amount: 500,
      currency: "usd",
      customer: await till.stripeIdOf(customerId),
      payment_method: "pm_card_visa",
      confirm: true,
      return_url: "http://x.test",
      metadata: { credits_kit_top_up: order.id },
    });
    await till.hear();
    await run();
    assert.equal((await till.shop.grants(customerId)).length, 1);
    const finding = (await report()).open.find(({ objectId }) => objectId === second.id);
    assert.deepEqual([finding?.kind, finding?.topUpId], ["second_payment", order.id]);
  });

  test("a clock that goes wrong is reported before signatures fail (F-22)", async () => {
    const was = till.clock.ms;
    till.clock.ms = Date.now();
    assert.equal((await run()).clocks.isFine, true);
    till.clock.ms += 10 * MINUTE_MS;
    const skewed = await run();
    assert.equal(skewed.clocks.isFine, false);
    assert.ok((skewed.clocks.databaseAheadMs ?? 0) < -9 * MINUTE_MS);
    assert.ok(skewed.open.some(({ kind, objectId }) => kind === "clock_skew" && objectId === "database"));
    till.clock.ms = was;
  });

  test("an outage of Stripe ends the run and is made up for by the next one", async () => {
    const order = await till.order(await till.buyer());
    till.pay(order);
    till.clock.ms += 5 * MINUTE_MS;
    till.sandbox().control.addFault({ kind: "drop", times: 1 });
    await assert.rejects(run());
    await run();
    assert.equal((await till.read(order.id)).status, "paid");
    await till.hear();
  });

  test("promotion codes and tax: the order's credits, at what was really paid for each (pitfall 4)", async () => {
    const { client } = till.app();
    const { body: was } = await client.call(routes.getSettings, {});
    assert.deepEqual(was, {
      promotionCodes: false,
      automaticTax: false,
      refundShortfall: "write_off",
      releaseOn: "paid",
      freezeOnFraudWarning: false,
    });
    expectProblem(await client.send("PATCH", "/v1/settings", { json: {} }), 422, "validation_failed");
    const { body: set } = await client.call(routes.updateSettings, {
      body: { promotionCodes: true, automaticTax: true },
    });
    assert.deepEqual([set.promotionCodes, set.automaticTax], [true, true]);
    const changes = await till.app().database.writer.selectFrom("settings_changes").selectAll().execute();
    assert.deepEqual([changes.length, changes[0]?.actor_kind], [1, "api_key"]);

    till.sandbox().control.configure({ taxPercent: 10 });
    const coupon = await till.stripe().coupons.create({ percent_off: 20, duration: "once" });
    await till
      .stripe()
      .promotionCodes.create({ promotion: { type: "coupon", coupon: coupon.id }, code: "SAVE20" });
    const customerId = await till.buyer();
    const order = await till.order(customerId);
    till.sandbox().control.completeCheckout(sessionIdOf(order), { promotionCode: "SAVE20" });
    await till.hear();
    const paid = await till.read(order.id);
    assert.deepEqual([paid.status, paid.total.amountMinor, paid.paid?.amountMinor], ["paid", 500, 400]);
    const [grant] = await till.shop.grants(customerId);
    assert.deepEqual([grant?.amount, grant?.costBasis?.amount], ["500", "0.008"]);

    const all = await till.stripe().coupons.create({ percent_off: 100, duration: "once" });
    await till
      .stripe()
      .promotionCodes.create({ promotion: { type: "coupon", coupon: all.id }, code: "FREE" });
    const free = await till.order(customerId);
    till.sandbox().control.completeCheckout(sessionIdOf(free), { promotionCode: "FREE" });
    await till.hear();
    assert.deepEqual(
      [(await till.read(free.id)).status, (await till.shop.balance(customerId)).balance],
      ["paid", "1000"],
    );
  });
});
