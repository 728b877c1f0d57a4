import assert from "node:assert/strict";
import test from "node:test";
import { payOffSession, saveCard, startForTest } from "../../test-support/start.ts";
import { idOf } from "../../world.ts";

test("a dispute takes the money away; won, it comes back", async (t) => {
  const { stripe, control } = await startForTest(t);
  const { id, latest_charge } = await payOffSession(stripe, await saveCard(stripe));
  const dispute = control.openDispute(idOf(latest_charge) ?? "", { amount: 1500 });
  assert.equal((await stripe.charges.retrieve(idOf(latest_charge) ?? "")).disputed, true);
  await assert.rejects(stripe.refunds.create({ payment_intent: id }), { code: "charge_disputed" });
  const answered = await stripe.disputes.update(dispute.id, { evidence: { product_description: "Credits" } });
  assert.equal(answered.status, "under_review");
  assert.equal(control.closeDispute(dispute.id, "won").status, "won");
  assert.throws(() => control.closeDispute(dispute.id, "lost"), /already closed/);
  const { data } = await stripe.disputes.list({ payment_intent: id });
  assert.deepEqual(
    data.map(({ amount, status }) => [amount, status]),
    [[1500, "won"]],
  );
  assert.deepEqual(
    control.events.map(({ type }) => type).filter((type) => type.startsWith("charge.dispute")),
    [
      "charge.dispute.created",
      "charge.dispute.funds_withdrawn",
      "charge.dispute.updated",
      "charge.dispute.closed",
      "charge.dispute.funds_reinstated",
    ],
  );
});

test("a warning takes no money, whether it is closed or becomes a dispute", async (t) => {
  const { stripe, control } = await startForTest(t);
  const first = await payOffSession(stripe, await saveCard(stripe));
  const warning = control.openDispute(idOf(first.latest_charge) ?? "", { status: "warning_needs_response" });
  assert.equal(warning.is_charge_refundable, true);
  assert.equal(control.closeDispute(warning.id, "warning_closed").status, "warning_closed");
  const withdrawn = (): number =>
    control.events.filter(({ type }) => type === "charge.dispute.funds_withdrawn").length;
  assert.equal(withdrawn(), 0);
  const second = await payOffSession(stripe, await saveCard(stripe));
  const raised = control.openDispute(idOf(second.latest_charge) ?? "", { status: "warning_needs_response" });
  control.moveDispute(raised.id, "needs_response");
  assert.equal(withdrawn(), 1);
  assert.equal((await stripe.disputes.close(raised.id)).status, "lost");
});

test("test cards bring their own dispute and their own warning of fraud", async (t) => {
  const { stripe } = await startForTest(t);
  const disputed = await payOffSession(stripe, await saveCard(stripe, "pm_card_createDispute"));
  assert.equal((await stripe.disputes.list({ payment_intent: disputed.id })).data.length, 1);
  const suspected = await payOffSession(stripe, await saveCard(stripe, "pm_card_createIssuerFraudRecord"));
  const { data } = await stripe.radar.earlyFraudWarnings.list({ payment_intent: suspected.id });
  assert.deepEqual(
    data.map(({ actionable, charge }) => [actionable, charge]),
    [[true, suspected.latest_charge]],
  );
});
