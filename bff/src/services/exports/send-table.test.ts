import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, get, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { exportColumns } from "@credits-kit/contract";
import { ServiceError } from "../../errors.ts";
import { eventually } from "../../test-support/eventually.ts";
import { sendTable } from "./send-table.ts";
import type { CsvRow } from "./write-rows.ts";

/** More, by many pages, than the sockets of both sides hold. */
const PAGES = 150;
const PAGE: CsvRow[] = Array.from({ length: 500 }, () => ({ grant_id: "=1+1", reason: "x".repeat(200) }));
const columns = exportColumns("grants");

interface Told {
  /** Pages that were read, over all answers. */
  pages: number;
  asked: number;
  /** What an answer ended with for the server. */
  readonly ends: unknown[];
}

async function* manyPages(told: Told, fault?: Error): AsyncGenerator<CsvRow[]> {
  for (let page = 0; page < (fault ? 3 : PAGES); page += 1) {
    told.pages += 1;
    await new Promise((resolve) => setImmediate(resolve));
    yield PAGE;
  }
  if (fault) throw fault;
}

/** Serves a table of the customer whose name is the path; a refusal is its code. */
async function serving(
  { fault, stalledMs = 60_000 }: { fault?: Error; stalledMs?: number },
  run: (url: string, told: Told) => Promise<void>,
): Promise<void> {
  const told: Told = { pages: 0, asked: 0, ends: [] };
  const server = createServer((request, response) => {
    told.asked += 1;
    const table = { customerId: request.url ?? "", name: "grants", columns, response, at: 0, stalledMs };
    sendTable({ ...table, pages: manyPages(told, fault) }).then(
      () => told.ends.push(null),
      (error: unknown) => {
        told.ends.push(error);
        if (error instanceof ServiceError) response.writeHead(429).end(error.code);
        else response.destroy();
      },
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  try {
    await run(`http://127.0.0.1:${address.port}`, told);
  } finally {
    server.closeAllConnections();
    server.close();
    await eventually("the end of every answer", () => told.ends.length === told.asked);
  }
}

/** Asks for a table and takes nothing of it yet. */
async function ask(url: string): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  get(url, { agent: false }, resolve).on("error", reject);
  const answer = await promise;
  answer.on("error", () => undefined);
  return answer;
}

test("a table arrives whole, whatever its readers called things", async () => {
  await serving({}, async (url) => {
    const rows = (await text(await ask(`${url}/a`))).split("\r\n");
    assert.equal(rows.length, PAGES * PAGE.length + 2);
    assert.ok(rows[1]?.startsWith("'=1+1,"));
  });
});

test("one customer has few tables open and keeps nobody else waiting; one that is done makes room", async () => {
  await serving({}, async (url, told) => {
    const open = await Promise.all([1, 2, 3].map(() => ask(`${url}/greedy`)));
    const refused = await ask(`${url}/greedy`);
    assert.deepEqual([refused.statusCode, await text(refused)], [429, "rate_limited"]);
    const other = await ask(`${url}/other`);
    assert.equal(other.statusCode, 200);
    open[0]?.destroy();
    await eventually("the end", () => told.ends.length === 2);
    assert.equal((await ask(`${url}/greedy`)).statusCode, 200);
  });
});

test("there is an end to how many a process sends, however many customers ask", async () => {
  await serving({}, async (url) => {
    const names = Array.from({ length: 21 }, (_, index) => `${url}/${index}`);
    const statuses: (number | undefined)[] = [];
    for (const name of names) statuses.push((await ask(name)).statusCode);
    assert.deepEqual(statuses, [...Array.from({ length: 20 }, () => 200), 429]);
  });
});

test("a reader who takes nothing any more is let go, and the rows behind are never read", async () => {
  await serving({ stalledMs: 40 }, async (url, told) => {
    const answer = await ask(`${url}/slow`);
    answer.pause();
    await eventually("the end", () => told.ends.length === 1);
    assert.equal(told.ends[0], null);
    assert.ok(told.pages < PAGES);
  });
});

test("a table that fails on the way is cut, so that nobody takes it for whole", async () => {
  const fault = new Error("the database went away");
  await serving({ fault }, async (url, told) => {
    await assert.rejects(text(await ask(`${url}/a`)), /aborted|ECONNRESET/);
    assert.deepEqual(told.ends, [fault]);
  });
});
