import assert from "node:assert/strict";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import { oneEngine, expectProblem } from "../../bff/src/test-support/index.ts";
import { SELLING, useTill } from "./till.ts";

const usd = (amountMinor: number) => ({ amountMinor, currency: "usd" });

oneEngine((engine) => {
  const till = useTill(engine);
  const client = () => till.app().client;
  const order = (credential: string, more: object) =>
    client().send("POST", "/widget/top-ups", {
      json: { creditTypeId: "credits", credits: "500", ...more },
      credential,
    });
  const ordersOf = async (customerId: string) =>
    (await client().call(routes.listTopUps, { query: { customerId } })).body.data;

  test("pitfall 24: a price that was edited in mid-checkout is told before anybody pays, and nothing is made", async () => {
    const customerId = await till.shop.customer({ plan: null });
    await till.shop.plan({ ...SELLING, id: "edited" });
    await till.shop.subscribe(customerId, { planId: "edited" });
    const session = await till.session(customerId);
    const query = { creditTypeId: "credits", credits: "500" };
    const shown = (await client().call(routes.getWidgetTopUpQuote, { query, credential: session })).body
      .price;
    assert.deepEqual(shown?.total, usd(500));

    const { data } = (
      await client().call(routes.listSubscriptions, { params: { id: customerId }, query: {} })
    ).body;
    const dearer = { prices: [{ amount: "0.02", currency: "usd" }] };
    await client().call(routes.updatePlan, { params: { id: "edited" }, body: { topUp: dearer } });
    const moved = { params: { id: data[0]?.id ?? "" }, body: { planVersion: 2 } };
    await client().call(routes.updateSubscription, moved);
    const requests = till.sandbox().control.requests.length;
    const asked = { orderKey: "shown-before-1", expectedTotal: shown?.total };
    const { total } = expectProblem(await order(session, asked), 409, "price_changed");
    assert.deepEqual(total, usd(1_000));
    assert.equal(till.sandbox().control.requests.length, requests);
    assert.deepEqual(await ordersOf(customerId), []);

    // Who agrees to the new price orders under the same key.
    const body = {
      creditTypeId: "credits",
      credits: "500",
      orderKey: asked.orderKey,
      expectedTotal: usd(1_000),
    };
    const placed = await client().call(routes.createWidgetTopUp, { body, credential: session });
    assert.deepEqual(placed.body.total, usd(1_000));
  });

  test("an order that stands keeps its price, whatever is expected when it is sent again", async () => {
    const customerId = await till.buyer();
    const session = await till.session(customerId);
    const first = await till.widgetOrder(session, { orderKey: "stands-1", expectedTotal: usd(500) });
    const again = await till.widgetOrder(session, { orderKey: "stands-1", expectedTotal: usd(900) });
    assert.deepEqual([again.id, again.total], [first.id, usd(500)]);
    assert.equal((await ordersOf(customerId)).length, 1);
  });

  test("the same number in another currency is another price", async () => {
    const customerId = await till.buyer();
    const session = await till.session(customerId);
    const expectedTotal = { amountMinor: 500, currency: "eur" };
    expectProblem(await order(session, { orderKey: "other-coin-1", expectedTotal }), 409, "price_changed");
    expectProblem(
      await order(session, { orderKey: "other-coin-1", expectedTotal: "500" }),
      422,
      "validation_failed",
    );
  });

  test("each package says what a credit of it comes to, for this customer", async () => {
    const customerId = await till.buyer();
    const query = { creditTypeId: "credits" };
    const session = await till.session(customerId);
    const quoted = (await client().call(routes.getWidgetTopUpQuote, { query, credential: session })).body;
    const starter = { credits: "1000", price: usd(900), label: "Starter" };
    assert.deepEqual(quoted.packages, [{ ...starter, pricePerCredit: { amount: "0.009", currency: "usd" } }]);
    // An agreed price that is lower than the package's stands instead of it.
    const dear = await till.shop.customer({ plan: null });
    await till.shop.subscribe(dear, {
      planId: "sells",
      price: "0.005",
      currency: "usd",
    });
    const body = { customerId: dear, creditTypeId: "credits", credits: "1000" };
    const { packages, total } = (await client().call(routes.quoteTopUp, { body })).body;
    assert.deepEqual(packages[0]?.price, usd(500));
    assert.deepEqual(total, usd(500));
    assert.equal(packages[0].pricePerCredit.amount, "0.005");
  });
});
