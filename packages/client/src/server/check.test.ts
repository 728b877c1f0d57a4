import assert from "node:assert/strict";
import { test } from "node:test";
import { CreditsApiError, createServerClient } from "./index.ts";
import { json, problem, type Reply, startScriptedServer, stillClock } from "./testing.ts";

const TIMEOUT_MS = 7_777;

function clientFor(baseUrl: string) {
  const { clock } = stillClock(TIMEOUT_MS);
  return createServerClient({ baseUrl, apiKey: "ck_test_1", timeoutMs: TIMEOUT_MS, clock, retries: 1 });
}

const spending = { creditTypeId: "ai-tokens", amount: 5 };
const denied = {
  allowed: false,
  reason: "insufficient_credits",
  required: "5",
  available: "2",
  limitMode: "hard",
  creditTypeId: "ai-tokens",
  resourceId: null,
};

test("an answer of the server is marked as one, whatever a fallback would have said", async () => {
  await using server = await startScriptedServer(json(200, denied));
  const { check } = clientFor(server.baseUrl);
  for (const onUnavailable of [undefined, "allow", "deny", "throw"] as const) {
    assert.deepEqual(await check("lena", spending, { onUnavailable }), { ...denied, isFallback: false });
  }
  assert.equal(server.received[0]?.url, "/v1/customers/lena/check");
  assert.equal(server.received[0]?.body, JSON.stringify(spending));
});

const hangsUp: Reply = (response) => void response.destroy();
const htmlOfProxy: Reply = (response) => void response.writeHead(502).end("<h1>Bad gateway</h1>");

for (const [name, reply, code] of [
  ["hangs up", hangsUp, "network_failed"],
  ["is overloaded", problem(503, "overloaded"), "overloaded"],
  ["breaks", problem(500, "internal"), "internal"],
  ["is behind a proxy that cannot reach it", htmlOfProxy, "unexpected_answer"],
] as const) {
  test(`a server that ${name}, also when asked again, is answered for, and the answer says so`, async () => {
    await using server = await startScriptedServer(reply);
    const { check } = clientFor(server.baseUrl);
    for (const onUnavailable of ["allow", "deny"] as const) {
      const answer = await check("lena", spending, { onUnavailable });
      assert.ok(answer.isFallback);
      assert.equal(answer.allowed, onUnavailable === "allow");
      assert.deepEqual([answer.reason, answer.available, answer.error.code], ["unavailable", null, code]);
    }
    assert.equal(server.received.length, 4);
    await assert.rejects(check("lena", spending), { code });
    await assert.rejects(check("lena", spending, { onUnavailable: "throw" }), { code });
  });
}

test("a server that takes too long is answered for", async () => {
  await using server = await startScriptedServer(() => undefined);
  const { clock } = stillClock(TIMEOUT_MS);
  const impatient = { ...clock, sleep: () => Promise.resolve() };
  const { check } = createServerClient({
    baseUrl: server.baseUrl,
    apiKey: "k",
    clock: impatient,
    retries: 0,
  });
  const answer = await check("lena", spending, { onUnavailable: "allow" });
  assert.ok(answer.isFallback);
  assert.deepEqual([answer.allowed, answer.error.code], [true, "timed_out"]);
});

test("a refusal is thrown, however friendly the fallback: nobody gets in by a wrong key", async () => {
  for (const [status, code] of [
    [401, "unauthenticated"],
    [404, "not_found"],
    [422, "validation_failed"],
    [429, "rate_limited"],
  ] as const) {
    await using server = await startScriptedServer(problem(status, code));
    await assert.rejects(clientFor(server.baseUrl).check("lena", spending, { onUnavailable: "allow" }), {
      code,
    });
  }
});

test("a site that is not the credits server is no reason to let anybody in", async () => {
  await using server = await startScriptedServer(
    (response) => void response.writeHead(200).end("<h1>Hi</h1>"),
  );
  const call = clientFor(server.baseUrl).check("lena", spending, { onUnavailable: "allow" });
  await assert.rejects(
    call,
    (error) => error instanceof CreditsApiError && error.code === "unexpected_answer",
  );
});

test("an abort is thrown: nobody waits for the answer any more", async () => {
  await using server = await startScriptedServer(problem(503, "overloaded"));
  const aborted = AbortSignal.abort(new Error("enough"));
  const call = clientFor(server.baseUrl).check("lena", spending, { onUnavailable: "allow", signal: aborted });
  await assert.rejects(call, /enough/);
});
