import assert from "node:assert/strict";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import { oneEngine } from "../../bff/src/test-support/index.ts";
import { moneyBack } from "./money-back.ts";
import { useTill } from "./till.ts";

oneEngine((engine) => {
  const till = useTill(engine);
  const money = moneyBack(till);
  const { shop } = till;
  const balanceOf = async (customerId: string) => (await shop.balance(customerId)).balance;
  const grantOf = async (customerId: string) => {
    const [grant] = await shop.grants(customerId);
    if (!grant) throw new Error("the payment bought a grant");
    return grant;
  };

  test("pitfall 21: an open dispute keeps what remains out of the balance; won, it is back", async () => {
    const customerId = await till.buyer();
    const order = await money.paid(customerId);
    await shop.consume(customerId, { id: "spent", amount: "100", creditTypeId: "credits" });
    const id = await money.dispute(order);
    await till.hear();
    assert.equal(await balanceOf(customerId), "0");
    const frozen = await grantOf(customerId);
    assert.equal(frozen.status, "frozen");
    assert.equal(frozen.frozen, "400");
    assert.equal((await till.read(order.id)).disputeStatus, "needs_response");
    till.sandbox().control.moveDispute(id, "under_review");
    till.sandbox().control.closeDispute(id, "won");
    await till.hear();
    assert.equal(await balanceOf(customerId), "400");
    const after = await till.read(order.id);
    assert.equal(after.disputeStatus, "won");
    assert.equal(after.creditsRevoked, "0");
    assert.deepEqual(
      (await shop.ledger(customerId)).map(({ type }) => type),
      ["granted", "consumed", "frozen", "unfrozen"],
    );
  });

  test("pitfall 21: a lost dispute takes what was frozen, and is not counted again by what comes after", async () => {
    const customerId = await till.buyer();
    const order = await money.paid(customerId);
    await shop.consume(customerId, { id: "spent", amount: "100", creditTypeId: "credits" });
    const id = await money.dispute(order);
    await till.hear();
    till.sandbox().control.closeDispute(id, "lost");
    await till.hear();
    for (const { id: event } of till.sandbox().control.events) await till.sandbox().control.deliver(event);
    await till.hear();
    assert.equal(await balanceOf(customerId), "0");
    const grant = await grantOf(customerId);
    assert.equal(grant.status, "revoked");
    assert.equal(grant.revoked, "400");
    const after = await till.read(order.id);
    assert.equal(after.creditsRevoked, "400");
    assert.equal(after.creditsShort, "100");
  });

  test("pitfall 21: a dispute of a part takes its part when it is lost, and frees the rest", async () => {
    const customerId = await till.buyer();
    const order = await money.paid(customerId);
    const id = await money.dispute(order, 200);
    await till.hear();
    assert.equal(await balanceOf(customerId), "0");
    till.sandbox().control.closeDispute(id, "lost");
    await till.hear();
    assert.equal(await balanceOf(customerId), "300");
    assert.equal((await till.read(order.id)).creditsRevoked, "200");
  });

  test("pitfall 21: an inquiry takes nothing out of the balance, unless it becomes a dispute", async () => {
    const customerId = await till.buyer();
    const order = await money.paid(customerId);
    const id = await money.dispute(order, undefined, "warning_needs_response");
    await till.hear();
    assert.equal(await balanceOf(customerId), "500");
    till.sandbox().control.closeDispute(id, "warning_closed");
    await till.hear();
    assert.equal(await balanceOf(customerId), "500");
    const other = await money.dispute(order, undefined, "warning_needs_response");
    till.sandbox().control.moveDispute(other, "needs_response");
    await till.hear();
    assert.equal(await balanceOf(customerId), "0");
  });

  test("a refund and a dispute of one payment together take no more than it bought (complaint 35)", async () => {
    const customerId = await till.buyer();
    const order = await money.paid(customerId);
    await shop.grant(customerId, { amount: "70" });
    await money.refund(order, 300);
    await till.hear();
    const id = await money.dispute(order);
    await till.hear();
    assert.equal(await balanceOf(customerId), "70");
    till.sandbox().control.closeDispute(id, "lost");
    await till.hear();
    assert.equal(await balanceOf(customerId), "70");
    const after = await till.read(order.id);
    assert.equal(after.creditsRevoked, "500");
    assert.equal(after.creditsShort, "0");
  });

  test("credits that expired are not clawed back once more (complaint 35)", async () => {
    const { client } = till.app();
    const now = "2026-03-01T12:00:00Z";
    await client.call(routes.createTestClock, { body: { id: "dispute-clock", now } });
    const customerId = "lives-by-a-clock";
    await client.call(routes.createCustomer, { body: { id: customerId, testClockId: "dispute-clock" } });
    await shop.subscribe(customerId, { planId: "sells" });
    const order = await till.order(customerId, { credits: "500", expiresAt: "2026-03-05T12:00:00Z" });
    till.pay(order);
    await till.hear();
    await shop.grant(customerId, { amount: "70" });
    await client.call(routes.advanceTestClock, {
      params: { id: "dispute-clock" },
      body: { to: "2026-03-06T12:00:00Z" },
    });
    await money.refund(await till.read(order.id));
    await till.hear();
    assert.equal(await balanceOf(customerId), "70");
    const after = await till.read(order.id);
    assert.equal(after.creditsRevoked, "0");
    assert.equal(after.creditsShort, "0");
  });

  test("pitfall 22: an early fraud warning is listed for a person, with the order that it is about", async () => {
    const customerId = await till.buyer();
    const order = await money.paid(customerId);
    till.sandbox().control.warnOfFraud(await money.chargeOf(order));
    await till.hear();
    const { open } = (await till.app().client.call(routes.getReconciliation, {})).body;
    const warned = open.filter(({ kind, topUpId }) => kind === "early_fraud_warning" && topUpId === order.id);
    assert.equal(warned.length, 1);
    assert.equal(await balanceOf(customerId), "500");
  });
});
