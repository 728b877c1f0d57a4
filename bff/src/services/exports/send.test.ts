import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, get, type IncomingMessage, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import type { ExportFormat, ExportRow } from "@credits-kit/contract";
import { eventually } from "../../test-support/eventually.ts";
import { stream } from "./send.ts";

const AT = Date.parse("2026-03-01T12:00:00.5Z");
const ROW: ExportRow<"allocations"> = {
  customer_id: "acme",
  credit_type_id: "tokens",
  resource_id: null,
  seq: 1,
  at: "2026-03-01T12:00:00.000Z",
  occurred_at: "2026-03-01T12:00:00.000Z",
  type: "consumed",
  event_id: "e1",
  feature_id: "image",
  user_id: null,
  grant_id: "gr_1",
  category: "paid",
  external_reference: null,
  amount: "-1",
  cost: null,
  currency: null,
};
/** A page of about 100 kB. */
const PAGE = Array.from({ length: 500 }, () => ROW);
/** Far more than the sockets of both sides hold. */
const PAGES = 2_000;

interface Told {
  /** Pages that were asked for. */
  pages: number;
  isOver: boolean;
}

async function* manyPages(told: Told, pages: number, fault?: Error): AsyncGenerator<readonly ExportRow[]> {
  try {
    for (let page = 0; page < pages; page += 1) {
      told.pages += 1;
      await new Promise((resolve) => setImmediate(resolve));
      yield PAGE;
    }
    if (fault) throw fault;
  } finally {
    told.isOver = true;
  }
}

interface Served {
  readonly url: string;
  readonly port: number;
  readonly told: Told;
  /** How the answer ended for the server. */
  readonly ended: Promise<unknown>;
  readonly response: () => ServerResponse | null;
}

/** Serves one export of so many pages, which may end with a fault. */
async function serving(
  { pages, fault, format = "csv" }: { pages: number; fault?: Error; format?: ExportFormat },
  use: (served: Served) => Promise<void>,
): Promise<void> {
  const told: Told = { pages: 0, isOver: false };
  const { promise: ended, resolve } = Promise.withResolvers<unknown>();
  let answered: ServerResponse | null = null;
  const server = createServer((_request, response) => {
    answered = response;
    const open = { cursor: "next-one", pages: manyPages(told, pages, fault) };
    stream(open, { kind: "allocations", format, response, at: AT }).then(() => resolve(null), resolve);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  const url = `http://127.0.0.1:${address.port}/`;
  try {
    await use({ url, port: address.port, told, ended, response: () => answered });
  } finally {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }
}

async function request(url: string): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  get(url, { agent: false }, resolve).on("error", reject);
  return promise;
}

test("an export says what it is, where the next one goes on, and at its end how many rows it had", async () => {
  await serving({ pages: 2 }, async ({ url, ended }) => {
    const answer = await request(url);
    assert.equal(answer.headers["content-type"], "text/csv; charset=utf-8; header=present");
    assert.equal(
      answer.headers["content-disposition"],
      'attachment; filename="allocations-20260301T120000Z.csv"',
    );
    assert.equal(answer.headers["credits-cursor"], "next-one");
    assert.equal((await text(answer)).split("\r\n").length, 2 * PAGE.length + 2);
    assert.equal(answer.complete, true);
    assert.equal(answer.trailers["credits-rows"], String(2 * PAGE.length));
    assert.equal(await ended, null);
  });
});

test("an export with nothing in it is whole: a header, or the last line", async () => {
  await serving({ pages: 0 }, async ({ url }) => {
    assert.match(await text(await request(url)), /^customer_id,[a-z_,]+\r\n$/);
  });
  await serving({ pages: 0, format: "ndjson" }, async ({ url }) => {
    assert.equal(await text(await request(url)), '{"_cursor":"next-one","_rows":0}\n');
  });
});

test("pages are read as fast as the reader takes them and no faster (117)", async () => {
  await serving({ pages: PAGES, format: "ndjson" }, async ({ url, told, response, ended }) => {
    const answer = await request(url);
    answer.pause();
    await eventually("a full socket", () => response()?.writableNeedDrain === true);
    const before = told.pages;
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    assert.ok(told.pages <= before + 1, `${told.pages - before} pages were read while nobody took any`);
    assert.ok(told.pages < PAGES / 4, `${told.pages} pages were read ahead`);
    let bytes = 0;
    for await (const chunk of answer) bytes += Buffer.isBuffer(chunk) ? chunk.length : 0;
    assert.ok(bytes > PAGES * 50_000);
    assert.equal(told.pages, PAGES);
    assert.equal(await ended, null);
  });
});

test("a reader who leaves ends the work, and that is no fault of the server's", async () => {
  await serving({ pages: PAGES }, async ({ url, told, ended }) => {
    const answer = await request(url);
    await once(answer, "data");
    answer.destroy();
    assert.equal(await ended, null);
    assert.equal(told.isOver, true);
    assert.ok(told.pages < PAGES);
  });
});

test("an export that fails on the way is cut, so that nobody takes it for whole", async () => {
  const fault = new Error("the database went away");
  for (const format of ["csv", "ndjson"] as const) {
    await serving({ pages: 3, fault, format }, async ({ url, ended }) => {
      const answer = await request(url);
      assert.equal(answer.statusCode, 200);
      await assert.rejects(text(answer), /aborted|ECONNRESET|terminated/);
      assert.equal(answer.complete, false);
      assert.equal(await ended, fault);
    });
  }
});

test("what fails before the first page is thrown, with nothing sent", async () => {
  const fault = new Error("the database went away");
  await serving({ pages: 0, fault }, async ({ port, ended, response }) => {
    const socket = connect(port, "127.0.0.1");
    socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assert.equal(await ended, fault);
    assert.equal(response()?.headersSent, false);
    socket.destroy();
  });
});

test("a protocol without trailers gets lines of JSON, whose end is in the last of them", async () => {
  await serving({ pages: 1, format: "ndjson" }, async ({ port }) => {
    const socket = connect(port, "127.0.0.1");
    socket.write("GET / HTTP/1.0\r\n\r\n");
    assert.match(await text(socket), /^HTTP\/1\.1 200 [\s\S]*\{"_cursor":"next-one","_rows":500\}\n$/);
  });
});
