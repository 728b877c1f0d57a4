import assert from "node:assert/strict";
import { test } from "node:test";
import { createServerClient } from "./index.ts";
import { json, problem, type Reply, startScriptedServer, stillClock } from "./testing.ts";

const TIMEOUT_MS = 7_777;

/** A client of a server that answers by the script; `asked` tells what it was asked, in order. */
async function scene(...script: readonly Reply[]) {
  const server = await startScriptedServer(...script);
  const { clock } = stillClock(TIMEOUT_MS);
  const { withHold } = createServerClient({
    baseUrl: server.baseUrl,
    apiKey: "ck_test_1",
    timeoutMs: TIMEOUT_MS,
    clock,
    retries: 1,
  });
  return {
    withHold,
    asked: () =>
      server.received.map(({ url, body }): [string, unknown] => [url.replace("/v1/", ""), JSON.parse(body)]),
    keys: () => server.received.map(({ headers }) => headers["idempotency-key"]),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const named = { customerId: "lena", id: "job-7" };
const input = { ...named, creditTypeId: "ai-tokens", amount: 10 };
const open = json(201, { ...named, amount: "10", status: "open" });
const captured = json(200, { ...named, status: "captured", delta: "-10" });
const released = json(200, { ...named, status: "released", delta: "0" });

test("the work runs under a hold, and all of it is captured when the work does not say how much", async () => {
  await using api = await scene(open, captured);
  const { result, hold } = await api.withHold(input, ({ hold: placed }) => {
    assert.deepEqual(api.asked(), [["holds", { ...input }]]);
    return `worked under ${placed.id}`;
  });
  assert.equal(result, "worked under job-7");
  assert.equal(hold.status, "captured");
  assert.deepEqual(api.asked()[1], ["holds/capture", named]);
});

test("what was used is captured: credits, or units with their dimensions; the latest word counts", async () => {
  for (const used of [{ amount: "7.5" }, { quantity: 3, dimensions: { model: "xl" } }]) {
    await using api = await scene(open, captured);
    await api.withHold(input, async ({ setUsed }) => {
      setUsed({ amount: 1 });
      await Promise.resolve();
      setUsed(used);
    });
    assert.deepEqual(api.asked()[1], ["holds/capture", { ...named, ...used }]);
  }
});

test("work that used nothing costs nothing: the hold is released", async () => {
  for (const used of [{ amount: 0 }, { amount: "0.000" }, { quantity: 0 }]) {
    await using api = await scene(open, released);
    const { hold } = await api.withHold(input, ({ setUsed }) => setUsed(used));
    assert.equal(hold.status, "released");
    assert.deepEqual(api.asked()[1], ["holds/release", named]);
  }
});

test("work that fails costs nothing, whatever it had used, and its own error arrives", async () => {
  await using api = await scene(open, released);
  const broken = new Error("the model is down");
  const call = api.withHold(input, ({ setUsed }) => {
    setUsed({ amount: 5 });
    throw broken;
  });
  await assert.rejects(call, (error) => error === broken);
  assert.deepEqual(
    api.asked().map(([path]) => path),
    ["holds", "holds/release"],
  );
});

test("the work's error arrives also when the release fails: the hold expires by itself", async () => {
  await using api = await scene(open, problem(503, "overloaded"));
  await assert.rejects(
    api.withHold(input, () => Promise.reject(new Error("the model is down"))),
    /the model is down/,
  );
  assert.equal(api.asked().length, 3);
});

test("without enough credits nothing runs", async () => {
  await using api = await scene(problem(402, "insufficient_credits"));
  let runs = 0;
  await assert.rejects(
    api.withHold(input, () => void (runs += 1)),
    { code: "insufficient_credits" },
  );
  assert.deepEqual([runs, api.asked().length], [0, 1]);
});

test("a hold that has ended already, under an id that was used before, runs nothing", async () => {
  for (const status of ["captured", "released", "expired"]) {
    await using api = await scene(json(201, { ...named, status }));
    let runs = 0;
    await assert.rejects(
      api.withHold(input, () => void (runs += 1)),
      { code: "hold_closed" },
    );
    assert.deepEqual([runs, api.asked().length], [0, 1]);
  }
});

test("a hold without an id gets one, which placing it again keeps", async () => {
  await using api = await scene(problem(503, "overloaded"), open, captured);
  await api.withHold({ customerId: "lena", featureId: "image" }, () => "done");
  const [first, second, capture] = api.asked();
  assert.match(JSON.stringify(first), /"id":"[0-9a-f-]{36}"/);
  assert.deepEqual(first, second);
  assert.equal(idOf(capture), idOf(first));
});

test("a capture that fails arrives as its error and leaves the hold, for another try by its id", async () => {
  await using api = await scene(open, problem(402, "insufficient_credits"));
  await assert.rejects(
    api.withHold(input, ({ setUsed }) => setUsed({ amount: 50 })),
    { code: "insufficient_credits" },
  );
  assert.deepEqual(
    api.asked().map(([path]) => path),
    ["holds", "holds/capture"],
  );
});

test("a capture is retried under one key, so that it burns once", async () => {
  await using api = await scene(open, problem(503, "overloaded"), captured);
  await api.withHold(input, () => "done");
  const [placed, first, second] = api.keys();
  assert.equal(placed, undefined);
  assert.match(String(first), /^[0-9a-f-]{36}$/);
  assert.equal(first, second);
});

test("long work extends its hold", async () => {
  await using api = await scene(open, open, captured);
  await api.withHold(input, ({ extend }) => extend(600));
  assert.deepEqual(api.asked()[1], ["holds/extend", { ...named, expiresInSeconds: 600 }]);
});

test("an abort after the work was done does not save its price", async () => {
  await using api = await scene(open, captured);
  const impatient = new AbortController();
  const { hold } = await api.withHold(input, () => impatient.abort(), { signal: impatient.signal });
  assert.equal(hold.status, "captured");
});

function idOf(asked: [string, unknown] | undefined): unknown {
  const body = asked?.[1];
  return typeof body === "object" && body !== null && "id" in body ? body.id : undefined;
}
