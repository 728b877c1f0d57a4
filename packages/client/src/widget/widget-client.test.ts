import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { test } from "node:test";
import { json, problem, type Reply, startScriptedServer } from "../server/testing.ts";
import { ApiError } from "./api-error.ts";
import type { StreamMessage } from "./stream-messages.ts";
import { createWidgetClient } from "./widget-client.ts";

const balances = { customerId: "acme", canTopUp: false, balances: [] };
const clientFor = (apiBase: string, timeoutMs = 2_000) =>
  createWidgetClient({ apiBase, sessionToken: "t0ken", timeoutMs });

/** Begins a stream and hands it to the test. */
function streaming(onOpen: (response: ServerResponse) => void): Reply {
  return (response) => {
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    response.flushHeaders();
    onOpen(response);
  };
}

async function faultOf(call: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ApiError);
  return error;
}

test("reads balances with the token in the header and the filters in the query", async () => {
  await using server = await startScriptedServer(json(200, balances));
  const client = clientFor(`${server.baseUrl}/`);
  assert.deepEqual(await client.getBalances(), balances);
  await client.getBalances({ creditTypeId: "ai tokens", resourceId: undefined });
  await client.getBalances({ creditTypeId: "a", resourceId: "none" });
  assert.deepEqual(
    server.received.map((request) => request.url),
    [
      "/widget/balances",
      "/widget/balances?creditTypeId=ai+tokens",
      "/widget/balances?creditTypeId=a&resourceId=none",
    ],
  );
  assert.equal(server.received[0]?.headers.authorization, "Bearer t0ken");
});

test("reads usage and a forecast as they are asked for", async () => {
  await using server = await startScriptedServer(json(200, { series: [] }));
  const client = clientFor(server.baseUrl);
  assert.deepEqual(await client.getUsage(), { series: [] });
  await client.getUsage({
    interval: "hour",
    timeZone: "Asia/Kathmandu",
    groupBy: ["feature", "dimension:model"],
    top: 3,
  });
  await client.getForecast({ creditTypeId: "a", days: 7 });
  assert.deepEqual(
    server.received.map((request) => request.url),
    [
      "/widget/usage",
      "/widget/usage?interval=hour&timeZone=Asia%2FKathmandu&groupBy=feature%2Cdimension%3Amodel&top=3",
      "/widget/forecast?creditTypeId=a&days=7",
    ],
  );
});

test("orders at the price that was shown, is told of another one, and gives an order up", async () => {
  const total = { amountMinor: 900, currency: "usd" };
  await using server = await startScriptedServer(
    json(409, { code: "price_changed", detail: "The price has changed.", total }),
    json(200, { id: "top_1", status: "void" }),
  );
  const client = clientFor(server.baseUrl);
  const order = {
    creditTypeId: "a",
    credits: "5",
    orderKey: "key-1",
    expectedTotal: { ...total, amountMinor: 5 },
  };
  const error = await faultOf(client.createTopUp(order));
  assert.deepEqual([error.code, error.total], ["price_changed", total]);
  const { status } = await client.cancelTopUp("top 1");
  assert.equal(status, "void");
  assert.deepEqual(
    server.received.map(({ method, url }) => [method, url]),
    [
      ["POST", "/widget/top-ups"],
      ["POST", "/widget/top-ups/top%201/cancel"],
    ],
  );
});

test("turns a problem into an error with code, status, request id and the time to wait", async () => {
  await using server = await startScriptedServer(problem(429, "rate_limited", { "retry-after": "7" }));
  const error = await faultOf(clientFor(server.baseUrl).getBalances());
  const { code, status, requestId, retryAfterMs, detail } = error;
  assert.deepEqual(
    { code, status, requestId, retryAfterMs },
    { code: "rate_limited", status: 429, requestId: "req_1", retryAfterMs: 7_000 },
  );
  assert.equal(error.message, detail);
});

test("knows an answer that is not this API's, whatever its status", async () => {
  const page: Reply = (response) =>
    response.writeHead(502, { "content-type": "text/html" }).end("<h1>Bad gateway</h1>");
  const lie: Reply = (response) => response.writeHead(200, { "content-type": "application/json" }).end("{");
  await using server = await startScriptedServer(
    page,
    (response) => response.writeHead(200).end("<h1>App</h1>"),
    lie,
  );
  const client = clientFor(server.baseUrl);
  const codes = [
    await faultOf(client.getBalances()),
    await faultOf(client.openStream()),
    await faultOf(client.getBalances()),
  ];
  assert.deepEqual(
    codes.map(({ code, status }) => [code, status]),
    [
      ["unexpected_answer", 502],
      ["unexpected_answer", 200],
      ["unexpected_answer", 0],
    ],
  );
});

