import assert from "node:assert/strict";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import { reconcile } from "../../bff/src/services/reconciliation/run.ts";
import { oneEngine, expectProblem } from "../../bff/src/test-support/index.ts";
import { sessionIdOf, useTill } from "./till.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

oneEngine((engine) => {
  const till = useTill(engine);
  const client = () => till.app().client;
  const count = (kind: "sessions" | "paymentIntents" | "customers") =>
    till.sandbox().control.objects[kind] ?? 0;
  const buy = (credential: string, orderKey: string, method: "checkout" | "charge") =>
    client().send("POST", "/widget/top-ups", {
      json: { creditTypeId: "credits", credits: "500", method, orderKey },
      credential,
    });
  const keysOf = (path: string) =>
    till
      .sandbox()
      .control.requests.filter((request) => request.method === "POST" && request.path === path)
      .map(({ idempotencyKey }) => idempotencyKey);

  for (const [name, fault] of [
    ["the answer is lost after Stripe did it", { kind: "timeout_after_success" }],
    ["Stripe fails before it did anything", { kind: "status", status: 500 }],
    ["Stripe fails although it did it", { kind: "status", status: 500, afterWork: true }],
    ["Stripe is too busy", { kind: "status", status: 429 }],
    ["another call with the key is under way", { kind: "status", status: 409 }],
    ["the connection is cut before", { kind: "drop" }],
  ] as const) {
    test(`a charge when ${name}: one charge, one grant, one key (pitfall 10, pitfall 11, pitfall 12, F-20, I-17)`, async () => {
      const customerId = await till.cardHolder();
      const session = await till.session(customerId);
      const payments = count("paymentIntents");
      till.sandbox().control.clearRequests();
      till.sandbox().control.addFault({ method: "POST", path: "/v1/payment_intents", ...fault });
      const key = `fault-${customerId}`;
      const first = await buy(session, key, "charge");
      assert.ok([201, 503].includes(first.status), first.text);
      if (first.status === 503) assert.ok(first.headers.get("retry-after"));
      const second = await buy(session, key, "charge");
      // What Stripe failed at it remembers; nothing was charged then, and the next order is another one.
      const isLost = name === "Stripe fails before it did anything";
      assert.equal(second.status, isLost ? 409 : 201, second.text);
      till.sandbox().control.clearFaults();
      await till.hear();
      till.clock.ms += 10 * MINUTE_MS;
      await reconcile(till.app().money);
      const keys = new Set(keysOf("/v1/payment_intents"));
      assert.equal(keys.size, 1, [...keys].join());
      assert.equal(count("paymentIntents"), payments + (isLost ? 0 : 1));
      assert.equal((await till.shop.grants(customerId)).length, isLost ? 0 : 1);
    });
  }

  test("a checkout whose answer was lost is found again, not made again (pitfall 10, F-17)", async () => {
    const customerId = await till.buyer();
    const session = await till.session(customerId);
    const sessions = count("sessions");
    till
      .sandbox()
      .control.addFault({ method: "POST", path: "/v1/checkout/sessions", kind: "timeout_after_success" });
    till.sandbox().control.addFault({ method: "GET", path: "/v1/checkout/sessions", kind: "drop" });
    expectProblem(await buy(session, "lost-answer-1", "checkout"), 503, "overloaded");
    const again = await buy(session, "lost-answer-1", "checkout");
    assert.equal(again.status, 201);
    assert.equal(count("sessions"), sessions + 1);
  });

  test("an answer that is lost for more than a day is looked up, and never asked for again (pitfall 10)", async () => {
    const customerId = await till.cardHolder();
    const session = await till.session(customerId);
    till
      .sandbox()
      .control.addFault({ method: "POST", path: "/v1/payment_intents", kind: "timeout_after_success" });
    till.sandbox().control.addFault({ method: "GET", path: "/v1/payment_intents", kind: "drop", times: 1 });
    expectProblem(await buy(session, "lost-for-a-day", "charge"), 503, "overloaded");
    const payments = count("paymentIntents");
    till.clock.ms += 2 * DAY_MS;
    till.sandbox().control.advanceClock(0);
    const late = await till.session(customerId);
    assert.equal((await buy(late, "lost-for-a-day", "charge")).status, 201);
    assert.equal(count("paymentIntents"), payments);
    assert.equal((await till.shop.grants(customerId)).length, 1);

    till.sandbox().control.addFault({ method: "POST", path: "/v1/payment_intents", kind: "drop" });
    expectProblem(await buy(late, "never-made-1", "charge"), 503, "overloaded");
    till.clock.ms += 2 * DAY_MS;
    await reconcile(till.app().money);
    const [latest] = (await client().call(routes.listTopUps, { query: { customerId } })).body.data;
    assert.deepEqual([latest?.status, latest?.failure?.code], ["failed", "never_made"]);
    assert.equal(count("paymentIntents"), payments);
  });

  test("a customer whose making had no answer is made once", async () => {
    const customerId = await till.buyer();
    const customers = count("customers");
    till.sandbox().control.addFault({ method: "POST", path: "/v1/customers", kind: "timeout_after_success" });
    const session = await till.session(customerId);
    expectProblem(await buy(session, "customer-lost", "checkout"), 503, "overloaded");
    assert.equal((await buy(session, "customer-lost", "checkout")).status, 201);
    assert.equal(count("customers"), customers + 1);
  });

  test("a reader is answered although Stripe does not, and the page it came back to too", async () => {
    const order = await till.order(await till.buyer());
    till.clock.ms += 5_000;
    till.sandbox().control.addFault({ kind: "drop", times: 2 });
    assert.equal((await till.read(order.id)).status, "awaiting_payment");
    till.clock.ms += 5_000;
    const page = await client().send("GET", `/stripe/return?top_up=${order.id}`, { credential: null });
    assert.equal(page.status, 200);
    till.sandbox().control.clearFaults();
  });

  test("a token that ends while its buyer pays loses nothing", async () => {
    const customerId = await till.buyer();
    const session = await till.session(customerId);
    const order = await till.widgetOrder(session, { orderKey: "token-ends-1" });
    till.clock.ms += 15 * MINUTE_MS;
    till.pay(order);
    const reply = await client().send("GET", `/widget/top-ups/${order.id}`, { credential: session });
    expectProblem(reply, 401, "unauthenticated");
    await till.hear();
    assert.equal((await till.shop.balance(customerId)).balance, "500");
    const next = await till.session(customerId);
    const status = await client().call(routes.getWidgetTopUp, { params: { id: order.id }, credential: next });
    assert.equal(status.body.status, "paid");
  });

  test("a checkout that nobody paid ends; what was paid just before is honoured (pitfall 23)", async () => {
    const customerId = await till.buyer();
    const [left, late] = [await till.order(customerId), await till.order(customerId)];
    const soon = Date.parse(left.payableUntil ?? "") - till.clock.ms;
    assert.ok(soon >= 30 * MINUTE_MS && soon <= DAY_MS);
    till.sandbox().control.setDelivery({ drop: true });
    till.pay(late);
    till.clock.ms += 61 * MINUTE_MS;
    till.sandbox().control.advanceClock(0);
    await till.sandbox().control.webhooksIdle();
    till.sandbox().control.setDelivery({ drop: false });
    // The product heard that both are over.
    const { writer } = till.app().database;
    await writer
      .updateTable("top_ups")
      .set({ status: "expired" })
      .where("customer_id", "=", customerId)
      .execute();
    const told = till
      .sandbox()
      .control.events.find(
        ({ type, data }) =>
          type === "checkout.session.completed" && JSON.stringify(data).includes(sessionIdOf(late)),
      );
    await till.sandbox().control.deliver(told?.id ?? "");
    await till.hear();
    assert.equal((await till.read(late.id)).status, "paid");
    assert.equal((await till.read(left.id)).status, "expired");
    assert.equal((await till.shop.grants(customerId)).length, 1);
    assert.throws(() => till.pay(left));
  });
});
