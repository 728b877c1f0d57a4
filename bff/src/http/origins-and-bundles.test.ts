import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { expectProblem, pglite, type TestApp, startTestApp } from "../test-support/index.ts";

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
    const from = async (Origin: string) =>
      (await client().send("GET", "/widget/balances", { headers: { Origin } })).headers;
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
      const reply = await client().send("GET", `/cdn/1.2.3/${file}`, {
        credential: null,
        headers: { Origin: "https://any.test" },
      });
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
      assert.ok(
        reply.status === 404 || reply.status === 400 || reply.status === 403,
        `${path}: ${reply.status}`,
      );
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
