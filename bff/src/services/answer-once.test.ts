import assert from "node:assert/strict";
import { before, test } from "node:test";
import { routes } from "@credits-kit/contract";
import { oneEngine, expectProblem, startTestApp, useTestApp } from "../test-support/index.ts";

oneEngine((engine) => {
  const app = useTestApp(engine);
  const keyed = (key: string) => ({ "Idempotency-Key": key });
  const post = (path: string, key: string, json: unknown) =>
    app().client.send("POST", path, { json, headers: keyed(key) });

  before(async () => {
    const { client } = app();
    const unit = { singular: "credit", plural: "credits" };
    await client.call(routes.createCreditType, { body: { id: "credits", name: "Credits", unit } });
    await client.call(routes.createPlan, {
      body: { id: "pro", name: "Pro", creditTypeId: "credits", limit: "hard", rates: [] },
    });
    for (const id of ["cus_a", "cus_b"])
      await client.call(routes.upsertCustomer, { params: { id }, body: {} });
  });

  test("the same request under a key gets the first answer byte for byte", async () => {
    const first = await post("/v1/features", "k1", { name: "Keyed", unit: { singular: "a", plural: "b" } });
    assert.equal(first.status, 201);
    assert.equal(first.headers.get("idempotency-replayed"), null);
    const second = await post("/v1/features", "k1", { unit: { plural: "b", singular: "a" }, name: "Keyed" });
    assert.equal(second.status, 201);
    assert.equal(second.text, first.text);
    assert.equal(second.headers.get("idempotency-replayed"), "true");
    assert.match(second.headers.get("content-type") ?? "", /^application\/json/);
  });

  test("other content under a key is a conflict, on another route it is another key", async () => {
    assert.equal((await post("/v1/features", "k2", { name: "One" })).status, 201);
    expectProblem(await post("/v1/features", "k2", { name: "Two" }), 409, "idempotency_conflict");
    assert.equal((await post("/v1/customers", "k2", { name: "One" })).status, 201);
  });

  test("a refused request keeps nothing: its key may be used for a better one", async () => {
    expectProblem(await post("/v1/features", "k3", { name: "" }), 422, "validation_failed");
    await post("/v1/features", "k4", { id: "taken", name: "Taken" });
    expectProblem(await post("/v1/features", "k3", { id: "taken", name: "Taken" }), 409, "already_exists");
    const good = await post("/v1/features", "k3", { name: "Better" });
    assert.equal(good.status, 201);
    assert.equal(good.headers.get("idempotency-replayed"), null);
  });

  test("of many at once one works, and all get its answer; also from another replica", async () => {
    const { testDatabase } = app();
    const replica = await startTestApp(engine, { shared: testDatabase });
    try {
      const send = (client = app().client) =>
        client.send("POST", "/v1/features", { json: { name: "Twin" }, headers: keyed("twins") });
      const replies = await Promise.all(
        Array.from({ length: 20 }, (_, index) => send(index % 2 === 0 ? app().client : replica.client)),
      );
      assert.deepEqual(new Set(replies.map((reply) => reply.status)), new Set([201]));
      assert.equal(new Set(replies.map((reply) => reply.text)).size, 1);
      assert.equal(replies.filter((reply) => reply.headers.get("idempotency-replayed") === null).length, 1);
    } finally {
      await replica.close();
    }
    const { data } = (await app().client.call(routes.listFeatures, { query: { limit: 100 } })).body;
    assert.equal(data.filter((feature) => feature.name === "Twin").length, 1);
  });

  test("a key belongs to its customer", async () => {
    const json = { planId: "pro" };
    const first = await post("/v1/customers/cus_a/subscriptions", "sub", json);
    const other = await post("/v1/customers/cus_b/subscriptions", "sub", json);
    const again = await post("/v1/customers/cus_a/subscriptions", "sub", json);
    assert.equal(first.status, 201);
    assert.equal(other.headers.get("idempotency-replayed"), null);
    assert.equal(again.text, first.text);
    const list = await app().client.call(routes.listSubscriptions, { params: { id: "cus_a" } });
    assert.equal(list.body.data.length, 1);
  });

  test("a session token is shown once: a replay says null", async () => {
    const json = { customerId: "cus_a" };
    const first = await post("/v1/widget-sessions", "session", json);
    const again = await post("/v1/widget-sessions", "session", json);
    const { token, expiresAt } = routes.createWidgetSession.answer.parse(JSON.parse(first.text));
    assert.ok(token);
    const replayed = routes.createWidgetSession.answer.parse(JSON.parse(again.text));
    assert.deepEqual(replayed, { token: null, expiresAt });
    assert.equal(again.headers.get("idempotency-replayed"), "true");
    const { rows } = await countHolding(token);
    assert.equal(rows, 0);
  });

  test("a key is 1 to 255 visible ASCII characters", async () => {
    const json = { name: "Bounds" };
    for (const key of ["", "two words", "k".repeat(256), "a, b", "caf\u00e9"]) {
      const problem = expectProblem(await post("/v1/features", key, json), 422, "validation_failed");
      assert.equal(problem.errors?.[0]?.path, "Idempotency-Key");
    }
    assert.equal((await post("/v1/features", "k".repeat(255), json)).status, 201);
  });

  async function countHolding(secret: string): Promise<{ rows: number }> {
    const answers = await app().database.writer.selectFrom("idempotent_answers").select("body").execute();
    return { rows: answers.filter((answer) => answer.body?.includes(secret)).length };
  }
});
