import assert from "node:assert/strict";
import { before, test } from "node:test";
import { routes, type UsageRecord } from "@credits-kit/contract";
import { oneEngine, expectProblem, fromNow, Shop, useTestApp } from "../../test-support/index.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  const list = async (query: Record<string, string | number>) =>
    (await app().client.call(routes.listEvents, { query })).body;
  const idsOf = (records: readonly UsageRecord[]) => records.map(({ id }) => id);
  before(() => shop.open());

  test("a record says what was used, what it cost, who paid and how the pool stood then", async () => {
    const customerId = await shop.customer({ plan: "soft" });
    const first = await shop.grant(customerId, { amount: "3", resourceId: "team" });
    const second = await shop.grant(customerId, { amount: "4", resourceId: "team" });
    const event = {
      id: "a",
      customerId,
      featureId: "image",
      quantity: "1.5",
      userId: "lena@studio",
      resourceId: "team",
      timestamp: fromNow(-HOUR_MS),
      dimensions: { model: "xl", steps: 30, upscale: true },
    };
    // The subscription began just now, so that what happened an hour ago costs what the plan said then.
    await shop.subscribe(customerId, { planId: "soft", startsAt: fromNow(-DAY_MS) });
    const reply = await app().client.send("POST", "/v1/events", { json: event });
    const [record, ...others] = (await list({ customerId })).data;
    assert.ok(record && others.length === 0);
    assert.ok(Math.abs(Date.parse(record.at) - Date.now()) < 60_000);
    assert.deepEqual(record, {
      id: "a",
      customerId,
      status: "applied",
      featureId: "image",
      creditTypeId: "credits",
      resourceId: "team",
      quantity: "1.5",
      userId: "lena@studio",
      dimensions: event.dimensions,
      occurredAt: event.timestamp,
      at: record.at,
      delta: "-7.5",
      balance: "-0.5",
      seq: 3,
      grants: [
        { grantId: first.id, amount: "-3" },
        { grantId: second.id, amount: "-4" },
      ],
      overage: "0.5",
      reversedAt: null,
      requestId: reply.headers.get("x-request-id"),
    });
  });

  test("a denied event says what it would have cost and what there was, until it is applied after all", async () => {
    const customerId = await shop.customer({ credits: "3" });
    const event = { id: "a", customerId, featureId: "image", userId: "max", dimensions: { model: "xl" } };
    const reply = await app().client.send("POST", "/v1/events", { json: event });
    expectProblem(reply, 402, "insufficient_credits");
    const [denied] = (await list({ customerId })).data;
    assert.ok(denied);
    assert.deepEqual(denied, {
      id: "a",
      customerId,
      status: "denied",
      featureId: "image",
      creditTypeId: "credits",
      resourceId: null,
      quantity: "1",
      userId: "max",
      dimensions: { model: "xl" },
      occurredAt: denied.occurredAt,
      at: denied.at,
      delta: null,
      balance: null,
      seq: null,
      grants: [],
      overage: "0",
      required: "5",
      available: "3",
      reversedAt: null,
      requestId: reply.headers.get("x-request-id"),
    });
    await shop.post([{ ...event, quantity: 2 }]);
    const [again] = (await list({ customerId, status: "denied" })).data;
    assert.deepEqual([again?.required, again?.quantity], ["10", "2"]);
    await shop.grant(customerId);
    await shop.burn(event);
    assert.deepEqual(
      (await list({ customerId })).data.map(({ id, status }) => [id, status]),
      [["a", "applied"]],
    );
    assert.deepEqual((await list({ customerId, status: "denied" })).data, []);
  });

  test("a reversed event stays where it was, and says since when", async () => {
    const customerId = await shop.customer({ credits: "20" });
    for (const id of ["a", "b", "c"]) await shop.burn({ id, customerId, featureId: "email" });
    const before = (await list({ customerId })).data;
    await shop.reverse(customerId, "b");
    const after = (await list({ customerId })).data;
    const [entry] = await shop.ledger(customerId).then((entries) => entries.slice(-1));
    assert.equal(entry?.type, "reversed");
    assert.deepEqual(
      after,
      before.map((record) =>
        record.id === "b" ? { ...record, status: "reversed", reversedAt: entry.at } : record,
      ),
    );
    assert.deepEqual(idsOf((await list({ customerId, status: "applied" })).data), ["c", "a"]);
    assert.deepEqual(idsOf((await list({ customerId, status: "reversed" })).data), ["b"]);
  });

  test("consumption, holds and what people do are no events", async () => {
    const customerId = await shop.customer({ credits: "20" });
    await shop.consume(customerId, { id: "a", featureId: "email" });
    await shop.hold(customerId, { id: "b", featureId: "email" });
    await shop.capture(customerId, { id: "b" });
    assert.deepEqual((await list({ customerId })).data, []);
    assert.deepEqual((await list({ customerId, id: "a" })).data, []);
  });

  test("a list shows only what its filters ask for", async () => {
    const customerId = await shop.customer();
    for (const more of [{ amount: "20" }, { resourceId: "team" }]) await shop.grant(customerId, more);
    await shop.subscribe(customerId, { planId: "hard", startsAt: fromNow(-10 * DAY_MS) });
    await shop.subscribe(customerId, {
      planId: "tokens",
      resourceId: "lab",
      startsAt: fromNow(-10 * DAY_MS),
    });
    await shop.grant(customerId, { creditTypeId: "tokens", resourceId: "lab" });
    const use = (id: string, more: object) => ({ id, customerId, featureId: "email", ...more });
    await shop.post([
      use("plain", {}),
      use("image", { featureId: "image", userId: "lena" }),
      use("team", { resourceId: "team", userId: "max" }),
      use("lab", { featureId: "image", resourceId: "lab" }),
      use("late", { timestamp: fromNow(-3 * DAY_MS) }),
      use("denied", { quantity: 50, userId: "max" }),
      use("denied-team", { quantity: 500, resourceId: "team", timestamp: fromNow(-3 * DAY_MS) }),
      use("undone", { featureId: "image" }),
    ]);
    await shop.reverse(customerId, "undone");
    const all = ["plain", "image", "team", "lab", "late", "denied", "denied-team", "undone"];
    const three = { from: fromNow(-4 * DAY_MS), to: fromNow(-2 * DAY_MS) };
    for (const [query, expected] of [
      [{}, all],
      [{ status: "applied" }, ["plain", "image", "team", "lab", "late"]],
      [{ status: "denied" }, ["denied", "denied-team"]],
      [{ status: "reversed" }, ["undone"]],
      [{ resourceId: "none" }, ["plain", "image", "late", "denied", "undone"]],
      [{ resourceId: "team" }, ["team", "denied-team"]],
      [{ creditTypeId: "tokens" }, ["lab"]],
      [{ creditTypeId: "credits", resourceId: "lab" }, []],
      [{ featureId: "image" }, ["image", "lab", "undone"]],
      [{ featureId: "image", status: "reversed", resourceId: "none" }, ["undone"]],
      [{ featureId: "nothing" }, []],
      [{ userId: "max" }, ["team", "denied"]],
      [{ userId: "nobody" }, []],
      [three, ["late", "denied-team"]],
      [{ ...three, timeField: "occurredAt" }, ["late", "denied-team"]],
      [{ ...three, timeField: "at" }, []],
      [{ timeField: "at", from: fromNow(-HOUR_MS) }, all],
      [{ from: fromNow(-HOUR_MS), status: "denied" }, ["denied"]],
      [{ to: fromNow(-HOUR_MS), status: "reversed" }, []],
      [{ id: "image" }, ["image"]],
      [{ id: "denied" }, ["denied"]],
      [{ id: "denied", status: "applied" }, []],
      [{ id: "undone" }, ["undone"]],
      [{ id: "undone", status: "reversed" }, ["undone"]],
      [{ id: "undone", status: "applied" }, []],
      [{ id: "image", resourceId: "team" }, []],
      [{ id: "unheard-of" }, []],
    ] as const) {
      const { data } = await list({ customerId, ...query });
      assert.deepEqual(idsOf(data).toSorted(), expected.toSorted(), JSON.stringify(query));
      data.slice(1).forEach((record, index) => assert.ok(record.at <= (data[index]?.at ?? "")));
    }
  });

  test("an event from a little ahead is found by its own time, though it was taken before", async () => {
    const customerId = await shop.customer({ credits: "20" });
    for (const id of ["now", "later"]) await shop.burn({ id, customerId, featureId: "email" });
    const timestamp = fromNow(4 * 60_000);
    await shop.burn({ id: "ahead", customerId, featureId: "email", timestamp });
    await shop.burn({ id: "after", customerId, featureId: "email" });
    assert.deepEqual(idsOf((await list({ customerId, from: fromNow(3 * 60_000) })).data), ["ahead"]);
    assert.deepEqual(idsOf((await list({ customerId, from: timestamp })).data), ["ahead"]);
    assert.deepEqual((await list({ customerId, from: fromNow(5 * 60_000) })).data, []);
  });

  test("another customer's events never show, whoever chose the same id", async () => {
    const [one, two] = [await shop.customer({ credits: "9" }), await shop.customer({ credits: "9" })];
    await shop.burn({ id: "same", customerId: one, featureId: "email" });
    await shop.post([{ id: "same", customerId: two, featureId: "image", quantity: 3 }]);
    const statuses = async (customerId: string) =>
      (await list({ customerId, id: "same" })).data.map(({ status, customerId: whose }) => [status, whose]);
    assert.deepEqual(await statuses(one), [["applied", one]]);
    assert.deepEqual(await statuses(two), [["denied", two]]);
  });

  test("a list refuses what it does not know: a cursor of other filters, a made-up one, no customer", async () => {
    const customerId = await shop.customer({ credits: "9" });
    for (const id of ["a", "b"]) await shop.burn({ id, customerId, featureId: "email" });
    const cursor = (await list({ customerId, limit: 1 })).nextCursor ?? "";
    const get = (query: Record<string, string>) =>
      app().client.send("GET", `/v1/events?${new URLSearchParams({ customerId, ...query })}`);
    const ofLedger = (await app().client.call(routes.listLedger, { query: { customerId, limit: 1 } })).body;
    for (const [query, path] of [
      [{ cursor, status: "applied" }, "cursor"],
      [{ cursor, featureId: "email" }, "cursor"],
      [{ cursor, customerId: await shop.customer() }, "cursor"],
      [{ cursor: ofLedger.nextCursor ?? "" }, "cursor"],
      [{ cursor: `${cursor}AAAA` }, "cursor"],
      [{ status: "rejected" }, "status"],
      [{ timeField: "created" }, "timeField"],
      [{ from: "2026-02-30T00:00:00Z" }, "from"],
      [{ id: "a b" }, "id"],
      [{ userId: "a/b" }, "userId"],
      [{ resourceId: "a b" }, "resourceId"],
    ] as const) {
      const problem = expectProblem(await get(query), 422, "validation_failed");
      assert.equal(problem.errors?.[0]?.path, path, JSON.stringify(query));
    }
    expectProblem(await get({ customerId: "nobody" }), 404, "not_found");
    expectProblem(await app().client.send("GET", "/v1/events"), 422, "validation_failed");
  });
});
