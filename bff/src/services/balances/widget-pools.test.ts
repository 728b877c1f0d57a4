import assert from "node:assert/strict";
import { before, test } from "node:test";
import { ONE_CREDIT } from "@credits-kit/amounts";
import { routes } from "@credits-kit/contract";
import { type PoolKey, putRule, storeRule } from "../../storage/auto-top-ups/rules.ts";
import { insertAttempt } from "../../storage/auto-top-ups/attempts.ts";
import { claimCardSetup } from "../../storage/auto-top-ups/card-setups.ts";
import { oneEngine, mint, Shop, StreamReader, useTestApp } from "../../test-support/index.ts";
import { Subscribers } from "../subscriptions/test-support/subscriber.ts";
import { evaluateCustomer } from "../auto-top-ups/evaluate.ts";
import { settleAttempt } from "../auto-top-ups/settle.ts";
import { liftFailures, suspendNow } from "../auto-top-ups/standing.ts";
import { followCardPage } from "../card-pages/follow.ts";
import { forSession, readForStreams, readWidgetBalances } from "./read.ts";

const SETTINGS = { scopes: ["read", "settings"] } as const;

/*
 * What widgets are told of pools besides what the ledger says of them.
 */
oneEngine((engine) => {
  // Nothing is bought here: what is decided before that is asked of nobody.
  const fetch = () => Promise.reject(new TypeError("no way to Stripe"));
  const app = useTestApp(engine, { env: { STRIPE_SECRET_KEY: "sk_test_pools" }, fetch });
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
  const putOn = (key: PoolKey, limitMinor: bigint | null = null) =>
    putRule(app().database.writer, {
      ...key,
      enabled: true,
      threshold_credits: 20n * ONE_CREDIT,
      target: 100n * ONE_CREDIT,
      limit_minor: limitMinor,
      currency: "usd",
      method: "charge",
      grant_expires_after: null,
      watch_below: 20n * ONE_CREDIT,
    });
  const attemptOf = (key: PoolKey) => {
    const moment = new Date();
    return insertAttempt(app().database.writer, {
      ...{ ...key, attempt_id: `atu_${key.customer_id}`, credits: 90n, currency: "usd" },
      ...{ price_per_credit: "0.01", total_minor: 90n, grant_expires_after: null, method: "charge" },
      ...{ limit_minor: null, payment_method_id: "pm_1", started_at: moment, leased_until: moment },
      days_until_due: null,
    });
  };

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
    await shop.grant(customerId, { amount: "50" });
    await expectState("on");
    await shop.consume(customerId, { id: "limited", amount: "45" });
    await expectState("stopped");
    await storeRule(writer, key, { limited_in: null, suspended_reason: "declined" });
    await expectState("stopped");
    await storeRule(writer, key, { suspended_reason: null });
    assert.ok(await attemptOf(key));
    await expectState("on");
    await writer
      .updateTable("auto_top_up_attempts")
      .set({ status: "action_required", action_until: new Date() })
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

  test("an open stream hears of a card that failed, one that was taken away, a limit and a new card, though nobody asked for any of it", async () => {
    const topUp = { prices: [{ currency: "usd", amount: "0.01" }] };
    const rates = [{ featureId: "email", creditsPerUnit: 1 }];
    await shop.plan({ id: "sells", creditTypeId: "credits", limit: "hard", rates, topUp });
    const customerId = await shop.customer({ plan: "sells", credits: "10" });
    const key = ruleOf(customerId);
    await putOn(key);
    const token = await tokenOf(customerId, SETTINGS.scopes);
    const stream = await StreamReader.open(app().client, token);
    const heard = async () => (await stream.pool()).autoTopUp;
    assert.equal((await stream.snapshot()).balances[0]?.autoTopUp, "on");
    const { money } = app();
    const attempt = await attemptOf(key);
    assert.ok(attempt);
    const failure = { code: "card_declined", declineCode: "stolen_card", message: "The card was declined." };
    await settleAttempt(money, attempt, { status: "failed", failure });
    assert.equal(await heard(), "stopped");
    await liftFailures(money, key, { cause: "card_changed" });
    assert.equal(await heard(), "on");
    await suspendNow(money, key, "card_removed");
    assert.equal(await heard(), "stopped");
    const page = await claimCardSetup(app().database.writer, {
      ...{ ...key, setup_id: `cset_${customerId}`, setup_key: "k", content_hash: "", ui_mode: "hosted" },
      ...{ success_url: "https://shop.test", cancel_url: "https://shop.test", expires_at: new Date() },
      ...{ actor_kind: "customer", actor_id: customerId },
    });
    await followCardPage(money, page, {
      ...{ id: "cs_1", status: "complete", url: null, clientSecret: null, stripeCustomerId: "cus_1" },
      paymentMethodId: "pm_2",
    });
    assert.equal(await heard(), "on");
    await putOn(key, 1n);
    await evaluateCustomer(money, customerId);
    assert.equal(await heard(), "stopped");
    stream.leave();
  });

  test("the days of a low pool are read once a minute, however often it changes", async () => {
    const lena = await people.at("2030-01-15T10:00:00Z");
    await lena.subscribe(await people.plan(null));
    await shop.grant(lena.id, { amount: "100" });
    for (let day = 16; day <= 24; day += 1) {
      await lena.live(`2030-01-${day}T10:00:00Z`);
      await lena.burn(9);
    }
    let [statements, nowMs] = [0, 1_000_000];
    const writer = app().database.writer.withPlugin({
      transformQuery: ({ node }) => ((statements += 1), node),
      transformResult: ({ result }) => Promise.resolve(result),
    });
    const deps = { database: { ...app().database, writer }, pools: app().parts.pools, now: () => nowMs };
    const look = async () => {
      statements = 0;
      const { balances } = await readWidgetBalances(deps, { customerId: lena.id, scopes: ["read"] });
      return { statements, runsOutAt: Date.parse(balances[0]?.runsOutAt ?? "") };
    };
    await lena.burn(1);
    const first = await look();
    await lena.burn(9);
    const second = await look();
    assert.deepEqual([first.statements, second.statements], [2, 1]);
    assert.ok(second.runsOutAt < first.runsOutAt, "by what is left now");
    nowMs += 61_000;
    assert.equal((await look()).statements, 2);
    // Another day has one more day behind it.
    await lena.live("2030-01-25T00:00:00Z");
    assert.equal((await look()).statements, 2);
  });

  test("what is read for all sessions of a customer allows none of them anything", async () => {
    const customerId = await shop.customer({ credits: "10" });
    const deps = { database: app().database, pools: app().parts.pools };
    const forAll = await readForStreams(deps, customerId);
    assert.deepEqual([forAll.canTopUp, forAll.canChangeSettings], [false, false]);
    const own = forSession(forAll, ["read", "top_up", "settings"]);
    assert.deepEqual([own.canTopUp, own.canChangeSettings], [true, true]);
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
