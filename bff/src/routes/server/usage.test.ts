import assert from "node:assert/strict";
import { before, test } from "node:test";
import { routes, type UsageSeries } from "@credits-kit/contract";
import { oneEngine, expectProblem, fromNow, Shop, useTestApp } from "../../test-support/index.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  type Query = Readonly<Record<string, string | number>>;
  const read = async (customerId: string, query: Query = {}) =>
    (await app().client.call(routes.getUsage, { query: { customerId, ...query } })).body;
  const told = (series: readonly UsageSeries[]) =>
    series.map(({ kind, key, label, total, events }) => `${kind} ${key} ${label}: ${total} in ${events}`);

  before(async () => {
    await shop.open();
    const body = { trackedDimensions: ["model"] };
    const unit = { singular: "t", plural: "t" };
    await app().client.call(routes.createCreditType, {
      body: { id: "tracked", name: "Tracked", unit, ...body },
    });
    const rates = [{ featureId: "email", creditsPerUnit: 1 }];
    await shop.plan({ id: "tracked", creditTypeId: "tracked", limit: "soft", rates });
  });

  /** A customer who subscribed long ago. */
  async function regular(planId = "soft"): Promise<string> {
    const customerId = await shop.customer({ plan: null });
    await shop.subscribe(customerId, { planId, startsAt: fromNow(-40 * DAY_MS) });
    return customerId;
  }

  test("a customer who used nothing has thirty empty days", async () => {
    const usage = await read(await shop.customer({ plan: null }));
    assert.deepEqual([usage.total, usage.events, usage.creditTypeId], ["0", 0, null]);
    assert.deepEqual(told(usage.series), ["total total Total: 0 in 0"]);
    assert.equal(usage.series[0]?.points.length, 30);
    assert.deepEqual((await read(await shop.customer({ credits: "5" }), { groupBy: "feature" })).series, []);
  });

  test("usage of every kind counts at its own time, and what was taken back is as if it had never been", async () => {
    const customerId = await regular();
    await shop.grant(customerId, { amount: "100" });
    await shop.burn({ id: "old", customerId, featureId: "image", timestamp: fromNow(-10 * DAY_MS) });
    await shop.burn({ id: "mistake", customerId, featureId: "image", timestamp: fromNow(-5 * DAY_MS) });
    await shop.burn({ id: "over", customerId, featureId: "email", quantity: 200 });
    await shop.reverse(customerId, "mistake");
    await shop.grant(customerId, { amount: "300" });
    await shop.consume(customerId, { id: "direct", amount: "7" });
    await shop.hold(customerId, { id: "held", featureId: "image", quantity: 2 });
    await shop.capture(customerId, { id: "held", amount: "6" });
    const usage = await read(customerId, { groupBy: "feature", timeZone: "Europe/Berlin" });
    assert.deepEqual([usage.total, usage.events, usage.timeZone], ["218", 4, "Europe/Berlin"]);
    assert.deepEqual(told(usage.series), [
      "group email email: 200 in 1",
      "group image image: 11 in 2",
      "none none No feature: 7 in 1",
    ]);
    const points = usage.series[1]?.points.filter(({ events }) => events > 0) ?? [];
    assert.deepEqual(
      points.map(({ credits }) => credits),
      ["5", "6"],
    );
    assert.ok(Date.parse(points[0]?.start ?? "") <= Date.now() - 9 * DAY_MS);
  });

  test("the largest are told apart and the rest is one, which no feature called other is mistaken for", async () => {
    const customerId = await regular();
    await app().client.call(routes.createFeature, { body: { id: "other", name: "Another one" } });
    const rates = ["other", "email", "image"].map((featureId) => ({ featureId, creditsPerUnit: 1 }));
    await shop.plan({ id: "wide", creditTypeId: "credits", limit: "soft", rates });
    await shop.subscribe(customerId, { planId: "wide" });
    for (const [featureId, quantity] of [
      ["other", 9],
      ["email", 5],
      ["image", 2],
    ] as const) {
      await shop.burn({ id: featureId, customerId, featureId, quantity });
    }
    const { series, total } = await read(customerId, { groupBy: "feature", top: 1 });
    assert.deepEqual(told(series), ["group other Another one: 9 in 1", "other other Other: 7 in 2"]);
    assert.equal(total, "16");
  });

  test("users and dimensions are told apart together, and those without one have a series of their own", async () => {
    const customerId = await regular("tracked");
    const use = (id: string, more: object) => ({ id, customerId, featureId: "email", ...more });
    await shop.post([
      use("a", { userId: "ada@example.com", dimensions: { model: "xl", size: "big" } }),
      use("b", { userId: "ada@example.com", dimensions: { model: "xl" } }),
      use("c", { userId: "bob", dimensions: { model: 7 } }),
      use("d", {}),
    ]);
    const both = (await read(customerId, { groupBy: "user,dimension:model" })).series;
    assert.deepEqual(told(both), [
      'group ["ada@example.com","xl"] ada@example.com / xl: 2 in 2',
      "group [null,null] No user / No model: 1 in 1",
      'group ["bob","7"] bob / 7: 1 in 1',
    ]);
    assert.deepEqual(both[0]?.groups[1], { by: "dimension:model", kind: "value", value: "xl", label: "xl" });
    const repeated = await app().client.send(
      "GET",
      `/v1/usage?customerId=${customerId}&groupBy=user&groupBy=dimension:model`,
    );
    assert.deepEqual(routes.getUsage.answer.parse(JSON.parse(repeated.text)).series, both);
    const untracked = (await read(customerId, { groupBy: "dimension:size" })).series;
    assert.deepEqual(told(untracked), ["none none No size: 4 in 4"]);
  });

  test("a period is compared with the one before it, series by series", async () => {
    const customerId = await regular();
    const at = (hours: number) => new Date(Date.UTC(2026, 0, 1) + hours * HOUR_MS).toISOString();
    await shop.subscribe(customerId, { planId: "soft", startsAt: at(0) });
    const use = (id: string, featureId: string, hours: number) => ({
      id,
      customerId,
      featureId,
      timestamp: at(hours),
      backfill: true,
    });
    await shop.post([
      use("a", "email", 24),
      use("b", "email", 71),
      use("c", "image", 25),
      use("d", "email", 72),
      use("e", "email", 119),
    ]);
    const query = { from: at(72), to: at(120), groupBy: "feature", compare: "previous" };
    const usage = await read(customerId, query);
    assert.deepEqual(
      [usage.total, usage.previousTotal, usage.events, usage.previousEvents],
      ["2", "7", 2, 3],
    );
    assert.deepEqual(usage.previous, { from: at(24), to: at(72) });
    assert.deepEqual(
      usage.series.map(({ key, total, previousTotal, points, previousPoints = [] }) => [
        key,
        total,
        previousTotal,
        [...points, ...previousPoints].map(({ credits }) => credits).join(" "),
      ]),
      [
        ["email", "2", "2", "1 1 1 1"],
        ["image", "0", "5", "0 0 5 0"],
      ],
    );
  });

  test("credits of several types are not added up: one must be asked for", async () => {
    const customerId = await shop.customer({ credits: "5" });
    await shop.grant(customerId, { creditTypeId: "tokens" });
    await shop.grant(customerId, { resourceId: "team" });
    await shop.burn({ id: "a", customerId, featureId: "email" });
    const reply = await app().client.send("GET", `/v1/usage?customerId=${customerId}`);
    assert.equal(expectProblem(reply, 422, "validation_failed").errors?.[0]?.path, "creditTypeId");
    const of = async (query: Query) => (await read(customerId, { creditTypeId: "credits", ...query })).total;
    assert.deepEqual(
      [await of({}), await of({ resourceId: "none" }), await of({ resourceId: "team" })],
      ["1", "1", "0"],
    );
    assert.equal((await read(customerId, { creditTypeId: "nothing" })).total, "0");
  });

  test("a question that cannot be answered is refused, and what is wrong with it named", async () => {
    const customerId = await shop.customer();
    const questions: [string, string, number?][] = [
      ["customerId=nobody", "customerId", 404],
      ["timeZone=Mars/Olympus", "timeZone"],
      ["timeZone=%2B02:00", "timeZone"],
      ["interval=minute", "interval"],
      ["interval=hour&from=2020-01-01T00:00:00Z", "interval"],
      ["interval=month&from=1970-01-01T00:00:00Z&to=9999-12-31T00:00:00Z&timeZone=Europe/Berlin", "interval"],
      ["from=2026-02-30T00:00:00Z", "from"],
      ["from=2026-01-02T00:00:00Z&to=2026-01-02T00:00:00Z", "to"],
      ["from=2999-01-02T00:00:00Z", "from"],
      ["groupBy=", "groupBy"],
      ["groupBy=feature,feature", "groupBy"],
      ["groupBy=feature,user,dimension:a,dimension:b", "groupBy"],
      ["groupBy=dimension:", "groupBy"],
      ["groupBy=dimension:a'b", "groupBy"],
      ["groupBy=__proto__", "groupBy"],
      [`groupBy=dimension:${"a".repeat(41)}`, "groupBy"],
      ["groupBy=feature&groupBy=user&groupBy=user", "groupBy"],
      ["top=0", "top"],
      ["top=101", "top"],
      ["top=-1", "top"],
      ["top=1e1", "top"],
      ["top=1&top=2", "top"],
      ["compare=next", "compare"],
      ["limit=5", "limit"],
      ["resourceId=a%00", "resourceId"],
    ];
    for (const [query, path, status = 422] of questions) {
      const own = query.startsWith("customerId") ? "" : `customerId=${customerId}&`;
      const reply = await app().client.send("GET", `/v1/usage?${own}${query}`);
      assert.equal(reply.status, status, `${query}: ${reply.text}`);
      const problem = expectProblem(reply, status, status === 404 ? "not_found" : "validation_failed");
      assert.ok(
        problem.errors?.some((error) => error.path === path),
        `${query}: ${reply.text}`,
      );
    }
  });

  test("a forecast says when the credits run out, and how it knows", async () => {
    const customerId = await regular();
    await shop.grant(customerId, { amount: "1000" });
    const midnight = Math.floor(Date.now() / DAY_MS) * DAY_MS;
    await shop.post(
      Array.from({ length: 12 }, (_, day) => ({
        ...{ id: `d${day}`, customerId, featureId: "email", quantity: 10 },
        timestamp: new Date(midnight - day * DAY_MS - HOUR_MS).toISOString(),
      })),
    );
    const forecast = (await app().client.call(routes.getForecast, { query: { customerId, days: 30 } })).body;
    const { basis, runsOutAt, ...rest } = forecast;
    assert.deepEqual(rest, { creditTypeId: "credits", resourceId: null, perDay: "10", trend: "0" });
    assert.deepEqual(
      [basis.method, basis.days, basis.used, basis.available, basis.spread, basis.to],
      ["linear_trend", 12, "120", "880", "0", new Date(midnight).toISOString()],
    );
    const left = Date.parse(runsOutAt?.likely ?? "") - Date.parse(basis.asOf);
    assert.equal(left, 88 * DAY_MS);
    const none = await shop.customer({ credits: "5" });
    const nothing = (await app().client.call(routes.getForecast, { query: { customerId: none } })).body;
    assert.deepEqual([nothing.runsOutAt, nothing.perDay, nothing.basis.days], [null, "0", 0]);
    for (const [query, path] of [
      ["days=0", "days"],
      ["days=91", "days"],
      ["timeZone=X", "timeZone"],
      ["from=x", "from"],
    ] as const) {
      const reply = await app().client.send("GET", `/v1/forecast?customerId=${none}&${query}`);
      assert.equal(expectProblem(reply, 422, "validation_failed").errors?.[0]?.path, path);
    }
  });
});
