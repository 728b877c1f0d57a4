import assert from "node:assert/strict";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { codesOf, routes } from "@credits-kit/contract";
import { z } from "zod";
import { createApp } from "./app.ts";
import { createLogger } from "./http/logger.ts";
import { cutConnections, eachEngine, expectProblem, TEST_KEY, useTestApp } from "./test-support/index.ts";

const openApiShape = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });
const CANARY = "canary-8471-secret";

/** Sends what fetch refuses to. */
function rawStatus(
  url: string,
  method: string,
): Promise<{ status: number | undefined; allow: string | undefined }> {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number | undefined;
    allow: string | undefined;
  }>();
  const request = httpRequest(
    url,
    { method, headers: { authorization: `Bearer ${TEST_KEY}` } },
    (response) => {
      response.resume();
      resolve({ status: response.statusCode, allow: response.headers.allow });
    },
  );
  request.on("error", reject);
  request.end();
  return promise;
}

/** The routes that are really mounted, as `GET /v1/plans/{id}`. */
function mountedRoutes(stack: readonly unknown[]): string[] {
  return stack.flatMap((layer) => {
    if (typeof layer !== "object" || layer === null) return [];
    if ("route" in layer && typeof layer.route === "object" && layer.route !== null)
      return namesOf(layer.route);
    const inner =
      "handle" in layer && typeof layer.handle === "function" && "stack" in layer.handle
        ? layer.handle.stack
        : [];
    return Array.isArray(inner) ? mountedRoutes(inner) : [];
  });
}

function namesOf(route: object): string[] {
  assert.ok(
    "path" in route && "methods" in route && typeof route.methods === "object" && route.methods !== null,
  );
  const path = String(route.path).replace(/:(\w+)/g, "{$1}");
  const methods = Object.keys(route.methods).filter((method) => method !== "_all");
  return methods.map((method) => `${method.toUpperCase()} ${path}`);
}

