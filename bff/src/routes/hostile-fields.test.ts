import assert from "node:assert/strict";
import { test } from "node:test";
import { problem, routes } from "@credits-kit/contract";
import { z } from "zod";
import {
  allRoutes,
  expectRefusal,
  GOOD,
  routesWithBody,
  useAttackedApp,
} from "../test-support/attacked-app.ts";
import { BAD_FIELDS } from "../test-support/bad-values.ts";
import { oneEngine } from "../test-support/index.ts";

const anyPage = z.object({ nextCursor: z.string().nullable() });

oneEngine((engine) => {
  const { app, send, settle } = useAttackedApp(engine);

  test("a bad value is refused, and its field named", async () => {
    for (const [operation, field, values] of BAD_FIELDS) {
      const route = routesWithBody.find(({ operationId }) => operationId === operation);
      assert.ok(route);
      for (const value of values) {
        const reply = await send(route, { json: { ...GOOD[operation], [field]: value } });
        const told = `${operation}.${field} = ${JSON.stringify(value)?.slice(0, 60)}: ${reply.status} ${reply.text}`;
        assert.ok([404, 422].includes(reply.status), told);
        const { code } = problem.parse(JSON.parse(reply.text));
        const { errors = [] } = expectRefusal(route, reply, code);
        assert.ok(
          errors.some(({ path }) => path.split(".")[0] === field),
          told,
        );
      }
    }
  });

  test("a number that JavaScript cannot hold is refused", async () => {
    const numbers = [
      "1e400",
      "-1e400",
      "9007199254740993",
      "0.30000000000000004",
      "123456789012.1234567",
      "1e-7",
      "-0.000001",
    ];
    for (const [operation, field] of [
      ["createGrant", "amount"],
      ["reportEvents", "quantity"],
      ["createGrant", "priority"],
      ["consume", "quantity"],
      ["checkCustomer", "quantity"],
      ["placeHold", "expiresInSeconds"],
      ["captureHold", "amount"],
      ["revokeGrant", "amount"],
    ] as const) {
      const route = routes[operation];
      for (const number of numbers) {
        const kept = Object.entries(GOOD[operation] ?? {}).filter(([key]) => key !== field);
        const raw = `${JSON.stringify(Object.fromEntries(kept)).slice(0, -1)},"${field}":${number}}`;
        const reply = await send(route, { raw });
        assert.equal(reply.status, 422, `${field} ${number}: ${reply.text}`);
        assert.equal(problem.parse(JSON.parse(reply.text)).errors?.[0]?.path, field);
      }
    }
  });

  test("a query that is unknown, repeated or out of bounds is refused and named", async () => {
    const lists = allRoutes.filter((route) => route.query && "limit" in route.query.shape);
    assert.ok(lists.length >= 9);
    for (const route of lists) {
      const path = route.path.replace(":id", "lena");
      const own = "customerId" in (route.query?.shape ?? {}) ? "customerId=lena&" : "";
      const queries: [string, string][] = [
        ["limit=0", "limit"],
        ["limit=101", "limit"],
        ["limit=1000000000", "limit"],
        ["limit=-1", "limit"],
        ["limit=1.5", "limit"],
        ["limit=", "limit"],
        ["limit=1&limit=2", "limit"],
        ["limit[]=1", "limit[]"],
        ["cursor=a&cursor=b", "cursor"],
        ["cursor=%00", "cursor"],
        [`cursor=${"a".repeat(2001)}`, "cursor"],
        ["order_by=id", "order_by"],
        ["__proto__=1", "__proto__"],
        ["env_id=other", "env_id"],
      ];
      for (const [query, field] of queries) {
        const reply = await send({ ...route, path: `${path}?${own}${query}` }, {});
        const { errors } = expectRefusal(route, reply, "validation_failed");
        assert.ok(
          errors?.some((error) => error.path === field),
          `${route.operationId} ${query}: ${reply.text}`,
        );
      }
      const first = await send({ ...route, path: `${path}?${own}limit=100` }, {});
      assert.equal(first.status, 200);
    }
  });

  test("a made-up position in a cursor of any list is refused", async () => {
    const { client } = app();
    await makeRows();
    await settle();
    for (const path of [
      "/v1/features?",
      "/v1/customers?",
      "/v1/customers/lena/subscriptions?",
      "/v1/grants?customerId=lena&",
      "/v1/grants?customerId=lena&sort=remaining&",
      "/v1/ledger?customerId=lena&",
      "/v1/events?customerId=lena&",
      "/v1/holds?customerId=lena&",
    ]) {
      const page = await client.send("GET", `${path}limit=1`);
      const { nextCursor } = anyPage.parse(JSON.parse(page.text));
      assert.ok(nextCursor, path);
      const parts = z.array(z.unknown()).parse(JSON.parse(Buffer.from(nextCursor, "base64url").toString()));
      for (const id of [
        "x",
        "1:x",
        "x:1",
        ":",
        "99999999999:1",
        "1:99999999999999999999",
        "';--",
        "1:1:1",
        "denied/",
        "denied/a b",
        "denied/x",
        "a".repeat(200),
      ]) {
        const forged = Buffer.from(JSON.stringify([...parts.slice(0, 4), id])).toString("base64url");
        const { status } = await client.send("GET", `${path}limit=1&cursor=${forged}`);
        assert.ok(status === 200 || status === 422, `${path} ${id}: ${status}`);
      }
      for (const key of [
        "x",
        "",
        "-1",
        "9999999999999999",
        "99999999999999999",
        "9223372036854775807",
        "9223372036854775808",
        "9999999999999999999",
      ]) {
        const forged = Buffer.from(JSON.stringify([...parts.slice(0, 3), key, parts[4]])).toString(
          "base64url",
        );
        const { status } = await client.send("GET", `${path}limit=1&cursor=${forged}`);
        assert.ok(status === 200 || status === 422, `${path} ${key}: ${status}`);
      }
    }
  });

  async function makeRows(): Promise<void> {
    const { client } = app();
    await client.call(routes.createFeature, { body: { name: "Second" } });
    await client.call(routes.createCustomer, { body: { name: "Second" } });
    await client.call(routes.createSubscription, { params: { id: "lena" }, body: { planId: "pro" } });
    await client.call(routes.createGrant, {
      body: { customerId: "lena", creditTypeId: "credits", amount: 5, category: "promo" },
    });
    for (const id of ["first", "second"]) {
      const spending = { id, customerId: "lena", featureId: "image" };
      await client.call(routes.reportEvents, { body: spending });
      await client.call(routes.placeHold, { body: spending });
    }
  }
});
