import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type Grant, routes } from "@credits-kit/contract";
import { grant as grantOf, pay, revoke } from "../../pools/test-support/commands.ts";
import { oneEngine, eventually, expectProblem, fromNow, Shop, useTestApp } from "../../test-support/index.ts";

const HOUR_MS = 3_600_000;

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  const list = async (query: Record<string, string | number>) =>
    (await app().client.call(routes.listGrants, { query })).body;
  const idsOf = (grants: readonly Grant[]) => grants.map(({ id }) => id);
  before(() => shop.open());

  test("a list is paged both ways, newest first, without a gap or a repeat", async () => {
    const customerId = await shop.customer();
    const made: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      const more = index % 2 === 0 ? {} : { creditTypeId: "tokens" };
      made.unshift((await shop.grant(customerId, { amount: index + 1, ...more })).id);
    }
    const first = await list({ customerId, limit: 3 });
    const second = await list({ customerId, limit: 3, cursor: first.nextCursor ?? "" });
    const last = await list({ customerId, limit: 3, cursor: second.nextCursor ?? "" });
    assert.deepEqual(
      [first, second, last].map(({ data }) => idsOf(data)),
      [made.slice(0, 3), made.slice(3, 6), made.slice(6)],
    );
    assert.deepEqual([first.prevCursor, last.nextCursor], [null, null]);
    const back = await list({ customerId, limit: 3, cursor: last.prevCursor ?? "" });
    assert.deepEqual(idsOf(back.data), made.slice(3, 6));
    const front = await list({ customerId, limit: 3, cursor: back.prevCursor ?? "" });
    assert.deepEqual([idsOf(front.data), front.prevCursor], [made.slice(0, 3), null]);
    const newer = await shop.grant(customerId);
    assert.deepEqual(
      idsOf((await list({ customerId, limit: 3, cursor: first.nextCursor ?? "" })).data),
      made.slice(3, 6),
    );
    assert.equal((await list({ customerId })).data[0]?.id, newer.id);
  });

  test("a list shows only what its filters ask for", async () => {
    const customerId = await shop.customer();
    const costBasis = { amount: "0.01", currency: "usd" };
    const paid = await shop.grant(customerId, { category: "paid", costBasis });
    const scoped = await shop.grant(customerId, { resourceId: "team" });
    const tokens = await shop.grant(customerId, { creditTypeId: "tokens" });
    const scheduled = await shop.grant(customerId, { effectiveAt: fromNow(HOUR_MS) });
    const spent = await shop.grant(customerId, { amount: 1, priority: 0, expiresAt: fromNow(HOUR_MS) });
    await shop.burn({ id: "a", customerId, featureId: "email" });
    for (const [query, expected] of [
      [{ category: "paid" }, [paid]],
      [{ resourceId: "team" }, [scoped]],
      [{ resourceId: "none" }, [spent, scheduled, tokens, paid]],
      [{ creditTypeId: "tokens" }, [tokens]],
      [{ creditTypeId: "credits", resourceId: "none", status: "active" }, [paid]],
      [{ status: "scheduled" }, [scheduled]],
      [{ status: "depleted" }, [spent]],
      [{ status: "expired" }, []],
      [{ status: "payment_pending" }, []],
      [{ status: "revoked" }, []],
      [{ status: "frozen" }, []],
      [{ category: "recurring" }, []],
    ] as const) {
      assert.deepEqual(
        idsOf((await list({ customerId, ...query })).data),
        idsOf(expected),
        JSON.stringify(query),
      );
    }
  });

  test("a list shows who granted when: by the actor, and from one moment up to another", async () => {
    const customerId = await shop.customer();
    const actor = { kind: "operator", id: "op_mara" } as const;
    const first = await shop.grant(customerId);
    await app().parts.pools.submit([grantOf(customerId, 5n, { creditTypeId: "credits", actor })]);
    const [given] = (await list({ customerId })).data;
    const last = await shop.grant(customerId);
    assert.ok(given && first.createdAt < given.createdAt && given.createdAt < last.createdAt);
    for (const [query, expected] of [
      [{ actor: "op_mara" }, [given]],
      [{ actor: first.actor.id }, [last, first]],
      [{ actor: "nobody" }, []],
      [{ from: given.createdAt }, [last, given]],
      [{ to: given.createdAt }, [first]],
      [{ from: given.createdAt, to: last.createdAt }, [given]],
      [{ from: last.createdAt, to: first.createdAt }, []],
    ] as const) {
      const { data } = await list({ customerId, ...query });
      assert.deepEqual(idsOf(data), idsOf(expected), JSON.stringify(query));
    }
  });

  test("each status shows what is in it, and nothing else", async () => {
    const { pools } = app().parts;
    const customerId = await shop.customer();
    const give = (credits: bigint, more: Parameters<typeof grantOf>[2] = {}) => {
      const command = grantOf(customerId, credits, { creditTypeId: "credits", ...more });
      return pools.submit([command]).then(() => command.grantId);
    };
    const unpaid = await give(1n, { isPaymentPending: true });
    const frozen = await give(2n);
    await pools.submit([pay(customerId, frozen, "freeze_grant")]);
    const unpaidAndRevoked = await give(3n, { isPaymentPending: true });
    await pools.submit([revoke(customerId, unpaidAndRevoked, null)]);
    const revoked = (await shop.grant(customerId)).id;
    await shop.revoke(revoked);
    const partly = (await shop.grant(customerId)).id;
    await shop.revoke(partly, "40");
    const scheduled = (await shop.grant(customerId, { effectiveAt: fromNow(HOUR_MS) })).id;
    const depleted = (await shop.grant(customerId, { amount: 3, expiresAt: fromNow(HOUR_MS) })).id;
    await shop.consume(customerId, { id: "all", amount: "3" });
    const expired = (await shop.grant(customerId, { expiresAt: fromNow(300) })).id;
    await eventually(
      "the expiry",
      async () => (await list({ customerId, status: "expired" })).data.length > 0,
    );
    for (const [status, expected] of [
      ["payment_pending", [unpaid]],
      ["frozen", [frozen]],
      ["revoked", [revoked, unpaidAndRevoked]],
      ["active", [partly]],
      ["scheduled", [scheduled]],
      ["depleted", [depleted]],
      ["expired", [expired]],
    ] as const) {
      const { data } = await list({ customerId, status });
      assert.deepEqual(idsOf(data), expected, status);
      assert.ok(data.every((grant) => grant.status === status));
    }
    assert.equal((await list({ customerId })).data.length, 8);
  });

  test("another customer's grants never show", async () => {
    const [one, two] = [await shop.customer({ credits: "1" }), await shop.customer({ credits: "2" })];
    assert.deepEqual(
      (await list({ customerId: one })).data.map(({ amount }) => amount),
      ["1"],
    );
    assert.deepEqual(
      (await list({ customerId: two })).data.map(({ amount }) => amount),
      ["2"],
    );
  });

  test("a list refuses what it does not know: a cursor of other filters, a made-up one, no customer", async () => {
    const customerId = await shop.customer({ credits: "1" });
    await shop.grant(customerId);
    const cursor = (await list({ customerId, limit: 1 })).nextCursor ?? "";
    const get = (query: Record<string, string>) =>
      app().client.send("GET", `/v1/grants?${new URLSearchParams({ customerId, ...query })}`);
    for (const [query, path] of [
      [{ cursor, category: "promo" }, "cursor"],
      [{ cursor, creditTypeId: "credits" }, "cursor"],
      [{ cursor, customerId: await shop.customer() }, "cursor"],
      [{ cursor: `${cursor}x` }, "cursor"],
      [{ cursor: "e30" }, "cursor"],
      [{ limit: "0" }, "limit"],
      [{ limit: "101" }, "limit"],
      [{ status: "spent" }, "status"],
      [{ sort: "cost" }, "sort"],
      [{ sort: "--amount" }, "sort"],
      [{ cursor, sort: "amount" }, "cursor"],
      [{ cursor, actor: "somebody" }, "cursor"],
      [{ from: "yesterday" }, "from"],
      [{ actor: "a b" }, "actor"],
    ] as const) {
      const problem = expectProblem(await get(query), 422, "validation_failed");
      assert.equal(problem.errors?.[0]?.path, path, JSON.stringify(query));
    }
    expectProblem(await get({ customerId: "nobody" }), 404, "not_found");
    expectProblem(await app().client.send("GET", "/v1/grants"), 422, "validation_failed");
  });

  test("a scheduled grant becomes spendable by itself, and expires by itself", async () => {
    const customerId = await shop.customer({ plan: "soft" });
    await shop.burn({ id: "a", customerId, featureId: "image" });
    const { id, effectiveAt, expiresAt } = await shop.grant(customerId, {
      amount: "40",
      effectiveAt: fromNow(1500),
      expiresAt: fromNow(4000),
    });
    const read = async () => (await app().client.call(routes.getGrant, { params: { id } })).body;
    assert.equal((await read()).status, "scheduled");
    await eventually(
      "the activation",
      async () => (await list({ customerId, status: "active" })).data.length > 0,
    );
    const active = await read();
    assert.deepEqual([active.status, active.remaining, active.consumed], ["active", "35", "5"]);
    await eventually("the expiry", async () => (await read()).status === "expired");
    const gone = await read();
    assert.deepEqual([gone.remaining, gone.consumed, gone.expired], ["0", "5", "35"]);
    const { balance, granted, used } = await shop.balance(customerId);
    assert.deepEqual([balance, granted, used], ["0", "0", "0"]);
    const entries = (await shop.ledger(customerId)).slice(1);
    assert.deepEqual(
      entries
        .map(({ type, delta, endBalance, occurredAt }) => [type, delta, endBalance, occurredAt])
        .slice(1),
      [
        ["activated", "40", "35", effectiveAt],
        ["overage_repaid", "0", "35", effectiveAt],
        ["expired", "-35", "0", expiresAt],
      ],
    );
  });
});
