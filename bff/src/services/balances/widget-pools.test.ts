import assert from "node:assert/strict";
import { before, test } from "node:test";
import { routes } from "@credits-kit/contract";
import { type PoolKey, putRule, storeRule } from "../../storage/auto-top-ups/rules.ts";
import { insertAttempt } from "../../storage/auto-top-ups/attempts.ts";
import { eachEngine, mint, Shop, StreamReader, useTestApp } from "../../test-support/index.ts";
import { Subscribers } from "../subscriptions/test-support/subscriber.ts";
import { readWidgetBalances } from "./read.ts";

const SETTINGS = { scopes: ["read", "settings"] } as const;

/*
 * What widgets are told of pools besides what the ledger says of them.
 */
eachEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  const people = new Subscribers(app, shop);
  const read = async (credential: string) =>
    (await app().client.call(routes.getWidgetBalances, { credential })).body;
  const tokenOf = (customerId: string, scopes: readonly ("read" | "settings")[] = ["read"]) =>
    mint(app().client, customerId, { scopes: [...scopes] });
  before(() => shop.open());

  const ruleOf = (customerId: string, resourceId = ""): PoolKey => ({
    customer_id: customerId,
    credit_type_id: "credits",
    resource_id: resourceId,
  });
  const putOn = (key: PoolKey) =>
    putRule(app().database.writer, {
      ...key,
      enabled: true,
      threshold_credits: 10n,
      target: 100n,
      currency: "usd",
      method: "charge",
      grant_expires_after: null,
      watch_below: 10n,
    });

  test("a pool says when its plan gives into it again, and says it no more once the plan is canceled", async () => {
    const lena = await people.at("2030-01-31T10:00:00Z");
    const { id } = await lena.subscribe(await people.plan());
    const token = await tokenOf(lena.id);
    const [pool] = (await read(token)).balances;
    assert.equal(pool?.nextRefreshAt, "2030-02-28T10:00:00.000Z");
    await lena.live("2030-02-28T10:00:00Z");
    assert.equal((await read(token)).balances[0]?.nextRefreshAt, "2030-03-31T10:00:00.000Z");
    await lena.cancel(id);
    assert.equal((await read(token)).balances[0]?.nextRefreshAt, null);
  });

  test("a low pool says when it runs out at the pace of its last days; one that is not low says nothing", async () => {
    const lena = await people.at("2030-01-15T10:00:00Z");
    await lena.subscribe(await people.plan(null));
    for (const resourceId of [undefined, "team"])
      await shop.grant(lena.id, { amount: "100", ...(resourceId ? { resourceId } : {}) });
    for (let day = 16; day <= 23; day += 1) {
      await lena.live(`2030-01-${day}T10:00:00Z`);
      assert.equal((await lena.balance()).runsOutAt, null);
      await lena.burn(10);
    }
    await lena.live("2030-01-24T00:00:00Z");
    const token = await tokenOf(lena.id);
    const query = { customerId: lena.id, resourceId: "none" };
    const { likely = "" } = (await app().client.call(routes.getForecast, { query })).body.runsOutAt ?? {};
    assert.match(likely, /^2030-01-2[67]/, "20 are left, and each day burned 10 lately");
    const seen = (await read(token)).balances.map(({ resourceId, low, runsOutAt }) => {
      return [resourceId, low, runsOutAt];
    });
    assert.deepEqual(seen, [
      [null, true, likely],
      ["team", false, null],
    ]);
    assert.equal((await lena.balance()).runsOutAt, likely);
    await lena.burn(20);
    assert.equal((await lena.balance()).runsOutAt, null, "nothing is left");
  });

  test("an auto top-up says how it stands, to sessions that may change settings and to no others", async () => {
    const customerId = await shop.customer({ credits: "10" });
    const key = ruleOf(customerId);
    const { writer } = app().database;
    const [settings, plain] = [await tokenOf(customerId, SETTINGS.scopes), await tokenOf(customerId)];
    const expectState = async (expected: string | null) => {
      const { canChangeSettings, balances } = await read(settings);
      assert.deepEqual([canChangeSettings, balances[0]?.autoTopUp], [true, expected]);
      const other = await read(plain);
      assert.deepEqual([other.canChangeSettings, other.balances[0]?.autoTopUp], [false, null]);
    };
    await expectState(null);
    await putOn(key);
    await expectState("on");
    await storeRule(writer, key, { limited_in: "2001-01" });
    await expectState("on");
    await storeRule(writer, key, { limited_in: new Date().toISOString().slice(0, 7) });
    await expectState("stopped");
    await storeRule(writer, key, { limited_in: null, suspended_reason: "declined" });
    await expectState("stopped");
    await storeRule(writer, key, { suspended_reason: null });
    const moment = new Date();
    const attempt = await insertAttempt(writer, {
      ...{ ...key, attempt_id: `atu_${customerId}`, credits: 90n, currency: "usd", price_per_credit: "0.01" },
      ...{ total_minor: 90n, grant_expires_after: null, method: "charge", limit_minor: null },
      ...{ payment_method_id: "pm_1", started_at: moment, leased_until: moment, days_until_due: null },
    });
    assert.ok(attempt);
    await expectState("on");
    await writer
      .updateTable("auto_top_up_attempts")
      .set({ status: "action_required", action_until: moment })
      .where("customer_id", "=", customerId)
      .execute();
    await expectState("needs_action");
    await storeRule(writer, key, { enabled: false });
    await expectState("off");
  });

  test("an open stream hears that an auto top-up was set, switched off and taken away, though no credit moved", async () => {
    const customerId = await shop.customer({ credits: "10" });
    const token = await tokenOf(customerId, SETTINGS.scopes);
    const [stream, plain] = [
      await StreamReader.open(app().client, token),
      await StreamReader.open(app().client, await tokenOf(customerId)),
    ];
    const { canChangeSettings, balances } = await stream.snapshot();
    assert.deepEqual([canChangeSettings, balances[0]?.autoTopUp], [true, null]);
    assert.equal((await plain.snapshot()).canChangeSettings, false);
    const params = { creditType: "credits" };
    const body = { enabled: false, threshold: "5", credits: "10" };
    await app().client.call(routes.putWidgetAutoTopUp, { credential: token, params, body });
    const told = await stream.pool();
    assert.deepEqual([told.autoTopUp, told.seq], ["off", 1]);
    await app().client.call(routes.deleteWidgetAutoTopUp, { credential: token, params });
    assert.equal((await stream.pool()).autoTopUp, null);
    await shop.burn({ id: "a", customerId, featureId: "email" });
    const burned = await plain.pool();
    assert.deepEqual([burned.seq, burned.autoTopUp], [2, null], "what is no news for it was not told");
    stream.leave();
    plain.leave();
  });

  test("however many pools there are and however they stand, a read takes two statements", async () => {
    const customerId = await shop.customer({ credits: "10" });
    const countOf = async () => {
      let statements = 0;
      const writer = app().database.writer.withPlugin({
        transformQuery: ({ node }) => ((statements += 1), node),
        transformResult: ({ result }) => Promise.resolve(result),
      });
      const database = { ...app().database, writer };
      const deps = { database, pools: app().parts.pools };
      const { balances } = await readWidgetBalances(deps, { customerId, scopes: SETTINGS.scopes });
      return [balances.length, statements];
    };
    assert.deepEqual(await countOf(), [1, 1]);
    await shop.consume(customerId, { id: "a", amount: "9" });
    assert.deepEqual(await countOf(), [1, 2]);
    for (let index = 0; index < 8; index += 1) {
      const resourceId = `team-${index}`;
      await shop.grant(customerId, { resourceId, amount: "10" });
      await shop.consume(customerId, { id: `b${index}`, resourceId, amount: "9" });
      await putOn(ruleOf(customerId, resourceId));
    }
    assert.deepEqual(await countOf(), [9, 2]);
  });

  test("hostile names come to widgets as they are, as text", async () => {
    const name = '<img src=x onerror="alert(1)">';
    await app().client.call(routes.createCreditType, {
      body: { id: "__proto__x", name, unit: { singular: "<b>1</b>", plural: "</script>" }, symbol: "<i>" },
    });
    const customerId = await shop.customer();
    await shop.grant(customerId, { creditTypeId: "__proto__x", resourceId: "constructor" });
    const { balances } = await read(await tokenOf(customerId));
    const pool = balances.find(({ creditTypeId }) => creditTypeId === "__proto__x");
    assert.deepEqual(
      [pool?.name, pool?.symbol, pool?.unit, pool?.resourceId],
      [name, "<i>", { singular: "<b>1</b>", plural: "</script>" }, "constructor"],
    );
  });
});