test("gives up on a server that does not answer, and says when there is none", async () => {
  await using server = await startScriptedServer(() => undefined);
  assert.equal((await faultOf(clientFor(server.baseUrl, 30).getBalances())).code, "timed_out");
  assert.equal((await faultOf(clientFor("http://127.0.0.1:9").getBalances())).code, "network_failed");
});

test("an abort is the signal's reason and no fault", async () => {
  await using server = await startScriptedServer(() => undefined);
  const controller = new AbortController();
  const call = clientFor(server.baseUrl).getBalances({}, controller.signal);
  controller.abort(new Error("enough"));
  await assert.rejects(call, /enough/);
});

test("yields what the stream says, heartbeats included, until the server ends it", async () => {
  await using server = await startScriptedServer(
    streaming((response) => {
      response.write(`event: snapshot\ndata: ${JSON.stringify(balances)}\n\n: beat\n\nevent: po`);
      response.end(`ol\ndata: {"seq":4}\n\nevent: bye\ndata: {"reconnectInMs":50}\n\n`);
    }),
  );
  const messages: StreamMessage[] = [];
  for await (const message of await clientFor(server.baseUrl).openStream()) messages.push(message);
  assert.deepEqual(messages, [
    { type: "snapshot", data: balances },
    { type: "heartbeat" },
    { type: "pool", data: { seq: 4 } },
    { type: "bye", data: { reconnectInMs: 50 } },
  ]);
});

test("a stream may be silent for longer than an answer may take", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const opened = Promise.withResolvers<ServerResponse>();
  await using server = await startScriptedServer(streaming(opened.resolve));
  const stream = await clientFor(server.baseUrl, 500).openStream();
  t.mock.timers.tick(60_000);
  (await opened.promise).end(": late\n\n");
  const messages: StreamMessage[] = [];
  for await (const message of stream) messages.push(message);
  assert.deepEqual(messages, [{ type: "heartbeat" }]);
});

test("closes the connection when the reader leaves or the signal aborts", async () => {
  const closed: Promise<unknown>[] = [];
  const open = streaming((response) => {
    closed.push(new Promise((resolve) => response.on("close", resolve)));
    response.write(": one\n\n");
  });
  await using server = await startScriptedServer(open);
  for await (const message of await clientFor(server.baseUrl).openStream()) {
    assert.equal(message.type, "heartbeat");
    break;
  }
  await closed[0];
  const controller = new AbortController();
  const messages = await clientFor(server.baseUrl).openStream(controller.signal);
  await messages.next();
  controller.abort(new Error("left"));
  await assert.rejects(messages.next(), /left/);
  await closed[1];
});

test("a stream that breaks is a network fault, and one that makes no sense is an unexpected answer", async () => {
  const opened = Promise.withResolvers<ServerResponse>();
  await using server = await startScriptedServer(
    streaming((response) => {
      response.write(": one\n\n");
      opened.resolve(response);
    }),
    streaming((response) => response.end("event: pool\ndata: {\n\n")),
  );
  const broken = await clientFor(server.baseUrl).openStream();
  await broken.next();
  (await opened.promise).destroy();
  assert.equal((await faultOf(broken.next())).code, "network_failed");
  const nonsense = await clientFor(server.baseUrl).openStream();
  assert.equal((await faultOf(nonsense.next())).code, "unexpected_answer");
});

test("sets an auto top-up, lets it go on, and opens the page for a card", async () => {
  await using server = await startScriptedServer(json(200, {}), json(200, {}), json(201, {}));
  const client = clientFor(server.baseUrl);
  const rule = { enabled: true, threshold: "100", target: "600", consent: true };
  await client.putAutoTopUp({ creditTypeId: "ai tokens" }, rule);
  await client.resumeAutoTopUp({ creditTypeId: "a", resourceId: "team" });
  await client.setUpCard({ creditTypeId: "a" }, { consent: true, setupKey: "my-card-1" });
  assert.deepEqual(
    server.received.map(({ method, url, body }) => [method, url, body]),
    [
      ["PUT", "/widget/auto-top-ups/ai%20tokens", JSON.stringify(rule)],
      ["POST", "/widget/auto-top-ups/a/resume?resourceId=team", ""],
      ["POST", "/widget/auto-top-ups/a/setup", '{"consent":true,"setupKey":"my-card-1"}'],
    ],
  );
});
