import assert from "node:assert/strict";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import { oneEngine, expectProblem } from "../../bff/src/test-support/index.ts";
import { PUBLISHABLE_KEY, useTill } from "./till.ts";

oneEngine((engine) => {
  const till = useTill(engine);
  const client = () => till.app().client;

  test("currencies without decimals, and with three, are charged as Stripe takes them", async () => {
    const customerId = await till.buyer();
    const yen = await till.order(customerId, { currency: "jpy", credits: "333" });
    assert.deepEqual([yen.subtotal.amountMinor, yen.total.amountMinor], [500, 500]);
    const dinar = await till.order(customerId, { currency: "kwd", credits: "333" });
    // 333 x 0.0031 = 1.0323 dinars: 1032 fils, of which Stripe takes tens.
    assert.deepEqual([dinar.subtotal.amountMinor, dinar.total.amountMinor], [1032, 1030]);
    for (const order of [yen, dinar]) till.pay(order);
    await till.hear();
    const bases = (await till.shop.grants(customerId)).map(({ costBasis }) => costBasis);
    const byCurrency = bases.map((basis) => `${basis?.amount} ${basis?.currency}`).sort();
    assert.deepEqual(byCurrency, ["0.003093093093 kwd", "1.501501501502 jpy"]);
  });

  test("too few, too many and for nothing are refused, naming what is wrong, and nobody is asked for money", async () => {
    const customerId = await till.buyer();
    const session = await till.session(customerId);
    const requests = till.sandbox().control.requests.length;
    for (const [credits, message] of [
      ["99.999999", /at least 100/],
      ["100000.000001", /at most 100000/],
    ] as const) {
      const server = { customerId, creditTypeId: "credits", credits, method: "checkout" };
      const widget = { creditTypeId: "credits", credits, orderKey: "too-much-or-few" };
      for (const reply of [
        await client().send("POST", "/v1/top-ups", { json: server }),
        await client().send("POST", "/widget/top-ups", { json: widget, credential: session }),
        await client().send("GET", `/widget/top-ups/quote?creditTypeId=credits&credits=${credits}`, {
          credential: session,
        }),
      ]) {
        const { errors } = expectProblem(reply, 422, "amount_out_of_range");
        assert.equal(errors?.[0]?.path, "credits");
        assert.match(errors?.[0]?.message ?? "", message);
      }
    }
    const free = {
      customerId,
      creditTypeId: "credits",
      credits: "1",
      method: "checkout",
      price: "0.001",
      currency: "usd",
    };
    expectProblem(await client().send("POST", "/v1/top-ups", { json: free }), 422, "amount_out_of_range");
    assert.equal(till.sandbox().control.requests.length, requests);
    const small = { ...free, price: "0.1" };
    expectProblem(await client().send("POST", "/v1/top-ups", { json: small }), 422, "amount_out_of_range");
  });

  test("a server key may set a price of its own, for a customer without a plan; a widget may not", async () => {
    const customerId = await till.shop.customer({ plan: null });
    const order = await till.order(customerId, { price: "0.02", currency: "eur", credits: "50" });
    assert.deepEqual(
      [order.total, order.pricePerCredit.amount],
      [{ amountMinor: 100, currency: "eur" }, "0.02"],
    );
    const session = await till.session(customerId);
    const json = {
      creditTypeId: "credits",
      credits: "50",
      orderKey: "own-price",
      price: "0.01",
      currency: "eur",
    };
    expectProblem(
      await client().send("POST", "/widget/top-ups", { json, credential: session }),
      422,
      "validation_failed",
    );
    const { price: _price, ...plain } = json;
    expectProblem(
      await client().send("POST", "/widget/top-ups", { json: plain, credential: session }),
      409,
      "no_active_subscription",
    );
  });

  test("a session without the scope sees no price and buys nothing (hostile 78)", async () => {
    const customerId = await till.buyer();
    const session = await till.session(customerId, ["read"]);
    const other = await till.session(await till.buyer());
    const order = await till.order(customerId);
    const json = { creditTypeId: "credits", credits: "500", orderKey: "no-scope-1" };
    for (const [method, asked, body] of [
      ["GET", "/widget/top-ups/quote?creditTypeId=credits", {}],
      ["POST", "/widget/top-ups", { json }],
      ["GET", `/widget/top-ups/${order.id}`, {}],
    ] as const) {
      const reply = await client().send(method, asked, { ...body, credential: session });
      expectProblem(reply, 403, "insufficient_scope");
    }
    const foreign = await client().send("GET", `/widget/top-ups/${order.id}`, { credential: other });
    expectProblem(foreign, 404, "not_found");
  });

  test("a page that a widget names must be one that may show widgets (hostile 92)", async () => {
    const customerId = await till.buyer();
    const session = await till.session(customerId);
    const ask = (returnUrl: string, orderKey: string) =>
      client().send("POST", "/widget/top-ups", {
        json: { creditTypeId: "credits", credits: "500", orderKey, returnUrl },
        credential: session,
      });
    for (const returnUrl of [
      "https://evil.example/",
      "http://localhost.evil.example/",
      "http://localhost@evil.example/",
      "javascript:alert(1)",
      "//evil.example",
      "http://localhost\\@evil.example/",
      "data:text/html,x",
    ]) {
      expectProblem(await ask(returnUrl, "foreign-page"), 422, "validation_failed");
    }
    assert.equal((await ask("http://localhost:5173/billing?tab=1", "own-page-1")).status, 201);
  });

  test("what a widget is told to buy: bounds, packages in its currency, the price of so many credits", async () => {
    const session = await till.session(await till.buyer());
    const quote = async (query: Record<string, string>) =>
      (await client().call(routes.getWidgetTopUpQuote, { query, credential: session })).body;
    const all = await quote({});
    assert.deepEqual(
      [all.creditType.id, all.currency, all.min, all.max],
      ["credits", "usd", "100", "100000"],
    );
    assert.deepEqual(all.currencies, ["usd", "jpy", "kwd"]);
    assert.deepEqual([all.price, all.savedCard, all.publishableKey], [null, null, PUBLISHABLE_KEY]);
    assert.equal(all.packages[0]?.price.amountMinor, 900);
    assert.deepEqual((await quote({ credits: "1000" })).price?.total, usd(900));
    assert.deepEqual((await quote({ creditTypeId: "credits", credits: "999" })).price?.total, usd(999));
    assert.deepEqual((await quote({ currency: "jpy" })).packages, []);
  });

  test("orders are listed, newest first, by what they are about", async () => {
    const customerId = await till.buyer();
    const [one, two] = [await till.order(customerId), await till.order(customerId, { resourceId: "team" })];
    till.pay(one);
    await till.hear();
    const list = async (query: Record<string, string>) =>
      (await client().call(routes.listTopUps, { query: { customerId, ...query } })).body.data.map(
        ({ id }) => id,
      );
    assert.deepEqual(await list({}), [two.id, one.id]);
    assert.deepEqual(await list({ status: "paid" }), [one.id]);
    assert.deepEqual(await list({ resourceId: "none" }), [one.id]);
    assert.deepEqual(await list({ resourceId: "team", status: "paid" }), []);
  });
});

function usd(amountMinor: number) {
  return { amountMinor, currency: "usd" };
}
