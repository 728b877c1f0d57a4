import assert from "node:assert/strict";
import { before, test } from "node:test";
import { routes } from "@credits-kit/contract";
import {
  countingParts,
  oneEngine,
  expectProblem,
  type SendOptions,
  Shop,
  useTestApp,
} from "../../test-support/index.ts";

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
  const shop = new Shop(() => app().client);
  before(() => shop.open());
  const send = (method: string, path: string, options: SendOptions = {}) =>
    app().client.send(method, path, options);

  test("a credit type changes in what is given; null takes away, the rest stays", async () => {
    const { client } = app();
    const body = {
      id: "ink",
      name: "Ink",
      description: "Pays for pages",
      unit,
      symbol: "◆",
      lowBalanceThresholds: ["100", "20%"],
      grantUsageThresholds: ["80%"],
      trackedDimensions: ["model"],
    };
    const created = (await client.call(routes.createCreditType, { body })).body;
    const params = { id: "ink" };
    const change = async (part: object) =>
      (await client.call(routes.updateCreditType, { params, body: part })).body;
    const renamed = await change({ name: "Ink 2", symbol: null });
    assert.deepEqual(renamed, { ...created, name: "Ink 2", symbol: null });
    const other = {
      description: null,
      unit: { singular: "drop", plural: "drops" },
      lowBalanceThresholds: [],
      grantUsageThresholds: ["50%", "90%"],
      trackedDimensions: ["region", "model"],
    };
    assert.deepEqual(await change(other), { ...renamed, ...other });
    assert.deepEqual((await client.call(routes.getCreditType, { params })).body, { ...renamed, ...other });
  });

  test("a changed unit and threshold show in the balances of who holds the credits", async () => {
    const customerId = await shop.customer({ credits: "50" });
    assert.equal((await shop.balance(customerId)).low, false);
    const body = { unit: { singular: "point", plural: "points" }, lowBalanceThresholds: ["50"] };
    await app().client.call(routes.updateCreditType, { params: { id: "credits" }, body });
    const { unit: shown, low } = await shop.balance(customerId);
    assert.deepEqual([shown, low], [body.unit, true]);
  });

  test("a feature changes in what is given, and loses its unit with null", async () => {
    const { client } = app();
    const created = (await client.call(routes.createFeature, { body: { id: "page", name: "Page", unit } }))
      .body;
    const params = { id: "page" };
    const renamed = (await client.call(routes.updateFeature, { params, body: { name: "Pages" } })).body;
    assert.deepEqual(renamed, { ...created, name: "Pages" });
    const bare = (await client.call(routes.updateFeature, { params, body: { unit: null } })).body;
    assert.deepEqual(bare, { ...created, name: "Pages", unit: null });
    assert.deepEqual((await client.call(routes.getFeature, { params })).body, bare);
  });

  test("a change that changes nothing, or the id, is refused", async () => {
    for (const path of ["/v1/credit-types/credits", "/v1/features/image"]) {
      for (const json of [{}, { id: "other" }, { archivedAt: null }, { name: null }]) {
        expectProblem(await send("PATCH", path, { json }), 422, "validation_failed");
      }
    }
  });

  test("what is not there cannot be changed, archived or brought back", async () => {
    for (const path of ["/v1/credit-types/nothing", "/v1/features/nothing"]) {
      expectProblem(await send("PATCH", path, { json: { name: "Some" } }), 404, "not_found");
      expectProblem(await send("POST", `${path}/archive`), 404, "not_found");
      expectProblem(await send("POST", `${path}/unarchive`), 404, "not_found");
    }
  });

  test("asked again under its key, a change answers as it did first and does not happen again", async () => {
    await app().client.call(routes.createFeature, { body: { id: "keyed", name: "First" } });
    const headers = { "Idempotency-Key": "rename-1" };
    const rename = (name: string, id = "keyed") =>
      send("PATCH", `/v1/features/${id}`, { json: { name }, headers });
    const first = await rename("Second");
    assert.equal((await send("PATCH", "/v1/features/keyed", { json: { name: "Third" } })).status, 200);
    const again = await rename("Second");
    assert.equal(again.text, first.text);
    assert.equal(again.headers.get("idempotency-replayed"), "true");
    const { body } = await app().client.call(routes.getFeature, { params: { id: "keyed" } });
    assert.equal(body.name, "Third");
    expectProblem(await rename("Fourth"), 409, "idempotency_conflict");
    expectProblem(await rename("Second", "video"), 409, "idempotency_conflict");
  });

  test("archiving under a key is done once, also when the thing came back in between", async () => {
    await app().client.call(routes.createFeature, { body: { id: "once", name: "Once" } });
    const headers = { "Idempotency-Key": "archive-1" };
    const archive = () => send("POST", "/v1/features/once/archive", { headers });
    const first = await archive();
    assert.equal((await send("POST", "/v1/features/once/unarchive")).status, 200);
    const again = await archive();
    assert.deepEqual([again.status, again.text], [200, first.text]);
    const { body } = await app().client.call(routes.getFeature, { params: { id: "once" } });
    assert.equal(body.archivedAt, null);
    const other = await send("POST", "/v1/features/video/archive", { headers });
    expectProblem(other, 409, "idempotency_conflict");
  });

  test("open streams are told of changes, archiving and its end", async () => {
    const { client } = app();
    await client.call(routes.createFeature, { body: { id: "told", name: "Told" } });
    const params = { id: "told" };
    const told = changes();
    await client.call(routes.updateFeature, { params, body: { name: "Told again" } });
    await client.call(routes.archiveFeature, { params });
    await client.call(routes.unarchiveFeature, { params });
    assert.equal(changes(), told + 3);
    await client.call(routes.createCreditType, { body: { id: "told", name: "Told", unit } });
    await client.call(routes.updateCreditType, { params, body: { name: "Told again" } });
    await client.call(routes.archiveCreditType, { params });
    await client.call(routes.unarchiveCreditType, { params });
    assert.equal(changes(), told + 7);
  });
});
