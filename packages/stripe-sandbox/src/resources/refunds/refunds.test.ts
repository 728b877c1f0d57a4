import assert from "node:assert/strict";
import test from "node:test";
import { payOffSession, saveCard, startForTest } from "../../test-support/start.ts";
import { idOf } from "../../world.ts";

test("parts of a payment are refunded until nothing is left", async (t) => {
  const { stripe, control } = await startForTest(t);
  const { id, latest_charge } = await payOffSession(stripe, await saveCard(stripe));
  const first = await stripe.refunds.create({ payment_intent: id, amount: 500, metadata: { grant: "1" } });
  assert.deepEqual([first.status, first.amount, first.charge], ["succeeded", 500, latest_charge]);
  const part = await stripe.charges.retrieve(idOf(latest_charge) ?? "", { expand: ["refunds"] });
  assert.deepEqual([part.amount_refunded, part.refunded, part.refunds?.data.length], [500, false, 1]);
  await assert.rejects(stripe.refunds.create({ payment_intent: id, amount: 1501 }), { param: "amount" });
  await stripe.refunds.create({ charge: idOf(latest_charge) ?? "" });
  assert.equal((await stripe.charges.retrieve(idOf(latest_charge) ?? "")).refunded, true);
  await assert.rejects(stripe.refunds.create({ payment_intent: id }), { code: "charge_already_refunded" });
  assert.equal((await stripe.refunds.list({ payment_intent: id })).data.length, 2);
  assert.deepEqual(
    control.events.slice(-2).map(({ type }) => type),
    ["refund.created", "charge.refunded"],
  );
  const { livemode, pending } = await stripe.balance.retrieve();
  assert.deepEqual([livemode, pending[0]?.amount], [false, 0]);
  await assert.rejects(stripe.refunds.create({}), /payment_intent or charge/);
});

test("a refund that fails later gives the amount back to the charge", async (t) => {
  const { stripe, control } = await startForTest(t);
  const { id, latest_charge } = await payOffSession(stripe, await saveCard(stripe));
  const refund = await stripe.refunds.create({ payment_intent: id, amount: 500 });
  control.failRefund(refund.id);
  const failed = await stripe.refunds.retrieve(refund.id);
  assert.deepEqual([failed.status, failed.failure_reason], ["failed", "lost_or_stolen_card"]);
  assert.equal((await stripe.charges.retrieve(idOf(latest_charge) ?? "")).amount_refunded, 0);
  assert.deepEqual(
    control.events.slice(-3).map(({ type }) => type),
    ["refund.updated", "charge.refund.updated", "refund.failed"],
  );
  assert.throws(() => control.settleRefund(refund.id), /failed/);
});

test("a pending refund succeeds when the control API says so", async (t) => {
  const { stripe, control } = await startForTest(t);
  control.configure({ refundStatus: "pending" });
  const { id } = await payOffSession(stripe, await saveCard(stripe));
  const refund = await stripe.refunds.create({ payment_intent: id });
  assert.equal(refund.status, "pending");
  assert.equal(control.settleRefund(refund.id).status, "succeeded");
  const { id: other } = await payOffSession(stripe, await saveCard(stripe));
  const second = await stripe.refunds.create({ payment_intent: other });
  assert.equal((await stripe.refunds.cancel(second.id)).status, "canceled");
});
