import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type LedgerEntry, routes } from "@credits-kit/contract";
import { oneEngine, expectProblem, fromNow, Shop, useTestApp } from "../../test-support/index.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  const list = async (query: Record<string, string | number>) =>
    (await app().client.call(routes.listLedger, { query })).body;
  const sourcesOf = (entries: readonly LedgerEntry[]) => entries.map(({ source }) => source.id);
  before(() => shop.open());

  test("an entry says who did what when, to which grants, and how the pool stood then", async () => {
    const customerId = await shop.customer();
    const grant = await shop.grant(customerId, { amount: "20", resourceId: "team", reason: "Welcome" });
    const timestamp = fromNow(1000);
    const event = {
      id: "a",
      customerId,
      featureId: "image",
      userId: "lena@studio",
      resourceId: "team",
      timestamp,
    };
    const reply = await app().client.send("POST", "/v1/events", { json: { ...event, quantity: 2 } });
    const [consumed, granted, ...others] = (await list({ customerId })).data;
    assert.equal(others.length, 0);
    const { at, ...rest } = consumed ?? {};
    assert.deepEqual(rest, {
      creditTypeId: "credits",
      resourceId: "team",
      seq: 2,
      occurredAt: timestamp,
      type: "consumed",
      delta: "-10",
      endBalance: "10",
      source: { kind: "event", id: "a" },
      grants: [{ grantId: grant.id, amount: "-10" }],
      actor: grant.actor,
      reason: null,
      featureId: "image",
      userId: "lena@studio",
      overageChange: "0",
      holdId: null,
      requestId: reply.headers.get("x-request-id"),
    });
    assert.ok(Math.abs(Date.parse(at ?? "") - Date.now()) < 60_000);
    assert.ok(granted && granted.at <= (at ?? "") && granted.requestId);
    assert.deepEqual(
      [granted.type, granted.delta, granted.reason, granted.grants, granted.source],
      ["granted", "20", "Welcome", [{ grantId: grant.id, amount: "20" }], { kind: "api", id: null }],
    );
  });

  test("a list shows only what its filters ask for", async () => {
    const customerId = await shop.customer();
    for (const more of [{}, { resourceId: "team" }, { creditTypeId: "tokens" }])
      await shop.grant(customerId, more);
    await shop.subscribe(customerId, { planId: "hard", startsAt: fromNow(-10 * DAY_MS) });
    const use = (id: string, more: object) => ({ id, customerId, featureId: "email", ...more });
    await shop.post([
      use("plain", {}),
      use("image", { featureId: "image", userId: "lena" }),
      use("team", { resourceId: "team", userId: "max" }),
      use("late", { timestamp: fromNow(-3 * DAY_MS) }),
    ]);
    for (const [query, expected] of [
      [{ type: "consumed" }, ["late", "team", "image", "plain"]],
      [{ type: "consumed", resourceId: "none" }, ["late", "image", "plain"]],
      [{ type: "consumed", resourceId: "team" }, ["team"]],
      [{ creditTypeId: "tokens" }, [null]],
      [{ creditTypeId: "credits", resourceId: "team" }, ["team", null]],
      [{ featureId: "image" }, ["image"]],
      [{ featureId: "nothing" }, []],
      [{ userId: "lena" }, ["image"]],
      [{ userId: "nobody" }, []],
      [{ type: "expired" }, []],
      [{ timeField: "occurredAt", from: fromNow(-4 * DAY_MS), to: fromNow(-2 * DAY_MS) }, ["late"]],
      [{ timeField: "at", from: fromNow(-4 * DAY_MS), to: fromNow(-2 * DAY_MS) }, []],
      [
        { type: "consumed", from: fromNow(-HOUR_MS), to: fromNow(HOUR_MS) },
        ["late", "team", "image", "plain"],
      ],
      [{ from: fromNow(HOUR_MS) }, []],
    ] as const) {
      const { data } = await list({ customerId, ...query });
      // Entries of two pools may come in the same millisecond; within a pool the order is certain.
      assert.deepEqual(sourcesOf(data).toSorted(), expected.toSorted(), JSON.stringify(query));
    }
  });

  test("a span of time takes its first moment in and leaves its last one out", async () => {
    const customerId = await shop.customer({ credits: "10" });
    const [early, late] = [fromNow(1000), fromNow(2000)];
    await shop.burn({ id: "early", customerId, featureId: "email", timestamp: early });
    await shop.burn({ id: "late", customerId, featureId: "email", timestamp: late });
    const between = await list({ customerId, timeField: "occurredAt", from: early, to: late });
    assert.deepEqual(sourcesOf(between.data), ["early"]);
  });

  test("pages of any size over several pools hold every entry once, both ways, while more comes in", async () => {
    const customerId = await shop.customer({ plan: null });
    await shop.subscribe(customerId, { planId: "soft" });
    const resources = [undefined, "team-a", "team-b", "team-c"];
    for (let round = 0; round < 9; round += 1) {
      const events = Array.from({ length: 7 }, (_, index) => ({
        id: `r${round}-${index}`,
        customerId,
        featureId: "email",
        resourceId: resources[(round * index) % resources.length],
      }));
      await shop.post(events);
    }
    const all = (await list({ customerId, limit: 100 })).data;
    assert.equal(all.length, 63);
    all.slice(1).forEach((entry, index) => assert.ok(entry.at <= (all[index]?.at ?? ""), `entry ${index}`));
    for (const limit of [1, 2, 3, 5, 8, 13, 21, 62, 63, 64]) {
      const forth: LedgerEntry[] = [];
      let page = await list({ customerId, limit });
      assert.equal(page.prevCursor, null);
      for (;;) {
        forth.push(...page.data);
        if (page.nextCursor === null) break;
        page = await list({ customerId, limit, cursor: page.nextCursor });
      }
      assert.deepEqual(forth, all, `forth by ${limit}`);
      const back: LedgerEntry[] = [...page.data];
      while (page.prevCursor !== null) {
        page = await list({ customerId, limit, cursor: page.prevCursor });
        back.unshift(...page.data);
      }
      assert.deepEqual(back, all, `back by ${limit}`);
    }
    const filtered = { customerId, resourceId: "team-a", limit: 2 };
    const [first, second] = (await list({ ...filtered, limit: 100 })).data.slice(2);
    const start = await list(filtered);
    await shop.burn({ id: "meanwhile", customerId, featureId: "email", resourceId: "team-a" });
    const next = await list({ ...filtered, cursor: start.nextCursor ?? "" });
    assert.deepEqual(
      next.data,
      [first, second].filter((entry) => entry !== undefined),
    );
  });

  test("a list refuses what it does not know: a cursor of other filters, a made-up one, no customer", async () => {
    const customerId = await shop.customer({ credits: "1" });
    await shop.grant(customerId);
    const cursor = (await list({ customerId, limit: 1 })).nextCursor ?? "";
    const ofGrants = (await app().client.call(routes.listGrants, { query: { customerId, limit: 1 } })).body
      .nextCursor;
    const get = (query: Record<string, string>) =>
      app().client.send("GET", `/v1/ledger?${new URLSearchParams({ customerId, ...query })}`);
    for (const [query, path] of [
      [{ cursor, type: "granted" }, "cursor"],
      [{ cursor, timeField: "at" }, "cursor"],
      [{ cursor, customerId: await shop.customer() }, "cursor"],
      [{ cursor: ofGrants ?? "" }, "cursor"],
      [{ cursor: `${cursor}AAAA` }, "cursor"],
      [{ type: "spent" }, "type"],
      [{ timeField: "created" }, "timeField"],
      [{ from: "yesterday" }, "from"],
      [{ from: "2026-02-30T00:00:00Z" }, "from"],
      [{ resourceId: "a b" }, "resourceId"],
    ] as const) {
      const problem = expectProblem(await get(query), 422, "validation_failed");
      assert.equal(problem.errors?.[0]?.path, path, JSON.stringify(query));
    }
    expectProblem(await get({ customerId: "nobody" }), 404, "not_found");
    expectProblem(await app().client.send("GET", "/v1/ledger"), 422, "validation_failed");
  });
});
