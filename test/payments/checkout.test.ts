import assert from "node:assert/strict";
import { test } from "node:test";
import { routes, type TopUp } from "@credits-kit/contract";
import { oneEngine, expectProblem } from "../../bff/src/test-support/index.ts";
import { PUBLISHABLE_KEY, SELLING, useTill } from "./till.ts";

const path = ({ history }: TopUp) => history.map(({ status, cause }) => `${status} by ${cause}`);

oneEngine((engine) => {
  const till = useTill(engine);
  const client = () => till.app().client;

  test("a buyer pays at the checkout, and the credits are there with all that the order said", async () => {
    const customerId = await till.buyer();
    const order = await till.order(customerId, {
      resourceId: "team",
      priority: 3,
      reason: "For the launch",
      externalReference: "PO-7",
      metadata: { deal: "42" },
    });
    assert.deepEqual([order.status, order.total, order.grantId], ["awaiting_payment", usd(500), null]);
    assert.ok(order.url?.startsWith("http"));
    till.pay(order);
    await till.hear();
    const paid = await till.read(order.id);
    assert.deepEqual(path(paid), ["awaiting_payment by order", "paid by webhook"]);
    assert.deepEqual([paid.status, paid.url, paid.paid], ["paid", null, usd(500)]);
    const grants = await till.shop.grants(customerId);
    const [grant] = grants;
    assert.equal(grants.length, 1);
    assert.deepEqual(
      [grant?.id, grant?.amount, grant?.category, grant?.resourceId, grant?.priority, grant?.reason],
      [paid.grantId, "500", "paid", "team", 3, "For the launch"],
    );
    assert.deepEqual(grant?.costBasis, { amount: "0.01", currency: "usd" });
    assert.deepEqual(grant?.source, { kind: "top_up", id: order.id });
    assert.deepEqual(grant?.metadata, { deal: "42" });
    assert.equal(grant?.payment?.status, "paid");
    assert.equal(grant?.payment?.receiptUrl, paid.receiptUrl);
    assert.ok(paid.receiptUrl);
    const year = new Date(grant?.createdAt ?? "");
    year.setUTCFullYear(year.getUTCFullYear() + 1);
    assert.equal(grant?.expiresAt?.slice(0, 10), year.toISOString().slice(0, 10));
  });

  test("whoever notices first grants: the page that Stripe leads back to needs no webhook (pitfall 2)", async () => {
    const customerId = await till.buyer();
    const order = await till.order(customerId);
    till.pay(order);
    till.clock.ms += 3_000;
    const page = await client().send("GET", `/stripe/return?top_up=${order.id}`, { credential: null });
    assert.equal(page.status, 200);
    assert.match(page.text, /Thank you/);
    assert.equal((await till.shop.balance(customerId)).balance, "500");
    assert.deepEqual(path(await till.read(order.id)), ["awaiting_payment by order", "paid by return_page"]);
    for (let again = 0; again < 3; again += 1)
      await client().send("GET", `/stripe/return?top_up=${order.id}`, { credential: null });
    await till.hear();
    assert.equal((await till.shop.grants(customerId)).length, 1);
    const nowhere = await client().send("GET", "/stripe/return?top_up=top_x", { credential: null });
    assert.equal(nowhere.status, 404);
  });

  test("our ids are on the session and on its payment (pitfall 2)", async () => {
    const customerId = await till.buyer();
    const order = await till.order(customerId);
    till.pay(order);
    const mark = { credits_kit_top_up: order.id, credits_kit_customer: customerId };
    const about = till.sandbox().control.events.filter(({ data }) => {
      const object: { metadata?: unknown } = data.object;
      return JSON.stringify(object.metadata ?? null).includes(order.id);
    });
    const types: string[] = about.map(({ type }) => type);
    for (const type of ["checkout.session.completed", "payment_intent.succeeded", "charge.succeeded"])
      assert.ok(types.includes(type), types.join());
    for (const { data } of about) {
      const { metadata }: { metadata?: unknown } = data.object;
      assert.deepEqual(metadata, mark);
    }
  });

  test("a double click is one order and one checkout: the same key gives the same address (pitfall 24, complaint 14)", async () => {
    const customerId = await till.buyer();
    const session = await till.session(customerId);
    const before = till.sandbox().control.objects.sessions ?? 0;
    const orders = await Promise.all(
      [1, 2, 3, 4].map(() => till.widgetOrder(session, { orderKey: "click-0001" })),
    );
    const [first] = orders;
    assert.deepEqual(new Set(orders.map(({ id }) => id)).size, 1);
    assert.deepEqual(new Set(orders.map(({ url }) => url)).size, 1);
    assert.ok(first?.url);
    assert.equal(till.sandbox().control.objects.sessions, before + 1);
    assert.equal(
      till.sandbox().control.requests.filter(({ path: asked }) => asked === "/v1/customers").length > 0,
      true,
    );

    const body = { customerId, creditTypeId: "credits", credits: "500", method: "checkout" } as const;
    const headers = { "Idempotency-Key": "order-7" };
    const one = await client().call(routes.createTopUp, { body, headers });
    const again = await client().call(routes.createTopUp, { body, headers });
    assert.equal(again.headers.get("idempotency-replayed"), "true");
    assert.deepEqual(again.body, one.body);
    const other = await client().send("POST", "/v1/top-ups", { json: { ...body, credits: "600" }, headers });
    expectProblem(other, 409, "idempotency_conflict");
    const changed = await client().send("POST", "/widget/top-ups", {
      json: { creditTypeId: "credits", credits: "600", orderKey: "click-0001" },
      credential: session,
    });
    expectProblem(changed, 409, "idempotency_conflict");
  });

  test("first buyers at once, without email, are one customer at Stripe", async () => {
    const customerId = await till.buyer();
    const before = till.sandbox().control.objects.customers ?? 0;
    const session = await till.session(customerId);
    const orders = await Promise.all(
      ["a", "b", "c", "d"].map((key) => till.widgetOrder(session, { orderKey: `first-buyer-${key}` })),
    );
    assert.equal(new Set(orders.map(({ id }) => id)).size, 4);
    assert.equal(till.sandbox().control.objects.customers, before + 1);
  });

  test("a price that is edited in mid-checkout changes nothing that was ordered (pitfall 24)", async () => {
    await till.shop.plan({ ...SELLING, id: "edited" });
    const customerId = await till.shop.customer({ plan: "edited" });
    const order = await till.order(customerId);
    const dearer = { ...SELLING.topUp, prices: [{ amount: "0.05", currency: "usd" }], packages: [] };
    await client().call(routes.updatePlan, { params: { id: "edited" }, body: { topUp: dearer } });
    till.pay(order);
    await till.hear();
    assert.equal((await till.read(order.id)).status, "paid");
    const [grant] = await till.shop.grants(customerId);
    assert.deepEqual([grant?.amount, grant?.costBasis?.amount], ["500", "0.01"]);
  });

  test("an embedded checkout gives its secret to the page, and what the page needs to use it", async () => {
    const customerId = await till.buyer();
    const session = await till.session(customerId);
    const order = await till.widgetOrder(session, { orderKey: "embedded-1", uiMode: "embedded" });
    assert.match(order.clientSecret ?? "", /^cs_.*_secret_/);
    assert.equal(order.publishableKey, PUBLISHABLE_KEY);
    assert.equal(order.url, null);
    till.pay(order);
    await till.hear();
    const status = await client().call(routes.getWidgetTopUp, {
      params: { id: order.id },
      credential: session,
    });
    assert.deepEqual([status.body.status, status.body.clientSecret], ["paid", null]);
    const again = await till.widgetOrder(session, { orderKey: "embedded-1", uiMode: "embedded" });
    assert.deepEqual([again.status, again.clientSecret], ["paid", null]);
  });
});

function usd(amountMinor: number) {
  return { amountMinor, currency: "usd" };
}
