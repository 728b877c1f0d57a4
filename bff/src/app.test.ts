import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { codesOf, routes } from "@credits-kit/contract";
import { createApp } from "./app.ts";
import { createLogger } from "./http/logger.ts";
import { eachEngine, expectProblem, pglite, type TestApp, TEST_KEY, startTestApp, useTestApp } from "./test-support/index.ts";

const CANARY = "canary-8471-secret";

/** Sends what fetch refuses to. */
function rawStatus(url: string, method: string): Promise<{ status: number | undefined; allow: string | undefined }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number | undefined; allow: string | undefined }>();
  const request = httpRequest(url, { method, headers: { authorization: `Bearer ${TEST_KEY}` } }, (response) => {
    response.resume();
    resolve({ status: response.statusCode, allow: response.headers.allow });
  });
  request.on("error", reject);
  request.end();
  return promise;
}

/** The routes that are really mounted, as `GET /v1/plans/{id}`. */
function mountedRoutes(stack: readonly unknown[]): string[] {
  return stack.flatMap((layer) => {
    if (typeof layer !== "object" || layer === null) return [];
    if ("route" in layer && typeof layer.route === "object" && layer.route !== null) return namesOf(layer.route);
    const inner = "handle" in layer && typeof layer.handle === "function" && "stack" in layer.handle ? layer.handle.stack : [];
    return Array.isArray(inner) ? mountedRoutes(inner) : [];
  });
}

function namesOf(route: object): string[] {
  assert.ok("path" in route && "methods" in route && typeof route.methods === "object" && route.methods !== null);
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
    const document: unknown = JSON.parse((await client.send("GET", "/openapi.json", { credential: null })).text);
    assert.ok(typeof document === "object" && document !== null && "paths" in document);
    const documented = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
      Object.keys(methods ?? {}).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const express = createApp(config, { database, ...parts, logger: createLogger("silent") });
    assert.deepEqual(mountedRoutes(express.router.stack).sort(), documented.sort());
  });

  test("every answer carries the headers that browsers are told by", async () => {
    const { client } = app();
    for (const path of ["/healthz", "/v1/features", "/v1/features/none", "/nowhere", "/widget/balances"]) {
      const { headers } = await client.send("GET", path);
      assert.match(headers.get("x-request-id") ?? "", /^req_[0-9A-Z]{26}$/);
      assert.equal(headers.get("cache-control"), "no-store");
      assert.equal(headers.get("x-content-type-options"), "nosniff");
      assert.match(headers.get("content-security-policy") ?? "", /default-src 'none'.*frame-ancestors 'none'/);
      assert.equal(headers.get("cross-origin-resource-policy"), "same-origin");
      assert.equal(headers.get("referrer-policy"), "no-referrer");
      assert.equal(headers.get("strict-transport-security"), null);
      for (const name of ["x-powered-by", "etag", "server"]) assert.equal(headers.get(name), null);
    }
  });

  test("an unknown address is not found, another method is refused with what is allowed", async () => {
    const { client } = app();
    for (const path of ["/", "/v1", "/v1/features/", "/V1/features", "/v1/features/a/b", "/.env", "/docs/../.git", "/%2e%2e/x"]) {
      expectProblem(await client.send("GET", path), 404, "not_found");
    }
    const refused = await client.send("DELETE", "/v1/features");
    expectProblem(refused, 405, "method_not_allowed");
    assert.equal(refused.headers.get("allow"), "POST, GET");
    expectProblem(await client.send("OPTIONS", "/v1/features"), 405, "method_not_allowed");
    for (const method of ["HEAD", "TRACE", "PATCH"]) {
      assert.deepEqual(await rawStatus(`${client.url}/v1/features`, method), { status: 405, allow: "POST, GET" });
    }
  });

  test("an address that cannot be decoded is a bad request", async () => {
    const { client } = app();
    for (const path of ["/v1/features/%", "/v1/features/%zz", "/v1/features/%c3%28", "/v1/customers/%ff/subscriptions"]) {
      expectProblem(await client.send("GET", path), 400, "bad_request");
    }
    for (const id of ["%00", "a%2fb", "%20", "a".repeat(129), "%F0%9F%98%80"]) {
      const problem = expectProblem(await client.send("GET", `/v1/features/${id}`), 422, "validation_failed");
      assert.equal(problem.errors?.[0]?.path, "id");
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
      const reply = await client.send("POST", "/v1/features", { credential: null, headers: sent, raw: "{".repeat(100) });
      expectProblem(reply, 401, "unauthenticated");
      assert.equal(reply.headers.get("www-authenticate"), "Bearer");
    }
    expectProblem(await client.send("GET", `/v1/features?access_token=${TEST_KEY}`, { credential: null }), 401, "unauthenticated");
    expectProblem(await client.send("GET", `/v1/features?access_token=${TEST_KEY}`), 422, "validation_failed");
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
    await client.send("POST", "/v1/features", { json: { name: CANARY }, headers: { Cookie: CANARY, "Idempotency-Key": CANARY } });
    await client.send("GET", `/v1/customers/${CANARY}`, { credential: `ck_test_${CANARY}` });
    await client.send("GET", `/v1/customers/${CANARY}`);
    assert.ok(lines.some((line) => line.includes('"operation":"getCustomer"')));
    assert.ok(!lines.join("").includes(CANARY));
    assert.ok(!lines.join("").includes(TEST_KEY));
  });
});

