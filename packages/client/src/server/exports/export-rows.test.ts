import assert from "node:assert/strict";
import { test } from "node:test";
import { CreditsApiError } from "../api-error.ts";
import { createServerClient } from "../create-server-client.ts";
import { problem, type Reply, startScriptedServer, stillClock } from "../testing.ts";

const TIMEOUT_MS = 5_000;
const ROW = { customer_id: "acme", grant_id: "gr_1", month: "2026-03", deferred_minor: "1250" };
const END = { _cursor: "next-one", _rows: 2 };

function clientOf(baseUrl: string) {
  const { clock } = stillClock(TIMEOUT_MS);
  return createServerClient({ baseUrl, apiKey: "ck_test", timeoutMs: TIMEOUT_MS, clock });
}

/** Answers with text, in pieces that end anywhere. */
function pieces(...texts: readonly string[]): Reply {
  return (response) => {
    response.writeHead(200, { "content-type": "application/x-ndjson", "credits-cursor": "next-one" });
    for (const text of texts) response.write(text);
    response.end();
  };
}

const line = (value: unknown) => `${JSON.stringify(value)}\n`;

test("an export gives its rows as they arrive, and its cursor once they are all there", async () => {
  const text = line(ROW) + line({ ...ROW, customer_id: "Zoë 🎨" }) + line(END);
  const cut = Math.floor(text.length / 2) + 9;
  await using server = await startScriptedServer(pieces(text.slice(0, cut), text.slice(cut)));
  const rows = await clientOf(server.baseUrl).exports.open("revenue", {
    since: "before",
    customerId: "acme",
  });
  const seen: string[] = [];
  for await (const row of rows) {
    assert.equal(rows.cursor, null);
    seen.push(`${row.customer_id} ${row.month}`);
  }
  assert.deepEqual(seen, ["acme 2026-03", "Zoë 🎨 2026-03"]);
  assert.equal(rows.cursor, "next-one");
  assert.equal(server.received[0]?.url, "/v1/exports/revenue?since=before&customerId=acme&format=ndjson");
});

test("an export that breaks off fails and has no cursor, be the connection cut or only the end missing", async () => {
  const cut: Reply = (response) => {
    response.writeHead(200, { "content-type": "application/x-ndjson" });
    response.write(line(ROW), () => setImmediate(() => response.destroy()));
  };
  for (const reply of [cut, pieces(line(ROW)), pieces(line(ROW), '{"customer_id":"ac')]) {
    await using server = await startScriptedServer(reply);
    const rows = await clientOf(server.baseUrl).exports.open("revenue");
    await assert.rejects(
      async () => {
        for await (const row of rows) assert.equal(row.month, "2026-03");
      },
      (error) => error instanceof CreditsApiError && error.code === "network_failed",
    );
    assert.equal(rows.cursor, null);
    assert.equal(server.received.length, 1, "what has begun is not begun again by itself");
  }
});

test("an export that cannot begin yet is tried again; one that may not is told why", async () => {
  await using server = await startScriptedServer(
    problem(503, "overloaded"),
    pieces(line({ ...END, _rows: 0 })),
  );
  const rows = await clientOf(server.baseUrl).exports.open("ledger");
  for await (const _row of rows) assert.fail("there is none");
  assert.equal(rows.cursor, "next-one");
  assert.equal(server.received.length, 2);
  await using refusing = await startScriptedServer(problem(422, "validation_failed"));
  await assert.rejects(clientOf(refusing.baseUrl).exports.open("ledger", { since: "x" }), {
    code: "validation_failed",
  });
});

test("leaving early or aborting ends the export", async () => {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  await using server = await startScriptedServer((response) => {
    response.once("close", resolve);
    response.writeHead(200, { "content-type": "application/x-ndjson" });
    response.write(line(ROW));
  });
  for await (const row of await clientOf(server.baseUrl).exports.open("revenue")) {
    assert.equal(row.grant_id, "gr_1");
    break;
  }
  await closed;
  const controller = new AbortController();
  const rows = await clientOf(server.baseUrl).exports.open("revenue", {}, { signal: controller.signal });
  await assert.rejects(
    async () => {
      for await (const _row of rows) controller.abort();
    },
    { name: "AbortError" },
  );
});
