import assert from "node:assert/strict";
import { test } from "node:test";
import { routes, type WidgetBilling } from "@credits-kit/contract";
import { oneEngine, expectProblem, mint } from "../../bff/src/test-support/index.ts";
import { moneyBack } from "./money-back.ts";
import { useTill } from "./till.ts";

oneEngine((engine) => {
  const till = useTill(engine);
  const money = moneyBack(till);
  const client = () => till.app().client;
  const session = (customerId: string, scopes: ("read" | "settings")[] = ["read", "settings"]) =>
    mint(client(), customerId, { scopes });
  const billing = async (customerId: string, query = ""): Promise<WidgetBilling> => {
    const reply = await client().send("GET", `/widget/billing${query}`, {
      credential: await session(customerId),
    });
    assert.equal(reply.status, 200, reply.text);
    return routes.getWidgetBilling.answer.parse(JSON.parse(reply.text));
  };
  /** Adds a card on Stripe's own page. @returns what the page said */
  const addCard = async (customerId: string, setupKey: string, card = "pm_card_visa") => {
    const body = { setupKey };
    const credential = await session(customerId);
    const { body: page } = await client().call(routes.setUpWidgetPaymentMethod, { body, credential });
    const id = /cs_[A-Za-z0-9_]+/.exec(page.url ?? "")?.[0] ?? "";
    assert.deepEqual(till.sandbox().control.completeCheckout(id, { card }), { state: "complete" });
    return page;
  };

  test("one screen tells plan and price, cards, receipts and the invoice that waits, and who may manage them", async () => {
    const customerId = await till.buyer();
    const order = await money.paid(customerId);
    await money.refund(order, 100);
    await till.hear();
    const invoiced = await till.order(customerId, { method: "invoice", credits: "300" });
    const screen = await billing(customerId);
    assert.equal(screen.canManage, true);
    const [plan] = screen.plans;
    assert.equal(plan?.planId, "sells");
    assert.deepEqual(plan?.price, { amount: "0.01", currency: "usd" });
    assert.equal(plan?.isAgreed, false);
    assert.equal(plan?.creditType.symbol, "✦");
    const [invoice, receipt, ...others] = screen.documents.data;
    assert.equal(others.length, 0);
    assert.equal(invoice?.topUpId, invoiced.id);
    assert.equal(invoice?.payUrl, invoiced.url);
    assert.equal(invoice?.invoice?.status, "open");
    assert.ok(invoice?.invoice?.pdfUrl);
    assert.equal(receipt?.topUpId, order.id);
    assert.ok(receipt?.receiptUrl);
    assert.equal(receipt?.payUrl, null);
    assert.equal(receipt?.refunded.amountMinor, 100);
    const reader = await session(customerId, ["read"]);
    const { body } = await client().call(routes.getWidgetBilling, { credential: reader });
    assert.equal(body.canManage, false);
  });

  test("a long history comes in pages, each purchase once", async () => {
    const customerId = await till.buyer();
    for (let count = 0; count < 3; count += 1) await till.order(customerId, { method: "invoice" });
    const first = await billing(customerId, "?limit=2");
    assert.equal(first.documents.data.length, 2);
    const cursor = encodeURIComponent(first.documents.nextCursor ?? "");
    const second = await billing(customerId, `?limit=2&cursor=${cursor}`);
    assert.equal(second.documents.data.length, 1);
    assert.equal(second.documents.nextCursor, null);
    const ids = [...first.documents.data, ...second.documents.data].map(({ topUpId }) => topUpId);
    assert.equal(new Set(ids).size, 3);
  });

  test("a card is added on Stripe's page, made the default, and removed", async () => {
    const customerId = await till.buyer();
    assert.deepEqual((await billing(customerId)).paymentMethods, []);
    await addCard(customerId, "first-card");
    await addCard(customerId, "other-card", "pm_card_mastercard");
    await till.hear();
    const cards = (await billing(customerId)).paymentMethods ?? [];
    assert.equal(cards.length, 2);
    assert.equal(cards.filter(({ isDefault }) => isDefault).length, 1);
    const other = cards.find(({ isDefault }) => !isDefault);
    const params = { id: other?.id ?? "" };
    const credential = await session(customerId);
    const chosen = await client().call(routes.setDefaultWidgetPaymentMethod, { params, credential });
    assert.deepEqual(
      chosen.body.data.map(({ id, isDefault }) => [id === other?.id, isDefault]),
      [
        [true, true],
        [false, false],
      ],
    );
    const left = await client().call(routes.removeWidgetPaymentMethod, { params, credential });
    assert.deepEqual(
      left.body.data.map(({ id }) => id),
      cards.filter(({ id }) => id !== other?.id).map(({ id }) => id),
    );
    const server = await client().call(routes.listPaymentMethods, { params: { id: customerId } });
    assert.deepEqual(server.body.data, left.body.data);
    await till.hear();
    const { oldestWaitingAt, dead } = (await client().call(routes.getReconciliation, {})).body.webhooks;
    assert.deepEqual({ oldestWaitingAt, dead }, { oldestWaitingAt: null, dead: 0 });
  });

  test("the same key is the same page, so that two clicks open one", async () => {
    const customerId = await till.buyer();
    const credential = await session(customerId);
    const body = { setupKey: "double-click" };
    const pages = await Promise.all(
      [1, 2].map(() => client().call(routes.setUpWidgetPaymentMethod, { body, credential })),
    );
    assert.equal(pages[0]?.body.url, pages[1]?.body.url);
    const other = { json: { ...body, uiMode: "embedded" }, credential };
    const path = "/widget/billing/payment-methods/setup";
    expectProblem(await client().send("POST", path, other), 409, "idempotency_conflict");
  });

  test("who asks again by the same key learns when the card is there, and is led nowhere any more", async () => {
    const customerId = await till.buyer();
    const page = await addCard(customerId, "asked-again");
    assert.equal(page.status, "open");
    const credential = await session(customerId);
    const again = await client().call(routes.setUpWidgetPaymentMethod, {
      body: { setupKey: "asked-again" },
      credential,
    });
    assert.deepEqual(
      [again.body.id, again.body.status, again.body.url, again.body.clientSecret],
      [page.id, "complete", null, null],
    );
    assert.equal((await billing(customerId)).paymentMethods?.length, 1);
  });

  test("nobody touches another customer's card, and a session without the scope touches none", async () => {
    const customerId = await till.buyer();
    await addCard(customerId, "mine-alone");
    const [card] = (await billing(customerId)).paymentMethods ?? [];
    const stranger = await till.buyer();
    await addCard(stranger, "the-stranger");
    const path = `/widget/billing/payment-methods/${card?.id}`;
    const credential = await session(stranger);
    expectProblem(await client().send("DELETE", path, { credential }), 404, "not_found");
    expectProblem(await client().send("POST", `${path}/default`, { credential }), 404, "not_found");
    const server = `/v1/customers/${stranger}/payment-methods/${card?.id}`;
    expectProblem(await client().send("DELETE", server, {}), 404, "not_found");
    const reader = await session(customerId, ["read"]);
    expectProblem(await client().send("DELETE", path, { credential: reader }), 403, "insufficient_scope");
    assert.equal((await billing(customerId)).paymentMethods?.length, 1);
  });

  test("the screen is drawn although Stripe does not answer; the cards are then unknown, not none", async () => {
    const customerId = await till.buyer();
    await addCard(customerId, "while-it-lasts");
    till.sandbox().control.addFault({ kind: "status", status: 503, times: 20 });
    const screen = await billing(customerId);
    till.sandbox().control.clearFaults();
    assert.equal(screen.paymentMethods, null);
    assert.equal(screen.plans.length, 1);
  });

  test("a page to come back to must be one that may show widgets", async () => {
    const customerId = await till.buyer();
    const credential = await session(customerId);
    const json = { setupKey: "foreign-page", returnUrl: "https://evil.example/billing" };
    const reply = await client().send("POST", "/widget/billing/payment-methods/setup", { json, credential });
    expectProblem(reply, 422, "validation_failed");
  });
});
