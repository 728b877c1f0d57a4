import assert from "node:assert/strict";
import { before, test } from "node:test";
import { routes } from "@credits-kit/contract";
import { oneEngine, eventually, fromNow, mint, Shop, useTestApp } from "../../test-support/index.ts";

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  const read = async (token: string, query: Record<string, string> = {}) =>
    (await app().client.call(routes.getWidgetBalances, { credential: token, query })).body;
  before(() => shop.open());

  test("a widget reads its customer's pools with their names and what happened lately", async () => {
    const customerId = await shop.customer({ credits: "100" });
    await shop.customer({ credits: "999" });
    await shop.burn({ id: "a", customerId, featureId: "image" });
    const { balances, ...rest } = await read(await mint(app().client, customerId));
    assert.deepEqual(rest, { customerId, canTopUp: false, canChangeSettings: false });
    const [{ history, asOf, ...pool } = assert.fail("no pool"), ...others] = balances;
    assert.equal(others.length, 0);
    const { asOf: _asOf, ...balance } = await shop.balance(customerId);
    assert.deepEqual(pool, { ...balance, name: "The credits", symbol: "✦", autoTopUp: null });
    assert.ok(asOf);
    const entries = await shop.ledger(customerId);
    assert.deepEqual(
      history,
      entries.map(({ seq, at, endBalance }) => ({ seq, at, balance: endBalance })),
    );
  });

  test("the history is the latest forty entries, oldest first", async () => {
    const customerId = await shop.customer({ credits: "100" });
    await shop.post(
      Array.from({ length: 50 }, (_, index) => ({ id: `e${index}`, customerId, featureId: "email" })),
    );
    const { balances } = await read(await mint(app().client, customerId));
    const seqs = balances[0]?.history.map(({ seq }) => seq);
    assert.deepEqual(
      seqs,
      Array.from({ length: 40 }, (_, index) => index + 12),
    );
  });

  test("a widget may ask for one pool", async () => {
    const customerId = await shop.customer({ credits: "1" });
    for (const more of [
      { resourceId: "team" },
      { creditTypeId: "tokens" },
      { creditTypeId: "tokens", resourceId: "team" },
    ]) {
      await shop.grant(customerId, more);
    }
    const token = await mint(app().client, customerId);
    for (const [query, expected] of [
      [{}, ["credits", "tokens", "credits/team", "tokens/team"]],
      [{ creditTypeId: "tokens" }, ["tokens", "tokens/team"]],
      [{ resourceId: "none" }, ["credits", "tokens"]],
      [{ creditTypeId: "credits", resourceId: "team" }, ["credits/team"]],
      [{ creditTypeId: "nothing" }, []],
    ] as const) {
      const { balances } = await read(token, query);
      const names = balances.map((pool) =>
        [pool.creditTypeId, ...(pool.resourceId ? [pool.resourceId] : [])].join("/"),
      );
      assert.deepEqual(names, expected, JSON.stringify(query));
    }
  });

  test("a session says whether it may top up", async () => {
    const customerId = await shop.customer();
    const token = await mint(app().client, customerId, { scopes: ["read", "top_up"] });
    assert.equal((await read(token)).canTopUp, true);
  });

  test("a widget that looks after an expiry sees it, though nobody had noticed", async () => {
    const customerId = await shop.customer({ credits: "5" });
    await shop.grant(customerId, { amount: "10", expiresAt: fromNow(1500) });
    const token = await mint(app().client, customerId);
    const balance = async () => (await read(token)).balances[0]?.balance;
    assert.equal(await balance(), "15");
    await eventually("the expiry", async () => (await balance()) === "5");
  });
});
