import assert from "node:assert/strict";
import { test } from "node:test";
import { CreditsApiError, createServerClient, type Clock } from "./index.ts";
import { json, problem, type Reply, startScriptedServer, stillClock } from "./testing.ts";

const TIMEOUT_MS = 7_777;

function clientFor(baseUrl: string, options: { retries?: number; clock?: Clock } = {}) {
  const still = stillClock(TIMEOUT_MS);
  const settings = {
    baseUrl,
    apiKey: "ck_test_1",
    timeoutMs: TIMEOUT_MS,
    clock: still.clock,
    random: () => 0.5,
  };
  return { client: createServerClient({ ...settings, ...options }), slept: still.slept };
}

/** Waits for the rejection and hands out the error, typed. */
async function errorOf(call: Promise<unknown>): Promise<CreditsApiError> {
  const error = await call.then(
    () => assert.fail("the call should have failed"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof CreditsApiError, String(error));
  return error;
}

const grant = {
  customerId: "cus_lena",
  creditTypeId: "ai-tokens",
  amount: "100",
  category: "promo",
} as const;
const event = { id: "img-1", customerId: "cus_lena", featureId: "image" };

test("sends the key, the path and the query, and leaves out what is undefined", async () => {
  await using server = await startScriptedServer(json(200, { data: [], nextCursor: null, prevCursor: null }));
  const { client } = clientFor(`${server.baseUrl}/credits/`);
  await client.ledger.list({ customerId: "auth0|a b@c", limit: 5, cursor: undefined });
  await client.customers.get("auth0|lena@example.com");
  await client.subscriptions.list({ customerId: "cus_lena", limit: 1 });
  assert.deepEqual(
    server.received.map(({ method, url }) => `${method} ${url}`),
    [
      "GET /credits/v1/ledger?customerId=auth0%7Ca+b%40c&limit=5",
      "GET /credits/v1/customers/auth0%7Clena%40example.com",
      "GET /credits/v1/customers/cus_lena/subscriptions?limit=1",
    ],
  );
  assert.equal(server.received[0]?.headers.authorization, "Bearer ck_test_1");
});

test("refuses ids that a URL would resolve to another route", async () => {
  await using server = await startScriptedServer(json(200, {}));
  const { client } = clientFor(server.baseUrl);
  for (const id of ["", ".", ".."]) assert.throws(() => client.customers.balances(id), TypeError);
  assert.equal(server.received.length, 0);
});

test("a created grant is retried under one key that the client made", async () => {
  await using server = await startScriptedServer(
    problem(503, "overloaded"),
    problem(409, "idempotency_in_progress"),
    json(201, { id: "gr_1" }),
  );
  const { client, slept } = clientFor(server.baseUrl);
  assert.equal((await client.grants.create(grant)).id, "gr_1");
  const keys = server.received.map(({ headers }) => headers["idempotency-key"]);
  assert.match(String(keys[0]), /^[0-9a-f-]{36}$/);
  assert.deepEqual(keys, [keys[0], keys[0], keys[0]]);
  assert.deepEqual(new Set(server.received.map(({ body }) => body)), new Set([JSON.stringify(grant)]));
  assert.deepEqual(slept, [150, 300]);
});

test("two calls have two keys, and a key of the caller's is sent as it is and never in the body", async () => {
  await using server = await startScriptedServer(json(201, {}));
  const { client } = clientFor(server.baseUrl);
  await client.grants.create(grant);
  await client.grants.create(grant);
  await client.subscriptions.create({ customerId: "cus_lena", planId: "studio", idempotencyKey: "order-7" });
  const [first, second, third] = server.received;
  assert.notEqual(first?.headers["idempotency-key"], second?.headers["idempotency-key"]);
  assert.equal(third?.headers["idempotency-key"], "order-7");
  assert.equal(third?.body, JSON.stringify({ planId: "studio" }));
});

test("events and reads are retried without a key", async () => {
  await using server = await startScriptedServer(problem(500, "internal"), json(200, { results: [] }));
  const { client } = clientFor(server.baseUrl);
  await client.events.report([event]);
  assert.equal(server.received.length, 2);
  assert.equal(server.received[1]?.headers["idempotency-key"], undefined);
  assert.equal(server.received[1]?.body, JSON.stringify({ events: [event] }));
});

test("a 4xx is not retried and arrives as it was sent", async () => {
  const errors = [{ path: "amount", code: "validation_failed", message: "must be more than 0" }];
  const document = {
    code: "validation_failed",
    status: 422,
    detail: "The amount is wrong.",
    requestId: "req_9",
    errors,
  };
  await using server = await startScriptedServer(json(422, document));
  const { client } = clientFor(server.baseUrl);
  const error = await errorOf(client.grants.create(grant));
  assert.equal(server.received.length, 1);
  assert.equal(error.code, "validation_failed");
  assert.equal(error.status, 422);
  assert.equal(error.detail, "The amount is wrong.");
  assert.equal(error.requestId, "req_9");
  assert.deepEqual(error.errors, errors);
});

test("Retry-After is waited for, in seconds or as a date", async () => {
  await using server = await startScriptedServer(
    problem(429, "rate_limited", { "retry-after": "2" }),
    problem(429, "rate_limited", { "retry-after": "Sun, 01 Mar 2026 12:00:03 GMT" }),
    json(200, { balances: [] }),
  );
  const { client, slept } = clientFor(server.baseUrl);
  await client.customers.balances("cus_lena");
  assert.deepEqual(slept, [2_050, 3_100]);
});

test("a Retry-After beyond the bound is handed to the caller", async () => {
  await using server = await startScriptedServer(problem(503, "overloaded", { "retry-after": "3600" }));
  const { client, slept } = clientFor(server.baseUrl);
  const error = await errorOf(client.customers.balances("cus_lena"));
  assert.equal(error.retryAfterMs, 3_600_000);
  assert.deepEqual([server.received.length, slept], [1, []]);
});

test("retries are bounded, and 0 turns them off", async () => {
  await using server = await startScriptedServer(problem(503, "overloaded"));
  const { client, slept } = clientFor(server.baseUrl);
  assert.equal((await errorOf(client.events.report([event]))).code, "overloaded");
  assert.deepEqual([server.received.length, slept], [4, [150, 300, 600]]);
  await errorOf(clientFor(server.baseUrl, { retries: 0 }).client.events.report([event]));
  assert.equal(server.received.length, 5);
});

test("a proxy's HTML page becomes unexpected_answer and is retried", async () => {
  await using server = await startScriptedServer((response) =>
    response.writeHead(502).end("<h1>Bad gateway</h1>"),
  );
  const { client } = clientFor(server.baseUrl, { retries: 1 });
  const error = await errorOf(client.events.report([event]));
  assert.deepEqual([error.code, error.status, server.received.length], ["unexpected_answer", 502, 2]);
  assert.doesNotMatch(error.message, /Bad gateway/);
});

test("a success that is not JSON, and a redirect, are not retried", async () => {
  await using server = await startScriptedServer(
    (response) => response.writeHead(200).end("hello"),
    (response) => response.writeHead(302, { location: "/elsewhere" }).end(),
  );
  const { client } = clientFor(server.baseUrl);
  assert.equal((await errorOf(client.plans.list())).code, "unexpected_answer");
  assert.equal((await errorOf(client.plans.list())).status, 302);
  assert.equal(server.received.length, 2);
});

test("a server that is not there, or hangs up, is network_failed", async () => {
  const gone = await startScriptedServer();
  await gone[Symbol.asyncDispose]();
  const error = await errorOf(clientFor(gone.baseUrl, { retries: 2 }).client.plans.list());
  assert.deepEqual([error.code, error.status], ["network_failed", 0]);

  await using flaky = await startScriptedServer((response) => response.destroy(), json(200, { data: [] }));
  assert.deepEqual((await clientFor(flaky.baseUrl).client.plans.list()).data, []);
});

test("each try has a time limit of its own, headers and body together", async () => {
  const slow: Reply = (response) => void response.writeHead(200).write("{");
  await using server = await startScriptedServer(slow, json(200, { data: [] }));
  const { clock, slept } = stillClock(TIMEOUT_MS);
  let limits = 0;
  const impatient: Clock = {
    ...clock,
    sleep: (ms, signal) =>
      ms === TIMEOUT_MS && (limits += 1) === 1 ? arrivals(server.received) : clock.sleep(ms, signal),
  };
  const { client } = clientFor(server.baseUrl, { clock: impatient });
  assert.deepEqual((await client.plans.list()).data, []);
  assert.deepEqual([limits, slept], [2, [150]]);
});

test("a call that is always too slow ends as timed_out", async () => {
  await using server = await startScriptedServer(() => undefined);
  const { clock } = stillClock(TIMEOUT_MS);
  const impatient: Clock = { ...clock, sleep: () => arrivals(server.received) };
  const { client } = clientFor(server.baseUrl, { clock: impatient, retries: 1 });
  assert.equal((await errorOf(client.plans.list())).code, "timed_out");
});

test("an abort ends the call with the caller's reason, in flight, between retries and before the start", async () => {
  await using hanging = await startScriptedServer(() => undefined);
  const inFlight = new AbortController();
  const call = clientFor(hanging.baseUrl).client.plans.list({}, { signal: inFlight.signal });
  await arrivals(hanging.received);
  inFlight.abort(new Error("enough"));
  await assert.rejects(call, /enough/);
  await assert.rejects(
    clientFor(hanging.baseUrl).client.plans.list({}, { signal: inFlight.signal }),
    /enough/,
  );
  assert.equal(hanging.received.length, 1);

  await using busy = await startScriptedServer(problem(503, "overloaded"));
  const { clock } = stillClock(TIMEOUT_MS);
  const waiting = new AbortController();
  const abortsInSleep: Clock = {
    ...clock,
    sleep(ms, signal) {
      if (ms !== TIMEOUT_MS) waiting.abort(new Error("changed my mind"));
      return clock.sleep(ms, signal);
    },
  };
  const retried = clientFor(busy.baseUrl, { clock: abortsInSleep }).client.plans.list(
    {},
    { signal: waiting.signal },
  );
  await assert.rejects(retried, /changed my mind/);
  assert.equal(busy.received.length, 1);
});

/** Resolves once the server has received something. */
async function arrivals(received: readonly unknown[]): Promise<void> {
  while (received.length === 0) await new Promise((resolve) => setImmediate(resolve));
}
