import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type Grant, type GrantSort, routes } from "@credits-kit/contract";
import { oneEngine, expectProblem, fromNow, Shop, useTestApp } from "../../test-support/index.ts";

const HOUR_MS = 3_600_000;

/** What each sort goes by, as a grant shows it; never expiring is the latest. */
const KEYS: Record<string, (grant: Grant) => number> = {
  createdAt: (grant) => Date.parse(grant.createdAt),
  expiresAt: (grant) => (grant.expiresAt === null ? Infinity : Date.parse(grant.expiresAt)),
  effectiveAt: (grant) => Date.parse(grant.effectiveAt),
  amount: (grant) => Number(grant.amount),
  remaining: (grant) => Number(grant.remaining),
  priority: (grant) => grant.priority,
};

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  const list = async (query: Record<string, string | number>) =>
    (await app().client.call(routes.listGrants, { query })).body;
  before(() => shop.open());

  /** A customer with grants that tie in every key, some of them spent, revoked, waiting, or without an end. */
  async function manyGrants(): Promise<string> {
    const customerId = await shop.customer();
    const [soon, late, later] = [fromNow(HOUR_MS), fromNow(2 * HOUR_MS), fromNow(3 * HOUR_MS)];
    const given = await Promise.all(
      Array.from({ length: 17 }, (_, index) =>
        shop.grant(customerId, {
          amount: [5, 0.000001, "1000000000000", 5, 12.5][index % 5] ?? 1,
          priority: [0, 7, 1000][index % 3] ?? 0,
          ...(index % 4 === 0 ? {} : { expiresAt: [late, later][index % 2] ?? late }),
          ...(index % 6 === 1 ? { effectiveAt: soon } : {}),
          ...(index % 2 === 0 ? {} : { resourceId: "team" }),
        }),
      ),
    );
    await shop.revoke(given[3]?.id ?? "", "1");
    await shop.revoke(given[8]?.id ?? "");
    await shop.revoke(given[13]?.id ?? "", "1");
    await shop.consume(customerId, { id: "some", amount: "7.25" });
    return customerId;
  }

  test("every sort orders by what is shown, ties by id, whichever way round, with never at the end of time", async () => {
    const customerId = await manyGrants();
    for (const [field, keyOf] of Object.entries(KEYS)) {
      const up = (await list({ customerId, limit: 100, sort: field })).data;
      assert.equal(up.length, 17);
      const byKeyThenId = up.toSorted(
        (left, right) => Math.sign(keyOf(left) - keyOf(right)) || (left.id < right.id ? -1 : 1),
      );
      // Infinity less Infinity is no number, and so no order: then the ids decide.
      assert.deepEqual(up, byKeyThenId, field);
      const down = (await list({ customerId, limit: 100, sort: `-${field}` })).data;
      assert.deepEqual(down, up.toReversed(), `-${field}`);
    }
    const plain = (await list({ customerId, limit: 100 })).data;
    assert.deepEqual(plain, (await list({ customerId, limit: 100, sort: "-createdAt" })).data);
  });

  test("pages of every sort hold every grant once, both ways, whatever their size", async () => {
    const customerId = await manyGrants();
    for (const sort of Object.keys(KEYS).flatMap((field) => [field, `-${field}`])) {
      const all = (await list({ customerId, limit: 100, sort })).data.map(({ id }) => id);
      for (const limit of [1, 4, 16, 17]) {
        const forth: string[] = [];
        let page = await list({ customerId, limit, sort });
        assert.equal(page.prevCursor, null);
        for (;;) {
          forth.push(...page.data.map(({ id }) => id));
          if (page.nextCursor === null) break;
          page = await list({ customerId, limit, sort, cursor: page.nextCursor });
        }
        assert.deepEqual(forth, all, `${sort} forth by ${limit}`);
        const back = page.data.map(({ id }) => id);
        while (page.prevCursor !== null) {
          page = await list({ customerId, limit, sort, cursor: page.prevCursor });
          back.unshift(...page.data.map(({ id }) => id));
        }
        assert.deepEqual(back, all, `${sort} back by ${limit}`);
      }
    }
  });

  test("filters hold under a sort, and a cursor belongs to both", async () => {
    const customerId = await manyGrants();
    const sort = "remaining" satisfies GrantSort;
    const team = { customerId, resourceId: "team", sort };
    const all = (await list({ ...team, limit: 100 })).data;
    assert.ok(all.length === 8 && all.every(({ resourceId }) => resourceId === "team"));
    const first = await list({ ...team, limit: 3 });
    const cursor = first.nextCursor ?? "";
    const second = await list({ ...team, limit: 3, cursor });
    assert.deepEqual([...first.data, ...second.data], all.slice(0, 6));
    const others: readonly Record<string, string>[] = [
      { sort: "-remaining" },
      { sort: "amount" },
      { resourceId: "none" },
      { status: "active" },
      { from: fromNow(-HOUR_MS) },
    ];
    for (const other of others) {
      const query = new URLSearchParams({ ...team, cursor, ...other });
      const problem = expectProblem(
        await app().client.send("GET", `/v1/grants?${query}`),
        422,
        "validation_failed",
      );
      assert.equal(problem.errors?.[0]?.path, "cursor", JSON.stringify(other));
    }
  });
});