describe("origins and bundles", () => {
  let directory = "";
  let app: TestApp | null = null;
  const client = () => {
    assert.ok(app);
    return app.client;
  };

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "credits-cdn-"));
    await writeFile(join(directory, "credits-kit.js"), "export {};");
    await writeFile(join(directory, ".secret"), "no");
    await mkdir(join(directory, "chunks"));
    await writeFile(join(directory, "chunks", "a.js"), "export {};");
    app = await startTestApp(pglite, {
      cdn: { directory, version: "1.2.3" },
      env: { PUBLIC_URL: "https://credits.test", ALLOWED_ORIGINS: "https://app.test" },
    });
  });
  after(async () => {
    await app?.close();
    await rm(directory, { recursive: true, force: true });
  });

  test("only pages of allowed origins may read widget answers, and never with cookies", async () => {
    const from = async (Origin: string) => (await client().send("GET", "/widget/balances", { headers: { Origin } })).headers;
    const allowed = await from("https://app.test");
    assert.equal(allowed.get("access-control-allow-origin"), "https://app.test");
    assert.equal(allowed.get("access-control-allow-credentials"), null);
    assert.match(allowed.get("vary") ?? "", /Origin/);
    for (const origin of [
      "null",
      "http://app.test",
      "https://app.test.evil.com",
      "https://evil-app.test",
      "https://app.test:8443",
      "http://localhost:3000",
    ]) {
      const headers = await from(origin);
      assert.equal(headers.get("access-control-allow-origin"), null, origin);
      assert.match(headers.get("vary") ?? "", /Origin/);
    }
    const server = await client().send("GET", "/v1/features", { headers: { Origin: "https://app.test" } });
    assert.equal(server.headers.get("access-control-allow-origin"), null);
  });

  test("a preflight is answered for the headers that widgets send", async () => {
    const headers = {
      Origin: "https://app.test",
      "Access-Control-Request-Method": "GET",
      "Access-Control-Request-Headers": "authorization, x-evil",
    };
    const reply = await client().send("OPTIONS", "/widget/balances", { headers, credential: null });
    assert.equal(reply.status, 204);
    assert.equal(reply.headers.get("access-control-allow-origin"), "https://app.test");
    assert.match(reply.headers.get("access-control-allow-headers") ?? "", /Authorization/);
    assert.doesNotMatch(reply.headers.get("access-control-allow-headers") ?? "", /evil/);
  });

  test("a bundle of a version may be kept for ever and used on any page", async () => {
    for (const file of ["credits-kit.js", "chunks/a.js"]) {
      const reply = await client().send("GET", `/cdn/1.2.3/${file}`, { credential: null, headers: { Origin: "https://any.test" } });
      assert.equal(reply.status, 200);
      assert.equal(reply.headers.get("content-type"), "text/javascript; charset=utf-8");
      assert.equal(reply.headers.get("cache-control"), "public, max-age=31536000, immutable");
      assert.equal(reply.headers.get("access-control-allow-origin"), "*");
      assert.equal(reply.headers.get("cross-origin-resource-policy"), "cross-origin");
      assert.equal(reply.headers.get("x-content-type-options"), "nosniff");
    }
  });

  test("the latest leads to the version, for five minutes", async () => {
    const reply = await client().send("GET", "/cdn/latest/chunks/a.js", { credential: null });
    assert.equal(reply.status, 302);
    assert.equal(reply.headers.get("location"), "/cdn/1.2.3/chunks/a.js");
    assert.equal(reply.headers.get("cache-control"), "public, max-age=300");
    assert.equal(reply.headers.get("access-control-allow-origin"), "*");
  });

  test("nothing but the bundles is served", async () => {
    for (const path of [
      "/cdn/",
      "/cdn/1.2.3/",
      "/cdn/1.2.3/chunks",
      "/cdn/1.2.3/.secret",
      "/cdn/1.2.3/%2e%2e/%2e%2e/etc/passwd",
      "/cdn/1.2.3/..%2f..%2fetc/passwd",
      "/cdn/9.9.9/credits-kit.js",
      "/cdn/latest/..%2f..%2fevil",
      "/cdn/latest/%2f%2fevil.test",
      "/cdn/latest/a%0d%0aSet-Cookie:x",
      "/cdn/latest/",
    ]) {
      const reply = await client().send("GET", path);
      assert.ok(reply.status === 404 || reply.status === 400 || reply.status === 403, `${path}: ${reply.status}`);
      assert.equal(reply.headers.get("location"), null);
      assert.match(reply.headers.get("content-type") ?? "", /problem\+json/);
      assert.equal(reply.headers.get("cache-control"), "no-store");
    }
    const posted = await client().send("POST", "/cdn/1.2.3/credits-kit.js", { raw: "{}" });
    expectProblem(posted, 405, "method_not_allowed");
    assert.equal(posted.headers.get("allow"), "GET, HEAD");
  });

  test("over https, browsers are told to stay there", async () => {
    const { headers } = await client().send("GET", "/healthz");
    assert.equal(headers.get("strict-transport-security"), "max-age=31536000; includeSubDomains");
  });
});
