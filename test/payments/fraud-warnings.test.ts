import assert from "node:assert/strict";
import { test } from "node:test";
import { routes, type TopUp } from "@credits-kit/contract";
import { reportFraudWarning } from "../../bff/src/services/disputes/report-fraud-warning.ts";
import { oneEngine, expectProblem } from "../../bff/src/test-support/index.ts";
import { moneyBack } from "./money-back.ts";
import { idAtStripe, sessionIdOf, useTill } from "./till.ts";

oneEngine((engine) => {
  const till = useTill(engine, { replicas: 2 });
  const money = moneyBack(till);
  const { shop } = till;
  const client = () => till.app().client;
  const balanceOf = async (customerId: string) => (await shop.balance(customerId)).balance;
  const setPolicy = (freezeOnFraudWarning: boolean) =>
    client().call(routes.updateSettings, { body: { freezeOnFraudWarning } });
  const standing = async (topUpId: string) =>
    (await client().call(routes.getReconciliation, {})).body.open.filter((each) => each.topUpId === topUpId);
  const clear = (id: string, reason = "They called: it was their son") =>
    client().call(routes.clearTopUpFraudWarning, { params: { id }, body: { reason } });
  /** The warning is dealt with once more, by both replicas at once. */
  const again = async (order: TopUp) => {
    const { money: one } = till.app();
    const warning = till
      .sandbox()
      .control.events.findLast(
        ({ type, data }) =>
          type === "radar.early_fraud_warning.created" &&
          JSON.stringify(data.object).includes(order.paymentIntentId ?? "none"),
      )?.data.object;
    assert.ok(warning && "id" in warning);
    const id = String(warning.id);
    await Promise.all([reportFraudWarning(one, id), reportFraudWarning(till.other().money, id)]);
  };
  /** A buyer of 500 credits who has spent 120, and whose card's issuer then warns of fraud. */
  const warned = async () => {
    const customerId = await till.buyer();
    const order = await money.paid(customerId);
    await shop.consume(customerId, { id: `spent-${customerId}`, amount: "120" });
    till.sandbox().control.warnOfFraud(await money.chargeOf(order));
    await till.hear();
    return { customerId, order };
  };

  test("pitfall 22: left as it is, a warning is listed and freezes nothing, until somebody clears it", async () => {
    const { customerId, order } = await warned();
    assert.equal(await balanceOf(customerId), "380");
    assert.deepEqual(
      (await standing(order.id)).map(({ kind }) => kind),
      ["early_fraud_warning"],
    );
    await clear(order.id);
    assert.deepEqual(await standing(order.id), []);
    assert.equal(await balanceOf(customerId), "380");
  });

  test("pitfall 22: by policy what remains of the payment is frozen, listed, and back when somebody clears it", async () => {
    await setPolicy(true);
    const { customerId, order } = await warned();
    await shop.grant(customerId, { amount: "70" });
    assert.equal(await balanceOf(customerId), "70", "other credits stay");
    assert.equal((await standing(order.id)).length, 1);

    // The same warning once more, on both replicas, changes nothing.
    await again(order);
    assert.equal(await balanceOf(customerId), "70");
    const { body } = await clear(order.id);
    assert.equal(await balanceOf(customerId), "450");
    assert.deepEqual(await standing(order.id), []);
    assert.deepEqual(
      body.history.map(({ cause }) => cause).filter((cause) => cause.startsWith("fraud")),
      ["fraud_warning", "fraud_warning_cleared"],
    );
    const { actor_kind: who, reason } = await till
      .app()
      .database.writer.selectFrom("top_up_history")
      .select(["actor_kind", "reason"])
      .where("top_up_id", "=", order.id)
      .where("cause", "=", "fraud_warning_cleared")
      .executeTakeFirstOrThrow();
    assert.deepEqual([who, reason], ["api_key", "They called: it was their son"]);

    await clear(order.id);
    await again(order);
    assert.equal(await balanceOf(customerId), "450");
    assert.deepEqual(await standing(order.id), [], "what was cleared is not listed again");
    const types = (await shop.ledger(customerId)).map(({ type }) => type);
    assert.deepEqual(types, ["granted", "consumed", "frozen", "granted", "unfrozen"]);
    await setPolicy(false);
  });

  test("pitfall 22: a warning that is heard before its payment freezes the credits as they come", async () => {
    await setPolicy(true);
    const customerId = await till.buyer();
    const order = await till.order(customerId);
    till.sandbox().control.pauseWebhooks();
    till.pay(order);
    const { payment_intent: payment } = await till.stripe().checkout.sessions.retrieve(sessionIdOf(order));
    const charge = await till.stripe().paymentIntents.retrieve(idAtStripe(payment));
    till.sandbox().control.warnOfFraud(idAtStripe(charge.latest_charge));
    till.sandbox().control.setDelivery({ order: "reversed" });
    till.sandbox().control.resumeWebhooks();
    await till.hear();
    till.sandbox().control.setDelivery({ order: "as_created" });
    assert.equal((await till.read(order.id)).status, "paid");
    assert.equal(await balanceOf(customerId), "0");
    await clear(order.id);
    assert.equal(await balanceOf(customerId), "500");
    await setPolicy(false);
  });

  test("frozen for a warning and refunded, the credits are gone, and nothing is left to look at", async () => {
    await setPolicy(true);
    const { customerId, order } = await warned();
    await money.refund(await till.read(order.id));
    await till.hear();
    assert.equal(await balanceOf(customerId), "0");
    const after = await till.read(order.id);
    assert.deepEqual([after.creditsRevoked, after.creditsShort], ["380", "120"]);
    assert.deepEqual(await standing(order.id), []);
    await setPolicy(false);
  });

  test("a dispute that follows a warning keeps the credits; won, they are back; an inquiry alone frees nothing", async () => {
    await setPolicy(true);
    const { customerId, order } = await warned();
    const inquiry = await money.dispute(order, undefined, "warning_needs_response");
    await till.hear();
    assert.equal(await balanceOf(customerId), "0");
    till.sandbox().control.moveDispute(inquiry, "needs_response");
    await till.hear();
    assert.equal(await balanceOf(customerId), "0");
    await clear(order.id);
    assert.equal(await balanceOf(customerId), "0", "the dispute is open");
    till.sandbox().control.moveDispute(inquiry, "won");
    await till.hear();
    assert.equal(await balanceOf(customerId), "380");
    await setPolicy(false);
  });

  test("an order that nobody warned of cannot be cleared, and a reason is needed", async () => {
    const order = await money.paid(await till.buyer());
    const path = `/v1/top-ups/${order.id}/clear-fraud-warning`;
    expectProblem(await client().send("POST", path, { json: { reason: "x" } }), 409, "state_conflict");
    expectProblem(await client().send("POST", path, { json: {} }), 422, "validation_failed");
    const unknown = await client().send("POST", "/v1/top-ups/nobody/clear-fraud-warning", {
      json: { reason: "x" },
    });
    expectProblem(unknown, 404, "not_found");
  });
});
