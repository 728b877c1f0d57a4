import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type Plan, routes } from "@credits-kit/contract";
import { type BodyOf, oneEngine, expectProblem, Shop, useTestApp } from "../../test-support/index.ts";

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  before(() => shop.open());
  let made = 0;

  const body = (more: Partial<BodyOf<typeof routes.createPlan>> = {}) => {
    const fields = { name: "Plan", creditTypeId: "credits", limit: "hard" } as const;
    return { id: `p${(made += 1)}`, ...fields, rates: [], ...more };
  };
  const create = async (more?: Partial<BodyOf<typeof routes.createPlan>>): Promise<Plan> =>
    (await app().client.call(routes.createPlan, { body: body(more) })).body;
  const update = async (id: string, change: BodyOf<typeof routes.updatePlan>): Promise<Plan> =>
    (await app().client.call(routes.updatePlan, { params: { id }, body: change })).body;
  const read = async (id: string, version?: number): Promise<Plan> => {
    const asked = version === undefined ? {} : { query: { version } };
    return (await app().client.call(routes.getPlan, { params: { id }, ...asked })).body;
  };
  /** The paths that a plan is refused for. */
  const faults = async (more: Record<string, unknown>): Promise<string[]> => {
    const reply = await app().client.send("POST", "/v1/plans", { json: { ...body(), ...more } });
    return (expectProblem(reply, 422, "validation_failed").errors ?? []).map(
      ({ path, message }) => `${path} ${message}`,
    );
  };

  test("each rate is shown in the way in which it was given", async () => {
    const plan = await create({
      rates: [
        { featureId: "image", creditsPerUnit: "5.0" },
        {
          featureId: "email",
          tiers: [
            { upTo: 100, creditsPerUnit: "1" },
            { upTo: null, creditsPerUnit: 0.5 },
          ],
        },
        { featureId: "trace", formula: "0.5 + tokens * 0.002" },
      ],
    });
    assert.deepEqual(plan.rates, [
      { featureId: "image", creditsPerUnit: "5" },
      {
        featureId: "email",
        tiers: [
          { upTo: "100", creditsPerUnit: "1" },
          { upTo: null, creditsPerUnit: "0.5" },
        ],
      },
      { featureId: "trace", formula: "0.5 + tokens * 0.002" },
    ]);
    assert.deepEqual(await read(plan.id), plan);
  });

  test("what comes with each period is shown with what was left out", async () => {
    const least = await create({ included: { credits: 100, every: "month" } });
    assert.deepEqual(least.included, {
      ...{ credits: "100", every: "month", rollover: "none", priority: 0 },
      ...{ costBasis: null, perSeat: false },
    });
    const included = {
      credits: "1200",
      every: "year" as const,
      rollover: { upTo: "50.5" },
      priority: 3,
      costBasis: { amount: "0.01", currency: "usd" },
      perSeat: true,
    };
    const most = await create({ included });
    assert.deepEqual([most.included, (await read(most.id)).included], [included, included]);
    assert.equal((await create()).included, null);
  });

  test("how credits are sold is shown with what was left out, tiers with their currency", async () => {
    const prices = [
      { amount: "0.01", currency: "usd" },
      { amount: "0.009", currency: "eur" },
    ];
    const tiers = [
      { upTo: 1000, amount: "0.01" },
      { upTo: 500, amount: "0.01", currency: "eur" },
      { upTo: null, amount: "0.008" },
      { upTo: null, amount: "0.007", currency: "eur" },
    ];
    const { topUp } = await create({ topUp: { prices, tiers, grantExpiresAfter: "P1Y6M" } });
    assert.deepEqual(topUp, {
      ...{ prices, min: null, max: null, packages: [], grantExpiresAfter: "P1Y6M" },
      tiers: [
        { upTo: "1000", amount: "0.01", currency: "usd" },
        { upTo: "500", amount: "0.01", currency: "eur" },
        { upTo: null, amount: "0.008", currency: "usd" },
        { upTo: null, amount: "0.007", currency: "eur" },
      ],
    });
  });

  test("a formula that is none is refused when the plan is made, with what is wrong and where", async () => {
    const rates = [
      { featureId: "image", formula: "1 + " },
      { featureId: "email", formula: "1" },
      { featureId: "trace", formula: "a.b(1)" },
    ];
    assert.deepEqual(await faults({ rates }), [
      "rates.0.formula ends where a number or a dimension is expected, at character 5",
      "rates.2.formula has a.b, which cannot be a dimension, at character 1",
    ]);
    const { id } = await create();
    const reply = await app().client.send("PATCH", `/v1/plans/${id}`, { json: { rates } });
    assert.equal(expectProblem(reply, 422, "validation_failed").errors?.[0]?.path, "rates.0.formula");
    assert.equal((await read(id)).version, 1);
  });

  test("a rate says what it costs in exactly one way, and its tiers ascend without a gap at the end", async () => {
    const rate = (more: object) => ({ rates: [{ featureId: "image", ...more }] });
    assert.deepEqual(await faults(rate({})), [
      "rates.0.creditsPerUnit is required, unless tiers or a formula are given",
    ]);
    assert.deepEqual(await faults(rate({ creditsPerUnit: 1, formula: "1" })), [
      "rates.0.formula must not be given together with creditsPerUnit",
    ]);
    const tiers = (...ends: (number | null)[]) =>
      rate({ tiers: ends.map((upTo) => ({ upTo, creditsPerUnit: 1 })) });
    assert.deepEqual(await faults(tiers(10)), [
      "rates.0.tiers.0.upTo must be null in the last tier, which has no end",
    ]);
    assert.deepEqual(await faults(tiers(0, 5, 5, null, null)), [
      "rates.0.tiers.0.upTo must be more than 0",
      "rates.0.tiers.2.upTo must be more than that of the tier before",
      "rates.0.tiers.3.upTo must be an amount: only the last tier has no end",
    ]);
  });

  test("a change makes the next version, and leaves what it does not name", async () => {
    const first = await create({
      rates: [{ featureId: "image", formula: "tokens" }],
      included: { credits: 5, every: "month" },
      topUp: { prices: [{ amount: "1", currency: "usd" }] },
    });
    const second = await update(first.id, { name: "Renamed", limit: "soft" });
    assert.deepEqual(second, {
      ...{ ...first, version: 2, name: "Renamed", limit: "soft" },
      updatedAt: second.updatedAt,
    });
    assert.ok(second.updatedAt >= first.updatedAt);
    const third = await update(first.id, {
      rates: [{ featureId: "email", creditsPerUnit: 2 }],
      topUp: null,
      included: null,
    });
    assert.deepEqual(
      [third.version, third.name, third.rates, third.topUp, third.included],
      [3, "Renamed", [{ featureId: "email", creditsPerUnit: "2" }], null, null],
    );
    assert.deepEqual(await read(first.id), third);
    assert.deepEqual(await read(first.id, 1), first);
    assert.deepEqual(await read(first.id, 2), second);
    expectProblem(await app().client.send("GET", `/v1/plans/${first.id}?version=4`), 404, "not_found");
    expectProblem(
      await app().client.send("GET", `/v1/plans/${first.id}?version=0`),
      422,
      "validation_failed",
    );
    const own = (await app().client.call(routes.listPlans, { query: { limit: 100 } })).body.data;
    assert.deepEqual(
      own.filter(({ id }) => id === first.id),
      [third],
    );
  });

  test("the versions of a plan are listed page by page, the last one first", async () => {
    const { id } = await create();
    for (const name of ["Two", "Three"]) await update(id, { name });
    const page = async (query: Record<string, string>) =>
      (await app().client.call(routes.listPlanVersions, { params: { id }, query })).body;
    const first = await page({ limit: "2" });
    assert.deepEqual(
      first.data.map(({ version, name }) => [version, name]),
      [
        [3, "Three"],
        [2, "Two"],
      ],
    );
    const rest = await page({ limit: "2", cursor: first.nextCursor ?? "" });
    assert.deepEqual(
      rest.data.map(({ version }) => version),
      [1],
    );
    assert.equal(rest.nextCursor, null);
    expectProblem(await app().client.send("GET", "/v1/plans/nothing/versions"), 404, "not_found");
  });

  test("two editors at once make two versions in a row, and neither change is lost", async () => {
    const { id } = await create();
    const changes = [
      { name: "By one" },
      { limit: "soft" },
      { topUp: null },
      { included: { credits: 1, every: "year" } },
    ] as const;
    const versions = await Promise.all(changes.map((change) => update(id, change)));
    assert.deepEqual(versions.map(({ version }) => version).sort(), [2, 3, 4, 5]);
    const last = await read(id);
    assert.deepEqual(
      [last.version, last.name, last.limit, last.included?.every],
      [5, "By one", "soft", "year"],
    );
  });

  test("a plan keeps its credit type, names features that can be used, and a change changes something", async () => {
    const { id } = await create();
    const change = (json: object) => app().client.send("PATCH", `/v1/plans/${id}`, { json });
    assert.equal((await update(id, { creditTypeId: "credits", name: "Same" })).version, 2);
    const other = expectProblem(await change({ creditTypeId: "tokens" }), 422, "validation_failed");
    assert.equal(other.errors?.[0]?.path, "creditTypeId");
    const rates = [{ featureId: "nothing", creditsPerUnit: 1 }];
    const missing = expectProblem(await change({ rates }), 404, "not_found");
    assert.equal(missing.errors?.[0]?.path, "rates.0.featureId");
    expectProblem(await change({}), 422, "validation_failed");
    expectProblem(
      await app().client.send("PATCH", "/v1/plans/nothing", { json: { name: "x" } }),
      404,
      "not_found",
    );
    assert.equal((await read(id)).version, 2);
  });

  test("a change under a key is made once", async () => {
    const { id } = await create();
    const send = (name: string) =>
      app().client.send("PATCH", `/v1/plans/${id}`, {
        json: { name },
        headers: { "idempotency-key": `edit-${id}` },
      });
    const [first, again] = [await send("Once"), await send("Once")];
    assert.deepEqual([first.status, again.status, again.text], [200, 200, first.text]);
    expectProblem(await send("Twice"), 409, "idempotency_conflict");
    assert.equal((await read(id)).version, 2);
  });

  test("who is subscribed stays on their version, and the feature that it rates cannot be archived", async () => {
    const { client } = app();
    await client.call(routes.createFeature, { body: { id: "sound", name: "Sound" } });
    const { id } = await create({ rates: [{ featureId: "sound", creditsPerUnit: 2 }] });
    const early = await shop.customer({ plan: id, credits: "10" });
    await update(id, {
      rates: [
        { featureId: "image", creditsPerUnit: 1 },
        { featureId: "sound", creditsPerUnit: 3 },
      ],
    });
    const late = await shop.customer({ plan: id, credits: "10" });
    const burn = async (customerId: string) =>
      (await shop.burn({ id: "e", customerId, featureId: "sound" })).delta;
    assert.deepEqual([await burn(early), await burn(late)], ["-2", "-3"]);
    await update(id, { rates: [] });
    expectProblem(await client.send("POST", "/v1/features/sound/archive"), 409, "in_use");
  });
});
