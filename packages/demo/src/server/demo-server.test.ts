import assert from "node:assert/strict";
import { test } from "node:test";
import { createDemoServer } from "../index.ts";
import { problem, startStubCreditsServer, type StubRoutes } from "../testing/stub-credits-server.ts";

const rates = [
  { featureId: "email", creditsPerUnit: "1" },
  { featureId: "image", creditsPerUnit: "10" },
  { featureId: "video", creditsPerUnit: "50" },
];
const CATALOGUE: StubRoutes = {
  "GET /v1/plans/studio": () => [200, { id: "studio", creditTypeId: "ai-tokens", rates }],
  "GET /v1/credit-types/ai-tokens": () => [
    200,
    { unit: { singular: "token", plural: "tokens" }, symbol: "✦" },
  ],
};
const APPLIED = { status: "applied", creditTypeId: "ai-tokens", delta: "-10", balance: "1230", seq: 7 };
const REFUSED = {
  status: "rejected",
  error: { path: "quantity", code: "insufficient_credits", message: "needs 50, has 14" },
  required: "50",
  available: "14",
};

async function startStudio(routes: StubRoutes) {
  const credits = await startStubCreditsServer({ ...CATALOGUE, ...routes });
  const demo = createDemoServer({ serverUrl: credits.url, apiKey: "ck_test_1" });
  const origin = `http://localhost:${await demo.listen(0)}`;
  return {
    origin,
    credits,
    post: (path: string, body: unknown, headers: Record<string, string> = {}) =>
      fetch(origin + path, {
        method: "POST",
        headers: { origin, "content-type": "application/json", ...headers },
        body: JSON.stringify(body),
      }),
    async [Symbol.asyncDispose]() {
      await demo.close();
      await credits[Symbol.asyncDispose]();
    },
  };
}

test("a press reports one event and answers what the credits server said", async () => {
  await using studio = await startStudio({
    "POST /v1/events": () => [200, { results: [{ id: "e", ...APPLIED }] }],
  });
  const response = await studio.post(
    "/api/generate",
    { kind: "image", id: "press-0001" },
    { cookie: "lumen_customer=lumen-marlow" },
  );
  assert.equal(response.status, 200);
  const event = { id: "lumen-press-0001", customerId: "lumen-marlow", featureId: "image" };
  assert.partialDeepStrictEqual(await response.json(), { event, result: { ...APPLIED, id: "e" } });
  const [call] = studio.credits.calls.filter(({ route }) => route === "POST /v1/events");
  assert.partialDeepStrictEqual(call?.body, { events: [event] });
});

test("a refusal for want of credits names the cost, what is left and what still fits", async () => {
  await using studio = await startStudio({
    "POST /v1/events": () => [200, { results: [{ id: "e", ...REFUSED }] }],
  });
  const response = await studio.post(
    "/api/generate",
    { kind: "video" },
    { cookie: "lumen_customer=lumen-kestrel" },
  );
  assert.equal(response.status, 402);
  assert.deepEqual(await response.json(), {
    code: "insufficient_credits",
    detail: "needs 50, has 14",
    cost: "50",
    available: "14",
    affordable: ["image", "email"],
  });
});

test("running it dry burns all but fifty tokens in one event, and nothing where there are no more", async () => {
  const pool = { creditTypeId: "ai-tokens", resourceId: null };
  let available = "1240.5";
  await using studio = await startStudio({
    "GET /v1/customers/lumen-lena/balances": () => [200, { balances: [{ ...pool, available }] }],
    "POST /v1/events": () => [200, { results: [{ id: "e", ...APPLIED }] }],
  });
  assert.equal((await studio.post("/api/drain", { id: "press-0002" })).status, 200);
  const [call] = studio.credits.calls.filter(({ route }) => route === "POST /v1/events");
  const event = { id: "lumen-press-0002", customerId: "lumen-lena", featureId: "email", quantity: 1190 };
  assert.deepEqual(call?.body, { events: [event] });
  available = "50.5";
  const refused = await studio.post("/api/drain", { id: "press-0003" });
  assert.deepEqual(
    [refused.status, await refused.json()],
    [409, { code: "nothing_to_drain", detail: "There is little left already." }],
  );
});

test("other failures of the credits server become one code, without its words", async () => {
  await using studio = await startStudio({ "POST /v1/events": () => problem(401, "unauthenticated") });
  const response = await studio.post("/api/generate", { kind: "email" });
  assert.equal(response.status, 502);
  assert.deepEqual(await response.json(), {
    code: "credits_unavailable",
    detail: "The credits server did not answer as it should.",
    cause: "unauthenticated",
    requestId: "req_1",
  });
});

test("a session is for the customer of the cookie, of this origin only, and lets them buy", async () => {
  const session = { token: "jwt", expiresAt: "2026-03-01T12:10:00.000Z" };
  await using studio = await startStudio({ "POST /v1/widget-sessions": () => [201, session] });
  const { origin } = studio;
  const asWidget = (cookie: string) =>
    fetch(`${origin}/api/credits-session`, { method: "POST", headers: { origin, cookie } });
  const response = await asWidget("theme=dark; lumen_customer=lumen-tanaka");
  assert.deepEqual(await response.json(), session);
  assert.equal(response.headers.get("cache-control"), "no-store");
  await asWidget("lumen_customer=somebody-else");
  assert.deepEqual(
    studio.credits.calls.map(({ body }) => body),
    [
      { customerId: "lumen-tanaka", scopes: ["read", "top_up", "settings"], origins: [origin] },
      { customerId: "lumen-lena", scopes: ["read", "top_up", "settings"], origins: [origin] },
    ],
  );
});

