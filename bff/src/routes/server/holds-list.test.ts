import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type Hold, routes } from "@credits-kit/contract";
import { oneEngine, eventually, expectProblem, Shop, useTestApp } from "../../test-support/index.ts";

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  const list = async (query: Record<string, string | number>) =>
    (await app().client.call(routes.listHolds, { query })).body;
  const idsOf = (holds: readonly Hold[]) => holds.map(({ id }) => id);
  before(() => shop.open());

  test("a hold shows what it set aside, for what, for whom and until when", async () => {
    const customerId = await shop.customer({ credits: "50" });
    const metadata = { job: "render-7" };
    const placed = await shop.hold(customerId, {
      id: "op",
      featureId: "image",
      quantity: 3,
      userId: "lena@studio",
      expiresInSeconds: 600,
      metadata,
    });
    const { delta: _delta, balance: _balance, available: _available, seq: _seq, ...hold } = placed;
    const [shown, ...others] = (await list({ customerId })).data;
    assert.deepEqual([shown, others], [hold, []]);
    assert.deepEqual(
      [hold.amount, hold.held, hold.captured, hold.status, hold.featureId, hold.userId, hold.metadata],
      ["15", "15", "0", "open", "image", "lena@studio", metadata],
    );
    assert.equal(Date.parse(hold.expiresAt) - Date.parse(hold.createdAt), 600_000);

    const { delta, ...captured } = await shop.capture(customerId, { id: "op", amount: "4", final: false });
    assert.equal(delta, "-4");
    const [part] = await shop.holds(customerId);
    assert.deepEqual(
      [part?.status, part?.amount, part?.captured, part?.held, part?.closedAt],
      ["open", "15", "4", "11", null],
    );
    assert.equal(captured.held, "11");
    await shop.release(customerId, "op");
    const [released] = await shop.holds(customerId);
    assert.deepEqual([released?.status, released?.captured, released?.held], ["released", "4", "0"]);
    assert.ok(released?.closedAt);
  });

  test("a hold that nobody ended shows as expired as soon as its time is over", async () => {
    const customerId = await shop.customer({ credits: "5" });
    await shop.hold(customerId, { id: "forgotten", amount: "5", expiresInSeconds: 1 });
    await eventually("the end of the hold", async () => {
      const [hold] = await shop.holds(customerId, { id: "forgotten" });
      assert.equal(hold?.closedAt === null, hold?.status === "open");
      return hold?.status === "expired";
    });
    const [expired] = await shop.holds(customerId, { status: "expired" });
    assert.deepEqual([expired?.id, expired?.held, expired?.captured], ["forgotten", "0", "0"]);
    assert.equal((await shop.balance(customerId)).available, "5");
    assert.deepEqual(await shop.holds(customerId, { status: "open" }), []);
  });

  test("a list shows only what its filters ask for", async () => {
    const customerId = await shop.customer({ credits: "50" });
    await shop.grant(customerId, { resourceId: "team" });
    await shop.grant(customerId, { creditTypeId: "tokens" });
    for (const [id, more] of [
      ["open", {}],
      ["captured", {}],
      ["released", {}],
      ["team", { resourceId: "team" }],
      ["tokens", { creditTypeId: "tokens" }],
    ] as const) {
      await shop.hold(customerId, { id, ...more });
    }
    await shop.capture(customerId, { id: "captured" });
    await shop.release(customerId, "released");
    for (const [query, expected] of [
      [{}, ["tokens", "team", "released", "captured", "open"]],
      [{ status: "open" }, ["tokens", "team", "open"]],
      [{ status: "captured" }, ["captured"]],
      [{ status: "released" }, ["released"]],
      [{ status: "expired" }, []],
      [{ resourceId: "team" }, ["team"]],
      [{ resourceId: "none" }, ["tokens", "released", "captured", "open"]],
      [{ resourceId: "none", status: "open", creditTypeId: "credits" }, ["open"]],
      [{ creditTypeId: "tokens" }, ["tokens"]],
      [{ id: "team" }, ["team"]],
      [{ id: "team", status: "captured" }, []],
      [{ id: "team", resourceId: "none" }, []],
      [{ id: "unheard-of" }, []],
    ] as const) {
      assert.deepEqual(idsOf((await list({ customerId, ...query })).data), expected, JSON.stringify(query));
    }
    const other = await shop.customer({ credits: "5" });
    assert.deepEqual(await shop.holds(other), []);
    assert.deepEqual(await shop.holds(other, { id: "open" }), []);
  });

  test("pages over several pools hold every hold once, both ways, newest first", async () => {
    const customerId = await shop.customer({ plan: null });
    const resources = [undefined, "team-a", "team-b"];
    for (const resourceId of resources) {
      await shop.grant(customerId, resourceId === undefined ? {} : { resourceId });
    }
    // At once, so that many begin in the same millisecond.
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const resourceId = resources[index % resources.length];
        return shop.hold(customerId, {
          id: `h${index}`,
          ...(resourceId === undefined ? {} : { resourceId }),
        });
      }),
    );
    await Promise.all(["h1", "h4", "h5", "h9"].map((id) => shop.release(customerId, id)));
    const filters: readonly Record<string, string>[] = [{}, { resourceId: "team-a" }, { status: "released" }];
    for (const filter of filters) {
      const all = (await list({ customerId, limit: 100, ...filter })).data;
      assert.ok(all.length >= 4);
      all.slice(1).forEach((hold, index) => assert.ok(hold.createdAt <= (all[index]?.createdAt ?? "")));
      for (const limit of [1, 3, all.length - 1, all.length]) {
        const forth: Hold[] = [];
        let page = await list({ customerId, limit, ...filter });
        assert.equal(page.prevCursor, null);
        for (;;) {
          forth.push(...page.data);
          if (page.nextCursor === null) break;
          page = await list({ customerId, limit, ...filter, cursor: page.nextCursor });
        }
        assert.deepEqual(forth, all, `forth by ${limit}`);
        const back = [...page.data];
        while (page.prevCursor !== null) {
          page = await list({ customerId, limit, ...filter, cursor: page.prevCursor });
          back.unshift(...page.data);
        }
        assert.deepEqual(back, all, `back by ${limit}`);
      }
    }
  });

  test("a list refuses what it does not know: a cursor of other filters, a made-up one, no customer", async () => {
    const customerId = await shop.customer({ credits: "9" });
    for (const id of ["a", "b"]) await shop.hold(customerId, { id });
    const cursor = (await list({ customerId, limit: 1 })).nextCursor ?? "";
    const get = (query: Record<string, string>) =>
      app().client.send("GET", `/v1/holds?${new URLSearchParams({ customerId, ...query })}`);
    for (const [query, path] of [
      [{ cursor, status: "open" }, "cursor"],
      [{ cursor, id: "a" }, "cursor"],
      [{ cursor, customerId: await shop.customer() }, "cursor"],
      [{ cursor: "e30" }, "cursor"],
      [{ status: "closed" }, "status"],
      [{ id: "a b" }, "id"],
    ] as const) {
      const problem = expectProblem(await get(query), 422, "validation_failed");
      assert.equal(problem.errors?.[0]?.path, path, JSON.stringify(query));
    }
    expectProblem(await get({ customerId: "nobody" }), 404, "not_found");
    expectProblem(await app().client.send("GET", "/v1/holds"), 422, "validation_failed");
  });
});