eachEngine((engine) => {
  const lines: string[] = [];
  let stopping = false;
  const app = useTestApp(engine, { log: (line) => void lines.push(line), isStopping: () => stopping });

  test("the mounted routes are those of the OpenAPI document", async () => {
    const { client, config, database, parts } = app();
    const document: unknown = JSON.parse(
      (await client.send("GET", "/openapi.json", { credential: null })).text,
    );
    const { paths } = openApiShape.parse(document);
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const express = createApp(config, { database, ...parts, logger: createLogger("silent") });
    // What Stripe calls and leads back to is no part of the API.
    const ofStripe = [
      ...["card", "confirm", "confirm/bank", "return"].map((page) => `GET /stripe/${page}`),
      "POST /stripe/webhook",
    ];
    assert.deepEqual(mountedRoutes(express.router.stack).sort(), [...documented, ...ofStripe].sort());
  });

  test("every answer carries the headers that browsers are told by", async () => {
    const { client } = app();
    for (const path of ["/healthz", "/v1/features", "/v1/features/none", "/nowhere", "/widget/balances"]) {
      const { headers } = await client.send("GET", path);
      assert.match(headers.get("x-request-id") ?? "", /^req_[0-9A-Z]{26}$/);
      assert.equal(headers.get("cache-control"), "no-store");
      assert.equal(headers.get("x-content-type-options"), "nosniff");
      assert.match(
        headers.get("content-security-policy") ?? "",
        /default-src 'none'.*frame-ancestors 'none'/,
      );
      assert.equal(headers.get("cross-origin-resource-policy"), "same-origin");
      assert.equal(headers.get("referrer-policy"), "no-referrer");
      assert.equal(headers.get("strict-transport-security"), null);
      for (const name of ["x-powered-by", "etag", "server"]) assert.equal(headers.get(name), null);
    }
  });

  test("an unknown address is not found, another method is refused with what is allowed", async () => {
    const { client } = app();
    for (const path of [
      "/",
      "/v1",
      "/v1/features/",
      "/V1/features",
      "/v1/features/a/b",
      "/.env",
      "/docs/../.git",
      "/%2e%2e/x",
    ]) {
      expectProblem(await client.send("GET", path), 404, "not_found");
    }
    const refused = await client.send("DELETE", "/v1/features");
    expectProblem(refused, 405, "method_not_allowed");
    assert.equal(refused.headers.get("allow"), "POST, GET");
    expectProblem(await client.send("OPTIONS", "/v1/features"), 405, "method_not_allowed");
    for (const method of ["HEAD", "TRACE", "PATCH"]) {
      assert.deepEqual(await rawStatus(`${client.url}/v1/features`, method), {
        status: 405,
        allow: "POST, GET",
      });
    }
  });

  test("an address that cannot be decoded is a bad request", async () => {
    const { client } = app();
    for (const path of [
      "/v1/features/%",
      "/v1/features/%zz",
      "/v1/features/%c3%28",
      "/v1/customers/%ff/subscriptions",
    ]) {
      expectProblem(await client.send("GET", path), 400, "bad_request");
    }
    for (const id of ["%00", "a%2fb", "%20", "a".repeat(129), "%F0%9F%98%80"]) {
      const problem = expectProblem(await client.send("GET", `/v1/features/${id}`), 422, "validation_failed");
      assert.equal(problem.errors?.[0]?.path, "id");
    }
  });

  test("a transfer encoding that is not chunked is refused", async () => {
    const { hostname, port } = new URL(app().client.url);
    for (const encoding of ["xchunked", "identity", "gzip", "chunked, identity"]) {
      const socket = connect(Number(port), hostname);
      socket.end(`POST /v1/features HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: ${encoding}\r\n\r\n0\r\n\r\n`);
      assert.match(await text(socket), /^HTTP\/1\.1 400 /, encoding);
    }
  });

  test("who does not authenticate gets nothing, and the body is not read", async () => {
    const { client } = app();
    const headers: Record<string, string>[] = [
      {},
      { Authorization: "" },
      { Authorization: TEST_KEY },
      { Authorization: `Basic ${TEST_KEY}` },
      { Authorization: `Bearer ${TEST_KEY}x` },
      { Authorization: `Bearer ${TEST_KEY} ${TEST_KEY}` },
      { Cookie: `key=${TEST_KEY}` },
    ];
    for (const sent of headers) {
      const reply = await client.send("POST", "/v1/features", {
        credential: null,
        headers: sent,
        raw: "{".repeat(100),
      });
      expectProblem(reply, 401, "unauthenticated");
      assert.equal(reply.headers.get("www-authenticate"), "Bearer");
    }
    expectProblem(
      await client.send("GET", `/v1/features?access_token=${TEST_KEY}`, { credential: null }),
      401,
      "unauthenticated",
    );
    expectProblem(
      await client.send("GET", `/v1/features?access_token=${TEST_KEY}`),
      422,
      "validation_failed",
    );
  });

  test("a session token opens no server route", async () => {
    const { client } = app();
    const body = { customerId: "cus_s", customer: {} };
    const { token } = (await client.call(routes.createWidgetSession, { body })).body;
    for (const route of Object.values(routes)) {
      if (route.auth !== "server") continue;
      const path = route.path.replace(":id", "x");
      const reply = await client.send(route.method.toUpperCase(), path, { credential: token });
      if (reply.status !== 404) expectProblem(reply, 403, "forbidden");
      assert.ok(codesOf(route).includes("forbidden"));
    }
  });

  test("a widget route takes a session token only, from the session's origins, with the scope read", async () => {
    const { client } = app();
    const get = (credential: string | null, headers = {}) =>
      client.send("GET", "/widget/balances", { credential, headers });
    const mint = async (more: { scopes?: ("read" | "top_up")[]; origins?: string[] }) => {
      const body = { customerId: "cus_w", customer: {}, ...more };
      return (await client.call(routes.createWidgetSession, { body })).body.token;
    };
    const token = await mint({});
    assert.equal((await get(token)).status, 200);
    assert.equal((await get(token, { Origin: "https://anywhere.test" })).status, 200);
    expectProblem(await get(null), 401, "unauthenticated");
    expectProblem(await get(`${token}x`), 401, "unauthenticated");
    expectProblem(await get(TEST_KEY), 403, "forbidden");
    expectProblem(
      await client.send("GET", `/widget/balances?token=${token}`, { credential: null }),
      401,
      "unauthenticated",
    );
    expectProblem(await get(await mint({ scopes: ["top_up"] })), 403, "insufficient_scope");
    const bound = await mint({ origins: ["https://app.test"] });
    assert.equal((await get(bound, { Origin: "https://app.test" })).status, 200);
    for (const headers of [
      {},
      { Origin: "null" },
      { Origin: "https://app.test.evil.com" },
      { Origin: "http://app.test" },
    ]) {
      expectProblem(await get(bound, headers), 403, "forbidden");
    }
    for (const query of ["customerId=lena", "customerId=cus_w", "creditTypeId=a&creditTypeId=b"]) {
      expectProblem(
        await client.send("GET", `/widget/balances?${query}`, { credential: token }),
        422,
        "validation_failed",
      );
    }
  });

  // On the embedded engine there is no connection to lose.
  if (engine.name === "Postgres") {
    test("a database that drops its connections costs a 503 at most, and is found again", async () => {
      const { client, testDatabase } = app();
      assert.ok(testDatabase.url);
      const asking = Array.from({ length: 40 }, () => client.send("GET", "/v1/customers"));
      await cutConnections(testDatabase.url);
      for (const reply of await Promise.all(asking))
        assert.ok(reply.status === 200 || reply.status === 503, reply.text);
      await client.send("GET", "/v1/customers");
      assert.equal((await client.send("GET", "/v1/customers")).status, 200);
    });
  }

  test("readiness follows the process and the database", async () => {
    const { client } = app();
    assert.deepEqual((await client.call(routes.getHealth)).body, { status: "ok" });
    assert.deepEqual((await client.call(routes.getReadiness, { credential: null })).body, { status: "ok" });
    stopping = true;
    const reply = await client.send("GET", "/readyz");
    expectProblem(reply, 503, "overloaded");
    assert.ok(reply.headers.get("retry-after"));
    assert.deepEqual((await client.call(routes.getHealth)).body, { status: "stopping" });
    stopping = false;
  });

  test("no secret and nothing of a body or an address reaches the log", async () => {
    const { client } = app();
    await client.send("POST", `/v1/features?x=${CANARY}`, { json: { [CANARY]: CANARY } });
    await client.send("POST", "/v1/features", { raw: `{"name": "${CANARY}` });
    await client.send("POST", "/v1/features", {
      json: { name: CANARY },
      headers: { Cookie: CANARY, "Idempotency-Key": CANARY },
    });
    await client.send("GET", `/v1/customers/${CANARY}`, { credential: `ck_test_${CANARY}` });
    await client.send("GET", `/v1/customers/${CANARY}`);
    assert.ok(lines.some((line) => line.includes('"operation":"getCustomer"')));
    assert.ok(!lines.join("").includes(CANARY));
    assert.ok(!lines.join("").includes(TEST_KEY));
  });
});
