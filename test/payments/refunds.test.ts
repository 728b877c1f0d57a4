import assert from "node:assert/strict";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import { runAudit } from "../../bff/src/audit/run-audit.ts";
import { reconcile } from "../../bff/src/services/reconciliation/run.ts";
import { followReversals } from "../../bff/src/services/refunds/follow.ts";
import { oneEngine } from "../../bff/src/test-support/index.ts";
import { moneyBack } from "./money-back.ts";
import { useTill } from "./till.ts";

oneEngine((engine) => {
  const till = useTill(engine);
  const money = moneyBack(till);
  const { shop } = till;
  const findings = async (kind: string, topUpId: string) =>
    (await till.app().client.call(routes.getReconciliation, {})).body.open.filter(
      (finding) => finding.kind === kind && finding.topUpId === topUpId,
    );

  test("a refund takes the credits back that it gave the money back for, once", async () => {
    const customerId = await till.buyer();
    const order = await money.paid(customerId);
    const id = await money.refund(order, 200);
    await till.hear();
    await till.hear();
    const { balance } = await shop.balance(customerId);
    assert.equal(balance, "300");
    const after = await till.read(order.id);
    assert.deepEqual(after.refunded, { amountMinor: 200, currency: "usd" });
    assert.equal(after.creditsRevoked, "200");
    assert.equal(after.creditsShort, "0");
    assert.equal(after.status, "paid");
    assert.deepEqual(
      after.history.map(({ cause }) => cause),
      ["order", "webhook", "refund_succeeded"],
    );
    const revoked = (await shop.ledger(customerId)).filter(({ type }) => type === "revoked");
    assert.equal(revoked.length, 1);
    assert.equal(revoked[0]?.delta, "-200");
    assert.deepEqual(revoked[0]?.actor, { kind: "system", id: "stripe" });
    assert.equal(revoked[0]?.source.id, id);
  });

  test("pitfall 18: a refund of credits that were spent leaves no grant below zero; the rest is written off", async () => {
    const customerId = await till.buyer();
    const order = await money.paid(customerId);
    await shop.grant(customerId, { amount: "50", expiresAt: "2099-01-01T00:00:00Z" });
    await shop.consume(customerId, { id: "spent", amount: "450", creditTypeId: "credits" });
    await money.refund(order);
    await till.hear();
    const grants = await shop.grants(customerId);
    const paid = grants.find(({ id }) => id === order.grantId);
    assert.equal(paid?.consumed, "450");
    assert.equal(paid?.revoked, "50");
    assert.equal(paid?.remaining, "0");
    assert.equal(paid?.status, "revoked");
    assert.equal(grants.find(({ category }) => category === "promo")?.remaining, "50");
    assert.equal((await shop.balance(customerId)).balance, "50");
    const after = await till.read(order.id);
    assert.equal(after.creditsRevoked, "50");
    assert.equal(after.creditsShort, "450");
    assert.deepEqual(await findings("refund_shortfall", order.id), []);
  });

  test("pitfall 18: where the policy is a debt, what is missing is listed with its credits", async () => {
    await till.app().client.call(routes.updateSettings, { body: { refundShortfall: "debt" } });
    const customerId = await till.buyer();
    const order = await money.paid(customerId);
    await shop.consume(customerId, { id: "spent", amount: "450", creditTypeId: "credits" });
    await money.refund(order);
    await till.hear();
    const [finding] = await findings("refund_shortfall", order.id);
    assert.equal(finding?.credits, "450");
    assert.equal((await shop.balance(customerId)).balance, "0");
    await till.app().client.call(routes.updateSettings, { body: { refundShortfall: "write_off" } });
  });

  test("pitfall 19: partial refunds are counted together, to the last micro-credit", async () => {
    const customerId = await till.buyer();
    const order = await money.paid(customerId, "100");
    // A third of a cent is 33.333333 credits: three of them must be all, not 99.999999.
    for (const cents of [33, 33, 34]) await money.refund(order, cents);
    await till.hear();
    const after = await till.read(order.id);
    assert.equal(after.creditsRevoked, "100");
    assert.equal((await shop.balance(customerId)).balance, "0");
  });

  test("pitfall 19: refunds told of one by one, the later one first, take the same", async () => {
    const customerId = await till.buyer();
    const order = await money.paid(customerId);
    till.sandbox().control.pauseWebhooks();
    till.sandbox().control.setDelivery({ order: "reversed", copies: 3 });
    await money.refund(order, 100);
    await money.refund(order, 150);
    till.sandbox().control.resumeWebhooks();
    await till.hear();
    till.sandbox().control.setDelivery({ order: "as_created", copies: 1 });
    assert.equal((await shop.balance(customerId)).balance, "250");
    assert.equal((await till.read(order.id)).creditsRevoked, "250");
  });

  test("pitfall 20: a refund that fails later gives back exactly what it took, with the same end and cost", async () => {
    const customerId = await till.buyer();
    const order = await money.paid(customerId);
    await shop.consume(customerId, { id: "spent", amount: "400", creditTypeId: "credits" });
    const id = await money.refund(order);
    await till.hear();
    assert.equal((await shop.balance(customerId)).balance, "0");
    till.sandbox().control.failRefund(id);
    await till.hear();
    await till.hear();
    assert.equal((await shop.balance(customerId)).balance, "100");
    const grants = await shop.grants(customerId);
    assert.equal(grants.length, 2);
    const first = grants.find((grant) => grant.id === order.grantId);
    const again = grants.find((grant) => grant.id !== order.grantId);
    assert.equal(again?.amount, "100");
    assert.equal(again?.expiresAt, first?.expiresAt);
    assert.equal(again?.effectiveAt, first?.effectiveAt);
    assert.deepEqual(again?.costBasis, first?.costBasis);
    assert.deepEqual(again?.source, { kind: "top_up", id: order.id });
    const after = await till.read(order.id);
    assert.equal(after.creditsRevoked, "0");
    assert.equal(after.creditsShort, "0");
    assert.equal(after.refunded.amountMinor, 0);
    // The next try takes what was made good.
    await money.refund(order);
    await till.hear();
    assert.equal((await shop.balance(customerId)).balance, "0");
    assert.equal((await till.read(order.id)).creditsRevoked, "100");
  });

  test("a refund takes no credits that a hold reserves; what the hold frees is taken then", async () => {
    const customerId = await till.buyer();
    const order = await money.paid(customerId);
    await shop.hold(customerId, { id: "h", amount: "200", creditTypeId: "credits" });
    await money.refund(order);
    await till.hear();
    assert.equal((await shop.balance(customerId)).balance, "200");
    assert.equal((await till.read(order.id)).creditsShort, "0");
    await shop.capture(customerId, { id: "h", amount: "150" });
    assert.equal((await shop.balance(customerId)).balance, "0");
  });

  test("a pending refund takes at once, so that credits are not spent while their money travels", async () => {
    till.sandbox().control.configure({ refundStatus: "pending" });
    const customerId = await till.buyer();
    const order = await money.paid(customerId);
    const id = await money.refund(order, 100);
    await till.hear();
    assert.equal((await shop.balance(customerId)).balance, "400");
    till.sandbox().control.configure({ refundStatus: "succeeded" });
    till.sandbox().control.settleRefund(id);
    await till.hear();
    assert.equal((await shop.balance(customerId)).balance, "400");
  });

  test("a refund that is heard of before its payment waits for the credits, then takes them", async () => {
    const customerId = await till.buyer();
    till.sandbox().control.pauseWebhooks();
    till.sandbox().control.setDelivery({ order: "reversed" });
    const order = await till.order(customerId);
    till.pay(order);
    const payment = await paymentOf(order.id);
    await money.refund({ ...order, paymentIntentId: payment }, 500);
    till.sandbox().control.resumeWebhooks();
    await till.hear();
    till.sandbox().control.setDelivery({ order: "as_created" });
    const after = await till.read(order.id);
    assert.equal(after.status, "paid");
    assert.equal(after.creditsRevoked, "500");
    assert.equal((await shop.balance(customerId)).balance, "0");
    assert.equal((await shop.grants(customerId)).length, 1);
  });

  test("a refund of which no webhook told is found by the comparison", async () => {
    const customerId = await till.buyer();
    const order = await money.paid(customerId);
    till.sandbox().control.setDelivery({ drop: true });
    const id = await money.refund(order, 300);
    await till.hear();
    assert.equal((await shop.balance(customerId)).balance, "500");
    await reconcile(till.app().money);
    assert.equal((await shop.balance(customerId)).balance, "200");
    till.sandbox().control.failRefund(id);
    till.clock.ms += 25 * 60 * 60_000;
    await reconcile(till.app().money);
    till.sandbox().control.setDelivery({ drop: false });
    assert.equal((await shop.balance(customerId)).balance, "500");
  });

  test("a process that dies between deciding and taking leaves it to whoever looks next, who takes it once (F-17)", async () => {
    const customerId = await till.buyer();
    const order = await money.paid(customerId);
    till.sandbox().control.setDelivery({ drop: true });
    await money.refund(order, 200);
    till.sandbox().control.setDelivery({ drop: false });
    const { money: deps } = till.app();
    const died = new Error("died");
    const dying = {
      ...deps,
      pools: { submit: () => Promise.reject(died), close: () => deps.pools.close() },
    };
    await assert.rejects(followReversals(dying, order.paymentIntentId ?? "", "webhook"), died);
    assert.equal((await shop.balance(customerId)).balance, "500");
    await Promise.all([1, 2, 3].map(() => followReversals(deps, order.paymentIntentId ?? "", "webhook")));
    assert.equal((await shop.balance(customerId)).balance, "300");
  });

  test("the audit names an order that more was taken back for than its entries say (I-18)", async () => {
    const customerId = await till.buyer();
    const order = await money.paid(customerId);
    await money.refund(order, 200);
    await till.hear();
    const { database } = till.app();
    const meddle = (taken: string) =>
      database.writer.updateTable("takings").set({ taken }).where("top_up_id", "=", order.id).execute();
    await meddle("700000000");
    const { violations } = await runAudit(database);
    assert.deepEqual(
      new Set(violations.map(({ invariant, customerId: whose }) => `${invariant} ${whose}`)),
      new Set([`I-18 ${customerId}`]),
    );
    assert.equal(violations.length, 2);
    await meddle("200000000");
  });

  /** The payment of an order that nobody here has heard of yet. */
  async function paymentOf(topUpId: string): Promise<string> {
    const payments = till.app().money.payments;
    for await (const payment of payments?.payments(0) ?? [])
      if (payment.topUpId === topUpId) return payment.id;
    throw new Error("the order was paid");
  }
});
