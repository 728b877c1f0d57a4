import assert from "node:assert/strict";
import { before, test } from "node:test";
import { routes } from "@credits-kit/contract";
import { oneEngine, eventually, expectProblem, fromNow, Shop, useTestApp } from "../../test-support/index.ts";

const HOUR_MS = 3_600_000;

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  before(() => shop.open());

  test("a balance says all there is to say of a pool", async () => {
    const customerId = await shop.customer();
    const sooner = fromNow(HOUR_MS);
    await shop.grant(customerId, { amount: "100", expiresAt: fromNow(2 * HOUR_MS) });
    await shop.grant(customerId, { amount: "30", expiresAt: sooner });
    await shop.grant(customerId, { amount: "20.5", expiresAt: sooner, priority: 9 });
    await shop.grant(customerId, { amount: "7", effectiveAt: fromNow(HOUR_MS) });
    await shop.burn({ id: "a", customerId, featureId: "image", quantity: "2.5" });
    const { asOf, ...balance } = await shop.balance(customerId);
    assert.deepEqual(balance, {
      creditTypeId: "credits",
      resourceId: null,
      unit: { singular: "credit", plural: "credits" },
      balance: "138",
      available: "138",
      held: "0",
      overage: "0",
      granted: "150.5",
      used: "12.5",
      pending: "0",
      scheduled: "7",
      seq: 5,
      low: false,
      nextExpiry: { at: sooner, amount: "38" },
      nextRefreshAt: null,
      runsOutAt: null,
    });
    assert.ok(Math.abs(Date.parse(asOf) - Date.now()) < 60_000);
  });

  test("a pool through which more went than it can hold says so, and so does its forecast", async () => {
    const customerId = await shop.customer({ plan: null });
    await shop.subscribe(customerId, { planId: "hard", startsAt: fromNow(-72 * HOUR_MS) });
    const timestamp = fromNow(-48 * HOUR_MS);
    for (let n = 0; n < 10; n += 1) {
      await shop.grant(customerId, { amount: "1000000000000" });
      const usage = { featureId: "email", quantity: "999999999999", timestamp };
      await shop.burn({ id: `all-${n}`, customerId, ...usage });
    }
    const { granted, used, balance } = await shop.balance(customerId);
    assert.deepEqual([granted, used, balance], ["10000000000000", "9999999999990", "10"]);
    const forecast = await app().client.call(routes.getForecast, { query: { customerId } });
    assert.deepEqual(forecast.body.basis.used, "9999999999990");
  });

  test("what a customer subscribes to shows with nothing in it, and what nobody has does not show", async () => {
    const customerId = await shop.customer();
    const { creditTypeId, balance, seq, nextExpiry } = await shop.balance(customerId);
    assert.deepEqual([creditTypeId, balance, seq, nextExpiry], ["credits", "0", 0, null]);
    await shop.subscribe(customerId, { planId: "soft" });
    assert.equal((await shop.balances(customerId)).length, 1);
    await shop.subscribe(customerId, { planId: "tokens", resourceId: "team" });
    await shop.subscribe(customerId, { planId: "tokens", startsAt: fromNow(HOUR_MS) });
    const pools = (await shop.balances(customerId)).map((pool) => [pool.creditTypeId, pool.resourceId]);
    assert.deepEqual(pools, [
      ["credits", null],
      ["tokens", "team"],
    ]);
    assert.deepEqual(await shop.balances(await shop.customer({ plan: null })), []);
    expectProblem(await app().client.send("GET", "/v1/customers/nobody/balances"), 404, "not_found");
  });

  test("a balance is low at its threshold in percent of what the active grants were", async () => {
    const customerId = await shop.customer();
    const burn = async (id: string, quantity: string) => {
      await shop.burn({ id, customerId, featureId: "email", quantity, limit: "soft" });
      return (await shop.balance(customerId)).low;
    };
    assert.equal((await shop.balance(customerId)).low, false);
    await shop.grant(customerId, { amount: "100" });
    assert.equal(await burn("a", "79.999999"), false);
    assert.equal(await burn("b", "0.000001"), true);
    assert.equal(await burn("c", "30"), true);
    await shop.grant(customerId, { amount: "40" });
    // 30 of 40 are left: what earlier grants were counts no more.
    assert.equal((await shop.balance(customerId)).low, false);
  });

  test("a balance is low at its threshold in credits", async () => {
    const customerId = await shop.customer({ plan: "tokens" });
    assert.equal((await shop.balance(customerId)).low, true);
    await shop.grant(customerId, { creditTypeId: "tokens", amount: "100" });
    assert.equal((await shop.balance(customerId)).low, true);
    await shop.grant(customerId, { creditTypeId: "tokens", amount: "0.000001" });
    assert.equal((await shop.balance(customerId)).low, false);
  });

  test("what has expired is out of the balance at once, though nobody had noticed", async () => {
    const customerId = await shop.customer({ credits: "5" });
    const { expiresAt } = await shop.grant(customerId, { amount: "10", expiresAt: fromNow(1200) });
    assert.deepEqual((await shop.balance(customerId)).nextExpiry, { at: expiresAt, amount: "10" });
    await eventually("the expiry", async () => (await shop.balance(customerId)).balance === "5");
    const { asOf, nextExpiry, granted } = await shop.balance(customerId);
    assert.ok(asOf >= (expiresAt ?? ""));
    assert.deepEqual([nextExpiry, granted], [null, "5"]);
  });

  test("whoever got an answer sees it in every read that follows", async () => {
    const ids = await Promise.all(Array.from({ length: 4 }, () => shop.customer({ credits: "1000" })));
    const probe = async (customerId: string) => {
      for (let index = 1; index <= 60; index += 1) {
        const { seq, balance } = await shop.burn({ id: `p${index}`, customerId, featureId: "email" });
        const [shown, entries] = await Promise.all([shop.balance(customerId), shop.ledger(customerId)]);
        assert.deepEqual([shown.seq, shown.balance, shown.used], [seq, balance, String(index)]);
        assert.deepEqual([entries.at(-1)?.seq, entries.at(-1)?.endBalance], [seq, balance]);
      }
    };
    await Promise.all(ids.map(probe));
  });
});