test("a switch of customer sets the cookie, and only to a seeded one", async () => {
  await using studio = await startStudio({});
  const response = await studio.post("/api/customer", { id: "lumen-ines" });
  const cookie = response.headers.get("set-cookie") ?? "";
  assert.match(cookie, /^lumen_customer=lumen-ines;.*HttpOnly; SameSite=Strict$/);
  assert.equal((await studio.post("/api/customer", { id: "cus_other" })).status, 404);
  const answer = await fetch(`${studio.origin}/api/studio`, { headers: { cookie } });
  assert.partialDeepStrictEqual(await answer.json(), { customerId: "lumen-ines", prices: { image: "10" } });
});

test("POSTs from other origins, from unknown hosts and of other types are refused before anything happens", async () => {
  await using studio = await startStudio({});
  const { origin } = studio;
  for (const foreign of [
    "https://evil.example",
    "http://localhost:1",
    "null",
    origin.replace("localhost", "127.0.0.1"),
  ]) {
    for (const path of [
      "/api/generate",
      "/api/drain",
      "/api/credits-session",
      "/api/customer",
      "/api/traffic",
    ]) {
      const response = await studio.post(
        path,
        { kind: "image", id: "lumen-lena", on: true },
        { origin: foreign },
      );
      assert.equal(response.status, 403, `${foreign} ${path}`);
      assert.equal(response.headers.get("access-control-allow-origin"), null);
    }
  }
  assert.equal((await studio.post("/api/generate", {}, { "content-type": "text/plain" })).status, 415);
  assert.deepEqual(studio.credits.calls, []);
});

test("bad bodies are refused with a 4xx", async () => {
  await using studio = await startStudio({});
  for (const body of [
    {},
    { kind: "song" },
    { kind: "image", price: 1 },
    { kind: "image", id: "../../etc" },
    [],
    null,
  ]) {
    const { status } = await studio.post("/api/generate", body);
    assert.ok(status === 422 || status === 400, JSON.stringify(body));
  }
  const headers = { origin: studio.origin, "content-type": "application/json" };
  const malformed = await fetch(`${studio.origin}/api/generate`, { method: "POST", headers, body: "{" });
  assert.equal(malformed.status, 400);
  assert.partialDeepStrictEqual(await malformed.json(), { code: "bad_request" });
  assert.equal((await studio.post("/api/generate", { kind: "x".repeat(5000) })).status, 413);
  assert.deepEqual(studio.credits.calls, []);
});

test("each page names the credits server and runs nothing inline", async () => {
  await using studio = await startStudio({});
  for (const [path, element] of [
    ["/", "credits-balance"],
    ["/billing", "credits-utilization-portal"],
  ]) {
    const page = await fetch(studio.origin + path);
    const html = await page.text();
    assert.match(html, new RegExp(`src="${studio.credits.url}/cdn/latest/${element}.js"`));
    assert.doesNotMatch(html, /\{\{|<style|style="|<script(?![^>]*src=)| on\w+="/);
    const policy = page.headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'none'/);
    assert.ok(policy.includes(`script-src 'self' ${studio.credits.url} https://js.stripe.com;`));
    assert.ok(policy.includes(`connect-src 'self' ${studio.credits.url};`));
    assert.doesNotMatch(policy, /unsafe/);
  }
  const script = await fetch(`${studio.origin}/art/draw.js`);
  assert.match(script.headers.get("content-type") ?? "", /javascript/);
  assert.equal((await fetch(`${studio.origin}/../server/api.ts`)).status, 404);
});

test("with the double of Stripe, the page has its script and may frame it, and not Stripe's", async () => {
  const demo = createDemoServer({
    serverUrl: "http://credits.test",
    apiKey: "ck_test_1",
    sandboxUrl: "http://sandbox.test",
  });
  const page = await fetch(`http://127.0.0.1:${await demo.listen(0)}/`);
  assert.match(await page.text(), /<script src="http:\/\/sandbox\.test\/stripe\.js" defer><\/script>/);
  const policy = page.headers.get("content-security-policy") ?? "";
  assert.match(policy, /frame-src http:\/\/sandbox\.test;/);
  assert.doesNotMatch(policy, /js\.stripe\.com/);
  await demo.close();
});

test("only this machine reaches the studio, which gives a session to whoever asks", async () => {
  const demo = createDemoServer({ serverUrl: "http://credits.test", apiKey: "ck_test_1" });
  const port = await demo.listen(0);
  assert.equal((await fetch(`http://127.0.0.1:${port}/`)).status, 200);
  // Another address of this machine, as its address in a network is.
  for (const other of ["127.0.0.2", "[::1]"])
    await assert.rejects(fetch(`http://${other}:${port}/`), TypeError);
  await demo.close();
});

test("traffic is switched on and off, and closing the server ends it", async () => {
  await using studio = await startStudio({ "POST /v1/events": () => [200, { results: [] }] });
  const switchTo = async (on: boolean) => (await studio.post("/api/traffic", { on })).json();
  assert.partialDeepStrictEqual(await switchTo(true), { on: true });
  assert.partialDeepStrictEqual(await (await fetch(`${studio.origin}/api/traffic`)).json(), { on: true });
  assert.partialDeepStrictEqual(await switchTo(false), { on: false, stopReason: "asked" });
  await switchTo(true);
});
