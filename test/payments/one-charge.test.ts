import assert from "node:assert/strict";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import { reconcile } from "../../bff/src/services/reconciliation/run.ts";
import { expectProblem, oneEngine } from "../../bff/src/test-support/index.ts";
import { SELLING, useTill } from "./till.ts";

const MINUTE_MS = 60_000;

oneEngine((engine) => {
  const till = useTill(engine);
  const client = () => till.app().client;
  const back = (id: string) => client().send("GET", `/stripe/return?top_up=${id}`, { credential: null });
  const charge = (credential: string, orderKey: string) =>
    client().send("POST", "/widget/top-ups", {
      json: { creditTypeId: "credits", credits: "500", method: "charge", orderKey },
      credential,
    });
  const status = async (id: string, credential: string) =>
    (await client().call(routes.getWidgetTopUp, { params: { id }, credential })).body.status;
  /** Nothing that Stripe tells arrives until the end of `work`, nor later. */
  const unheard = async (work: () => Promise<void>) => {
    till.sandbox().control.setDelivery({ drop: true });
    await work();
    await till.sandbox().control.webhooksIdle();
    till.sandbox().control.setDelivery({ drop: false });
  };

  /** One payment at Stripe, one order that is paid, one grant: also after all has been heard and compared. */
  async function paidOnce(customerId: string): Promise<void> {
    await till.hear();
    till.clock.ms += 5 * MINUTE_MS;
    await reconcile(till.app().money);
    const customer = await till.stripeIdOf(customerId);
    const { data: payments } = await till.stripe().paymentIntents.list({ customer, limit: 100 });
    const { data: orders } = (await client().call(routes.listTopUps, { query: { customerId } })).body;
    const grants = await till.shop.grants(customerId);
    assert.deepEqual(
      {
        charges: payments.filter(({ status: state }) => state === "succeeded").map(({ amount }) => amount),
        paid: orders.filter(({ status: state }) => state === "paid").length,
        grants: grants.map(({ amount }) => amount),
        balance: (await till.shop.balance(customerId)).balance,
      },
      { charges: [500], paid: 1, grants: ["500"], balance: "500" },
    );
    const steps = orders.flatMap(({ history }) => history);
    assert.equal(steps.filter(({ status: state }) => state === "paid").length, 1);
  }

  test("a double click on a saved card is one charge and one grant", async () => {
    const customerId = await till.cardHolder();
    const session = await till.session(customerId);
    const replies = await Promise.all([1, 2].map(() => charge(session, "double-click-1")));
    assert.deepEqual(
      replies.map((reply) => reply.status),
      [201, 201],
      replies.map(({ text }) => text).join(),
    );
    await paidOnce(customerId);
  });

  test("a double click on the way to the checkout, and on its button, is one charge and one grant", async () => {
    const customerId = await till.buyer();
    const session = await till.session(customerId);
    const [one, two] = await Promise.all(
      [1, 2].map(() => till.widgetOrder(session, { orderKey: "double-click-2" })),
    );
    assert.ok(one && two);
    assert.deepEqual([two.id, two.url], [one.id, one.url]);
    till.pay(one);
    assert.throws(() => till.pay(two));
    await paidOnce(customerId);
  });

  test("two tabs that lead to one checkout, and both pay, are one charge and one grant", async () => {
    const customerId = await till.buyer();
    const [here, there] = [await till.session(customerId), await till.session(customerId)];
    const mine = await till.widgetOrder(here, { orderKey: "two-tabs-1" });
    const same = await till.widgetOrder(there, { orderKey: "two-tabs-1" });
    assert.deepEqual([same.id, same.url], [mine.id, mine.url]);
    till.pay(mine);
    assert.throws(() => till.pay(same));
    till.clock.ms += 3_000;
    assert.deepEqual([await status(mine.id, here), await status(same.id, there)], ["paid", "paid"]);
    await paidOnce(customerId);
  });

  test("two tabs with a checkout each, of which one is paid, are one charge and one grant", async () => {
    const customerId = await till.buyer();
    const [here, there] = [await till.session(customerId), await till.session(customerId)];
    const mine = await till.widgetOrder(here, { orderKey: "two-tabs-2" });
    const other = await till.widgetOrder(there, { orderKey: "two-tabs-3" });
    assert.notEqual(other.id, mine.id);
    till.pay(other);
    await paidOnce(customerId);
    till.clock.ms += 2 * 60 * MINUTE_MS;
    till.sandbox().control.advanceClock(0);
    await paidOnce(customerId);
    assert.equal((await till.read(mine.id)).status, "expired");
  });

  test("Back from the checkout, and Back again from the thanks, is one charge and one grant", async () => {
    const customerId = await till.buyer();
    const session = await till.session(customerId);
    const first = await till.widgetOrder(session, { orderKey: "back-0001" });
    assert.match((await back(first.id)).text, /Not paid yet/);
    const second = await till.widgetOrder(session, { orderKey: "back-0001" });
    assert.deepEqual([second.id, second.url], [first.id, first.url]);
    till.pay(second);
    till.clock.ms += 3_000;
    assert.match((await back(first.id)).text, /Thank you/);
    const third = await till.widgetOrder(session, { orderKey: "back-0001" });
    assert.deepEqual([third.id, third.status, third.url], [first.id, "paid", null]);
    assert.throws(() => till.pay(first));
    await paidOnce(customerId);
  });

  test("the return address, opened and refreshed by many at once, is one charge and one grant", async () => {
    const customerId = await till.buyer();
    const order = await till.order(customerId);
    await unheard(async () => {
      till.pay(order);
      till.clock.ms += 3_000;
      const pages = await Promise.all([1, 2, 3, 4, 5, 6].map(() => back(order.id)));
      assert.ok(pages.some(({ text }) => text.includes("Thank you")));
      till.clock.ms += 3_000;
      for (let again = 0; again < 3; again += 1) assert.match((await back(order.id)).text, /Thank you/);
    });
    await paidOnce(customerId);
  });

  test("a tab that is closed right after paying is one charge and one grant, by the webhook", async () => {
    const customerId = await till.buyer();
    const session = await till.session(customerId);
    const order = await till.widgetOrder(session, { orderKey: "closed-tab-1" });
    till.pay(order);
    await till.hear();
    assert.equal((await till.shop.balance(customerId)).balance, "500");
    await paidOnce(customerId);
  });

  test("a webhook that comes before the buyer is back is one charge and one grant", async () => {
    const customerId = await till.buyer();
    const order = await till.order(customerId);
    till.pay(order);
    await till.hear();
    till.clock.ms += 3_000;
    assert.match((await back(order.id)).text, /Thank you/);
    await paidOnce(customerId);
  });

  test("a webhook that comes before Stripe's own answer does is one charge and one grant", async () => {
    const customerId = await till.cardHolder();
    const session = await till.session(customerId);
    const { control } = till.sandbox();
    control.addFault({ method: "POST", path: "/v1/payment_intents", kind: "timeout_after_success" });
    control.addFault({ method: "GET", path: "/v1/payment_intents", kind: "drop" });
    expectProblem(await charge(session, "early-news-1"), 503, "overloaded");
    await till.hear();
    assert.equal((await till.shop.balance(customerId)).balance, "500");
    assert.equal((await charge(session, "early-news-1")).status, 201);
    await paidOnce(customerId);
  });

  test("a webhook that comes after the buyer is back is one charge and one grant", async () => {
    const customerId = await till.buyer();
    const order = await till.order(customerId);
    till.sandbox().control.pauseWebhooks();
    till.pay(order);
    till.clock.ms += 3_000;
    assert.match((await back(order.id)).text, /Thank you/);
    assert.equal((await till.shop.balance(customerId)).balance, "500");
    till.sandbox().control.resumeWebhooks();
    await paidOnce(customerId);
  });

  test("a webhook that never comes, of a buyer who never comes back, is one charge and one grant", async () => {
    const customerId = await till.buyer();
    const order = await till.order(customerId);
    await unheard(async () => {
      till.pay(order);
      await reconcile(till.app().money);
    });
    await paidOnce(customerId);
  });

  test("decline, then success, at one checkout is one charge and one grant", async () => {
    const customerId = await till.buyer();
    const order = await till.order(customerId);
    for (const card of ["pm_card_chargeDeclined", "pm_card_chargeDeclinedInsufficientFunds"])
      assert.throws(() => till.pay(order, card), /declined/);
    till.pay(order);
    await paidOnce(customerId);
  });

  test("decline of a saved card, then success with another one, is one charge and one grant", async () => {
    const customerId = await till.cardHolder("pm_card_chargeCustomerFail");
    const session = await till.session(customerId);
    for (const key of ["declined-1", "declined-1", "declined-2"])
      expectProblem(await charge(session, key), 402, "card_declined");
    const customer = await till.stripeIdOf(customerId);
    const { id } = await till.stripe().paymentMethods.attach("pm_card_visa", { customer });
    await till.stripe().customers.update(customer, { invoice_settings: { default_payment_method: id } });
    assert.equal((await charge(session, "declined-3")).status, 201);
    await paidOnce(customerId);
  });

  test("a price that is edited in mid-checkout is one charge of the old price, and one grant", async () => {
    await till.shop.plan({ ...SELLING, id: "edited-once" });
    const customerId = await till.shop.customer({ plan: "edited-once" });
    const session = await till.session(customerId);
    const order = await till.widgetOrder(session, { orderKey: "edited-1" });
    const dearer = { ...SELLING.topUp, prices: [{ amount: "0.05", currency: "usd" }], packages: [] };
    await client().call(routes.updatePlan, { params: { id: "edited-once" }, body: { topUp: dearer } });
    const again = await till.widgetOrder(session, { orderKey: "edited-1" });
    assert.deepEqual([again.id, again.url, again.total.amountMinor], [order.id, order.url, 500]);
    till.pay(again);
    await paidOnce(customerId);
  });

  test("a token that ends while its buyer pays is one charge and one grant", async () => {
    const customerId = await till.cardHolder();
    const session = await till.session(customerId);
    const order = await till.widgetOrder(session, { orderKey: "late-token-1" });
    till.clock.ms += 15 * MINUTE_MS;
    till.pay(order);
    const key = { orderKey: "late-token-1", creditTypeId: "credits", credits: "500" };
    const late = await client().send("POST", "/widget/top-ups", { json: key, credential: session });
    expectProblem(late, 401, "unauthenticated");
    const next = await till.session(customerId);
    const again = await till.widgetOrder(next, { orderKey: "late-token-1" });
    assert.equal(again.id, order.id);
    assert.equal(await status(order.id, next), "paid");
    await paidOnce(customerId);
  });
});
