import assert from "node:assert/strict";
import { before, test } from "node:test";
import { routes } from "@credits-kit/contract";
import { oneEngine, expectProblem, useTestApp } from "../test-support/index.ts";

const FEATURES = 45;

oneEngine((engine) => {
  const app = useTestApp(engine);

  before(async () => {
    const { database } = app();
    // Many rows in a statement: their times differ by microseconds, which a Date would lose.
    for (const size of [20, 15, 10]) {
      await database.writer
        .insertInto("features")
        .values(
          Array.from({ length: size }, (_, index) => ({
            id: `f-${size}-${index}`,
            name: `Feature ${index}`,
          })),
        )
        .execute();
    }
  });

  const page = (query: Record<string, string | number>) => app().client.call(routes.listFeatures, { query });

  test("pages forwards show every row once, and pages backwards the same rows again", async () => {
    const forwards: string[][] = [];
    let first = await page({ limit: 7 });
    assert.equal(first.body.prevCursor, null);
    let last = first;
    for (;;) {
      forwards.push(last.body.data.map((row) => row.id));
      if (last.body.nextCursor === null) break;
      last = await page({ limit: 7, cursor: last.body.nextCursor });
      assert.notEqual(last.body.prevCursor, null);
    }
    assert.equal(new Set(forwards.flat()).size, FEATURES);
    assert.deepEqual(
      forwards.map((ids) => ids.length),
      [7, 7, 7, 7, 7, 7, 3],
    );
    const again: string[][] = [];
    for (first = last; first.body.prevCursor !== null;) {
      first = await page({ limit: 7, cursor: first.body.prevCursor });
      again.unshift(first.body.data.map((row) => row.id));
      assert.notEqual(first.body.nextCursor, null);
    }
    assert.deepEqual(again, forwards.slice(0, -1));
  });

  test("the newest comes first", async () => {
    await app().client.call(routes.createFeature, { body: { id: "newest", name: "Newest" } });
    assert.equal((await page({ limit: 1 })).body.data[0]?.id, "newest");
    assert.equal((await page({})).body.data.length, 20);
    assert.equal((await page({ limit: 100 })).body.data.length, FEATURES + 1);
  });

  test("a cursor that is not of this list is refused", async () => {
    const { client } = app();
    const { nextCursor } = (await page({ limit: 1 })).body;
    assert.ok(nextCursor);
    const parts: unknown = JSON.parse(Buffer.from(nextCursor, "base64url").toString());
    assert.ok(Array.isArray(parts));
    const [version, direction, scope, micros, id] = parts.map(String);
    const forge = (...members: unknown[]) => Buffer.from(JSON.stringify(members)).toString("base64url");
    const forged = [
      "x",
      "",
      "%00",
      "a".repeat(2000),
      forge(Number(version), direction, scope, "99999999999999999999", id),
      forge(Number(version), direction, scope, "1 or 1=1", id),
      forge(Number(version), direction, scope, micros, "\0"),
      forge(Number(version), direction, scope, Number(micros), id),
      forge(Number(version), "sideways", scope, micros, id),
      forge(Number(version), direction, "other", micros, id),
      forge(2, direction, scope, micros, id),
    ];
    for (const cursor of forged) {
      const query = new URLSearchParams({ cursor }).toString();
      const problem = expectProblem(
        await client.send("GET", `/v1/features?${query}`),
        422,
        "validation_failed",
      );
      assert.equal(problem.errors?.[0]?.path, "cursor");
    }
    const other = await client.send("GET", `/v1/plans?cursor=${nextCursor}`);
    expectProblem(other, 422, "validation_failed");
    const longest = forge(Number(version), direction, scope, "9999999999999999", id);
    assert.equal((await client.send("GET", `/v1/features?cursor=${longest}`)).status, 200);
  });

  test("a cursor of one customer's list is refused on another's", async () => {
    const { client } = app();
    const unit = { singular: "credit", plural: "credits" };
    await client.call(routes.createCreditType, { body: { id: "c", name: "C", unit } });
    await client.call(routes.createPlan, {
      body: { id: "p", name: "P", creditTypeId: "c", limit: "hard", rates: [] },
    });
    for (const id of ["one", "two"]) {
      await client.call(routes.upsertCustomer, { params: { id }, body: {} });
      for (let count = 0; count < 2; count += 1) {
        await client.call(routes.createSubscription, { params: { id }, body: { planId: "p" } });
      }
    }
    const { body } = await client.call(routes.listSubscriptions, {
      params: { id: "one" },
      query: { limit: 1 },
    });
    const path = (id: string) => `/v1/customers/${id}/subscriptions?limit=1&cursor=${body.nextCursor ?? ""}`;
    assert.equal((await client.send("GET", path("one"))).status, 200);
    expectProblem(await client.send("GET", path("two")), 422, "validation_failed");
  });
});
