import assert from "node:assert/strict";
import { before, test } from "node:test";
import { routes, type UsageRecord } from "@credits-kit/contract";
import { oneEngine, Shop, useTestApp } from "../../test-support/index.ts";

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  const list = async (query: Record<string, string | number>) =>
    (await app().client.call(routes.listEvents, { query })).body;
  const idsOf = (records: readonly UsageRecord[]) => records.map(({ id }) => id);
  before(() => shop.open());

  test("pages over several pools and denials hold every event once, both ways, under every filter", async () => {
    const customerId = await shop.customer({ plan: null });
    await shop.subscribe(customerId, { planId: "hard" });
    const resources = [undefined, "team-a", "team-b"];
    for (const resourceId of resources) {
      await shop.grant(customerId, { amount: "40", ...(resourceId === undefined ? {} : { resourceId }) });
    }
    for (let round = 0; round < 4; round += 1) {
      await shop.post(
        Array.from({ length: 9 }, (_, index) => ({
          id: `r${round}-${index}`,
          customerId,
          featureId: index % 2 === 0 ? "email" : "image",
          quantity: index % 4 === 3 ? 100 : 1,
          resourceId: resources[(round + index) % resources.length],
        })),
      );
      await shop.reverse(customerId, `r${round}-2`);
    }
    const filters: readonly Record<string, string>[] = [
      {},
      { status: "denied" },
      { status: "reversed" },
      { status: "applied", featureId: "image" },
    ];
    for (const filter of filters) {
      const all = (await list({ customerId, limit: 100, ...filter })).data;
      assert.ok(all.length >= 4, JSON.stringify(filter));
      for (const limit of [1, 2, 5, all.length - 1, all.length]) {
        const told = `${JSON.stringify(filter)} by ${limit}`;
        const forth: UsageRecord[] = [];
        let page = await list({ customerId, limit, ...filter });
        assert.equal(page.prevCursor, null);
        for (;;) {
          forth.push(...page.data);
          if (page.nextCursor === null) break;
          page = await list({ customerId, limit, ...filter, cursor: page.nextCursor });
        }
        assert.deepEqual(idsOf(forth), idsOf(all), `forth ${told}`);
        const back: UsageRecord[] = [...page.data];
        while (page.prevCursor !== null) {
          page = await list({ customerId, limit, ...filter, cursor: page.prevCursor });
          back.unshift(...page.data);
        }
        assert.deepEqual(back, all, `back ${told}`);
      }
    }
  });

  test("denials of one moment are told apart by their ids, and from what was applied in it", async () => {
    const customerId = await shop.customer({ plan: "hard", credits: "3" });
    // One statement writes the denials of a batch, within microseconds; and the last one of an id counts.
    await shop.post(
      Array.from({ length: 12 }, (_, index) => ({
        id: `d${index % 7}`,
        customerId,
        featureId: "image",
        quantity: index + 1,
      })),
    );
    const all = (await list({ customerId })).data;
    assert.deepEqual(idsOf(all).toSorted(), ["d0", "d1", "d2", "d3", "d4", "d5", "d6"]);
    const quantities = new Map(all.map(({ id, quantity }) => [id, quantity]));
    assert.deepEqual([quantities.get("d0"), quantities.get("d4"), quantities.get("d6")], ["8", "12", "7"]);
  });
});
