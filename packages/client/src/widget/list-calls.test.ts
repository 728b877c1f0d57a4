import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { json, problem, type Reply, startScriptedServer } from "../server/testing.ts";
import { ApiError } from "./api-error.ts";
import { createWidgetClient } from "./widget-client.ts";

const clientFor = (apiBase: string, timeoutMs = 2_000) =>
  createWidgetClient({ apiBase, sessionToken: "t0ken", timeoutMs });

const CSV = { "content-type": "text/csv; charset=utf-8; header=present" };

async function codeOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.catch((reason: unknown) => reason);
  assert.ok(error instanceof ApiError);
  return error.code;
}

test("asks for grants and the ledger with what is said, and nothing of what is not", async () => {
  await using server = await startScriptedServer(json(200, { data: [] }));
  const client = clientFor(server.baseUrl);
  assert.deepEqual(await client.getGrants(), { data: [] });
  await client.getGrants({
    ...{ status: ["active", "frozen"], category: undefined, sort: "-expiresAt" },
    ...{ limit: 25, totals: true, expiresTo: "2026-03-01T00:00:00+01:00" },
  });
  await client.getLedger({ groupBy: "feature", userId: "ada|1", cursor: "next=" });
  assert.deepEqual(
    server.received.map(({ url }) => url),
    [
      "/widget/grants",
      "/widget/grants?status=active%2Cfrozen&sort=-expiresAt&limit=25&totals=true&expiresTo=2026-03-01T00%3A00%3A00%2B01%3A00",
      "/widget/ledger?groupBy=feature&userId=ada%7C1&cursor=next%3D",
    ],
  );
});

test("downloads a file as a blob, with the token in the header", async () => {
  const file: Reply = (response) => response.writeHead(200, CSV).end("grant_id\r\ngr_1\r\n");
  await using server = await startScriptedServer(file);
  const client = clientFor(server.baseUrl);
  const blob = await client.downloadGrantsCsv({ status: ["active"] });
  assert.equal(await blob.text(), "grant_id\r\ngr_1\r\n");
  assert.match(blob.type, /^text\/csv/);
  await client.downloadLedgerCsv({ type: "consumed" });
  assert.deepEqual(
    server.received.map(({ url, headers }) => [url, headers.authorization, headers.accept]),
    [
      ["/widget/grants.csv?status=active", "Bearer t0ken", "text/csv"],
      ["/widget/ledger.csv?type=consumed", "Bearer t0ken", "text/csv"],
    ],
  );
});

test("a file that is cut, refused or something else is a fault, never half a file", async () => {
  const cut: Reply = (response) => {
    response.writeHead(200, CSV);
    response.write("grant_id\r\n", () => response.destroy());
  };
  await using server = await startScriptedServer(cut, problem(429, "rate_limited"), json(200, {}));
  const client = clientFor(server.baseUrl);
  assert.equal(await codeOf(client.downloadLedgerCsv()), "network_failed");
  assert.equal(await codeOf(client.downloadLedgerCsv()), "rate_limited");
  assert.equal(await codeOf(client.downloadGrantsCsv()), "unexpected_answer");
});

test("a file may take longer than an answer may take to begin", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let body: ReadableStreamDefaultController<Uint8Array> | null = null;
  context.mock.method(globalThis, "fetch", (_url: string, { signal }: { signal: AbortSignal }) => {
    const start = (controller: typeof body) => {
      body = controller;
      signal.addEventListener("abort", () => controller?.error(signal.reason));
    };
    return Promise.resolve(new Response(new ReadableStream<Uint8Array>({ start }), { headers: CSV }));
  });
  const call = clientFor("http://api.test", 1_000).downloadLedgerCsv();
  await setImmediate();
  context.mock.timers.tick(60_000);
  assert.ok(body !== null);
  finish(body, "late\r\n");
  assert.equal(await (await call).text(), "late\r\n");
});

test("an abort ends a file on its way", async () => {
  const controller = new AbortController();
  const endless: Reply = (response) => {
    response.writeHead(200, CSV).flushHeaders();
    controller.abort(new Error("enough"));
  };
  await using server = await startScriptedServer(endless);
  await assert.rejects(clientFor(server.baseUrl).downloadLedgerCsv({}, controller.signal), /enough/);
});

test("reads and sets notification preferences", async () => {
  await using server = await startScriptedServer(json(200, { creditTypes: [] }));
  const client = clientFor(server.baseUrl);
  assert.deepEqual(await client.getNotificationPreferences(), { creditTypes: [] });
  await client.putNotificationPreferences({ creditTypes: [] });
  assert.deepEqual(
    server.received.map(({ method, url, body }) => [method, url, body]),
    [
      ["GET", "/widget/notification-preferences", ""],
      ["PUT", "/widget/notification-preferences", '{"creditTypes":[]}'],
    ],
  );
});

function finish(body: ReadableStreamDefaultController<Uint8Array>, text: string): void {
  body.enqueue(new TextEncoder().encode(text));
  body.close();
}
