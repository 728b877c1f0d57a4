import assert from "node:assert/strict";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import { countingParts, oneEngine, expectProblem, useTestApp } from "../../test-support/index.ts";

const unit = { singular: "credit", plural: "credits" };

oneEngine((engine) => {
  let changes = () => 0;
  const app = useTestApp(engine, {
    parts: (database) => {
      const parts = countingParts(database);
      changes = parts.catalogueChanges;
      return parts;
    },
  });

  test("a credit type is created, read and listed", async () => {
    const { client } = app();
    const body = {
      id: "image-credits",
      name: "Image credits",
      description: "Pays for pictures",
      unit,
      symbol: "◆",
      lowBalanceThresholds: ["100", "20%"],
      grantUsageThresholds: ["80%"],
      trackedDimensions: ["model"],
    };
    const created = await client.call(routes.createCreditType, { body });
    const { createdAt, ...rest } = created.body;
    assert.deepEqual(rest, { ...body, archivedAt: null });
    assert.ok(Math.abs(Date.parse(createdAt) - Date.now()) < 60_000);
    const read = await client.call(routes.getCreditType, { params: { id: "image-credits" } });
    assert.deepEqual(read.body, created.body);
    const list = await client.call(routes.listCreditTypes);
    assert.deepEqual(list.body, { data: [created.body], nextCursor: null, prevCursor: null });
  });

  test("an id is made from the name, and told apart where it is taken", async () => {
    const { client } = app();
    const made: string[] = [];
    for (const name of ["Élan  vital!", "Élan vital", "画像", "画像"]) {
      made.push((await client.call(routes.createFeature, { body: { name } })).body.id);
    }
    assert.deepEqual(made, ["elan-vital", "elan-vital-2", "feature", "feature-2"]);
  });

  test("a given id that is taken is refused and changes nothing", async () => {
    const { client } = app();
    const first = await client.call(routes.createFeature, { body: { id: "once", name: "First" } });
    const again = await client.send("POST", "/v1/features", { json: { id: "once", name: "Second" } });
    assert.equal(expectProblem(again, 409, "already_exists").errors?.[0]?.path, "id");
    const read = await client.call(routes.getFeature, { params: { id: "once" } });
    assert.deepEqual(read.body, first.body);
  });

  test("a plan keeps its rates and its prices as exact decimals", async () => {
    const { client } = app();
    await client.call(routes.createCreditType, { body: { id: "plan-credits", name: "Credits", unit } });
    for (const id of ["email", "video"])
      await client.call(routes.createFeature, { body: { id, name: id, unit } });
    const { body } = await client.call(routes.createPlan, {
      body: {
        id: "pro",
        name: "Pro",
        creditTypeId: "plan-credits",
        limit: "hard",
        topUp: {
          prices: [{ amount: "0.0120", currency: "usd" }],
          min: "250",
          max: 8000,
          packages: [{ credits: "1000.50", price: { amountMinor: 1250, currency: "usd" } }],
        },
        rates: [
          { featureId: "email", creditsPerUnit: 0.000001 },
          { featureId: "video", creditsPerUnit: "50.0" },
        ],
      },
    });
    assert.equal(body.version, 1);
    assert.deepEqual(body.rates, [
      { featureId: "email", creditsPerUnit: "0.000001" },
      { featureId: "video", creditsPerUnit: "50" },
    ]);
    assert.deepEqual(body.topUp, {
      prices: [{ amount: "0.0120", currency: "usd" }],
      min: "250",
      max: "8000",
      packages: [{ credits: "1000.5", price: { amountMinor: 1250, currency: "usd" }, label: null }],
      tiers: [],
      grantExpiresAfter: null,
    });
    assert.deepEqual((await client.call(routes.getPlan, { params: { id: "pro" } })).body, body);
    assert.deepEqual((await client.call(routes.listPlans)).body.data, [body]);
  });

  test("a plan names only what exists; every unknown reference is told", async () => {
    const { client } = app();
    await client.call(routes.createFeature, { body: { id: "known", name: "Known" } });
    const rates = [
      { featureId: "known", creditsPerUnit: 1 },
      { featureId: "missing", creditsPerUnit: 1 },
    ];
    const json = { name: "Broken", creditTypeId: "nowhere", limit: "soft", rates };
    const problem = expectProblem(await client.send("POST", "/v1/plans", { json }), 404, "not_found");
    assert.deepEqual(
      problem.errors?.map((error) => error.path),
      ["creditTypeId", "rates.1.featureId"],
    );
    const upsideDown = {
      ...json,
      topUp: {
        prices: [
          { amount: "1", currency: "usd" },
          { amount: "2", currency: "usd" },
        ],
        min: 10,
        max: 5,
      },
    };
    const refused = expectProblem(
      await client.send("POST", "/v1/plans", { json: upsideDown }),
      422,
      "validation_failed",
    );
    assert.deepEqual(
      refused.errors?.map((error) => error.path),
      ["topUp.max", "topUp.prices.1.currency"],
    );
  });

  test("what is not there is not found", async () => {
    for (const list of ["credit-types", "features", "plans"]) {
      expectProblem(await app().client.send("GET", `/v1/${list}/nothing`), 404, "not_found");
    }
  });

  test("open streams are told of a change of the catalogue", async () => {
    const before = changes();
    await app().client.call(routes.createFeature, { body: { name: "Told" } });
    assert.equal(changes(), before + 1);
  });
});
