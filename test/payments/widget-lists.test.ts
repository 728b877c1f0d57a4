import assert from "node:assert/strict";
import { test } from "node:test";
import { routes, type WidgetGrant, type WidgetLedgerEntry } from "@credits-kit/contract";
import { mint, oneEngine } from "../../bff/src/test-support/index.ts";
import { moneyBack } from "./money-back.ts";
import { useTill } from "./till.ts";

/*
 * What a customer sees of purchases in lists of grants and of the ledger. No call goes to Stripe for it.
 */
oneEngine((engine) => {
  const till = useTill(engine);
  const money = moneyBack(till);
  const client = () => till.app().client;
  const grantsOf = async (customerId: string): Promise<WidgetGrant[]> => {
    const credential = await mint(client(), customerId);
    return (await client().call(routes.getWidgetGrants, { credential })).body.data;
  };
  const ledgerOf = async (customerId: string): Promise<WidgetLedgerEntry[]> => {
    const credential = await mint(client(), customerId);
    return (await client().call(routes.getWidgetLedger, { credential })).body.data.toReversed();
  };
  const one = <Item>([item, ...others]: Item[]): Item => {
    assert.ok(item !== undefined && others.length === 0);
    return item;
  };

  test("a grant that was bought has its receipt and what was paid, by whom and, as it is theirs, why", async () => {
    const customerId = await till.buyer();
    const session = await mint(client(), customerId, { userId: "ada", scopes: ["read", "top_up"] });
    const order = await till.widgetOrder(session, { orderKey: "order-key-1" });
    till.pay(order);
    await till.hear();
    const grant = one(await grantsOf(customerId));
    assert.deepEqual(grant.actor, { kind: "customer", userId: "ada" });
    assert.deepEqual(grant.source, { kind: "top_up", id: order.id });
    const { purchase } = grant;
    assert.ok(purchase?.receiptUrl);
    assert.deepEqual(
      [purchase.topUpId, purchase.status, purchase.total, purchase.refunded.amountMinor, purchase.payUrl],
      [order.id, "paid", { amountMinor: 500, currency: "usd" }, 0, null],
    );
    const entry = one(await ledgerOf(customerId));
    assert.deepEqual([entry.purchase, entry.source], [purchase, grant.source]);
    const withReason = await till.order(customerId, { reason: "Second half of 2026" });
    till.pay(withReason);
    await till.hear();
    assert.equal((await grantsOf(customerId))[0]?.reason, "Second half of 2026");
  });

  test("credits that wait for an invoice are locked and say where it is paid, then have its papers", async () => {
    const customerId = await till.buyer();
    const order = await till.order(customerId, { method: "invoice" });
    const waiting = one(await grantsOf(customerId));
    assert.equal(waiting.status, "payment_pending");
    assert.deepEqual(waiting.source, { kind: "invoice", id: null });
    assert.equal(waiting.purchase?.topUpId, order.id);
    assert.equal(waiting.purchase.payUrl, order.url);
    assert.equal(waiting.purchase.invoice?.status, "open");
    assert.ok(waiting.purchase.invoice.pdfUrl);
    await client().call(routes.markTopUpPaid, { params: { id: order.id }, body: { reason: "By transfer" } });
    const active = one(await grantsOf(customerId));
    assert.deepEqual([active.status, active.purchase?.payUrl], ["active", null]);
    assert.equal(active.purchase?.invoice?.status, "paid");
    const [granted, ...later] = await ledgerOf(customerId);
    assert.equal(granted?.purchase?.topUpId, order.id);
    assert.ok(later.length > 0 && later.every(({ purchase }) => purchase?.topUpId === order.id));
    assert.ok(!JSON.stringify(later.map(({ source }) => source)).includes("in_"));
  });

  test("money that went back shows at the purchase, and what it took at the ledger's line", async () => {
    const customerId = await till.buyer();
    const order = await money.paid(customerId);
    await till.shop.burn({ id: "e1", customerId, featureId: "image" });
    await money.refund(order, 200);
    await till.hear();
    const grant = one(await grantsOf(customerId));
    assert.equal(grant.purchase?.refunded.amountMinor, 200);
    const entries = await ledgerOf(customerId);
    const revoked = entries.find(({ type }) => type === "revoked");
    assert.equal(revoked?.purchase?.topUpId, order.id);
    assert.deepEqual(revoked.source, { kind: "api", id: null });
    // What is spent is no purchase, whatever paid for it.
    assert.equal(entries.find(({ type }) => type === "consumed")?.purchase, null);
  });

  test("one customer's purchases are never another's", async () => {
    const [mine, theirs] = [await till.buyer(), await till.buyer()];
    await money.paid(theirs);
    await till.shop.grant(mine);
    assert.deepEqual(
      (await grantsOf(mine)).map(({ purchase }) => purchase),
      [null],
    );
    assert.equal(one(await grantsOf(theirs)).purchase?.status, "paid");
  });

  test("a file has the papers' addresses", async () => {
    const customerId = await till.buyer();
    const order = await till.order(customerId, { method: "invoice" });
    const credential = await mint(client(), customerId);
    const { text } = await client().send("GET", "/widget/grants.csv", { credential });
    assert.ok(order.invoice?.url);
    for (const part of [order.id, order.invoice.number ?? "?", order.invoice.url])
      assert.ok(text.includes(part), part);
  });
});
