import assert from "node:assert/strict";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { before, test } from "node:test";
import { readCsv } from "../../services/exports/test-support/read-csv.ts";
import { oneEngine, expectProblem, fromNow, mint, Shop, useTestApp } from "../../test-support/index.ts";

type Row = ReadonlyMap<string, string | null>;

/*
 * Lists as files. They go by the same filters and views as the lists, whose tests say what is in them.
 */
oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  const send = async (customerId: string, path: string) =>
    app().client.send("GET", path, { credential: await mint(app().client, customerId) });
  const rowsOf = async (customerId: string, path: string): Promise<Row[]> => {
    const reply = await send(customerId, path);
    assert.equal(reply.status, 200, reply.text);
    const [header = [], ...rows] = readCsv(reply.text);
    return rows.map((row) => new Map(header.map((name, index) => [name ?? "", row[index] ?? null])));
  };
  before(() => shop.open());

  test("grants come as a file: the newest first, those that the filters ask for, each once", async () => {
    const customerId = await shop.customer();
    await shop.customer({ credits: "999" });
    const made: string[] = [];
    for (let index = 0; index < 12; index += 1) made.unshift((await shop.grant(customerId)).id);
    const tokens = await shop.grant(customerId, {
      creditTypeId: "tokens",
      amount: "2.5",
      expiresAt: fromNow(3_600_000),
    });
    const reply = await send(customerId, "/widget/grants.csv?creditTypeId=tokens&status=active");
    assert.match(reply.headers.get("content-type") ?? "", /^text\/csv; charset=utf-8/);
    assert.match(
      reply.headers.get("content-disposition") ?? "",
      /^attachment; filename="grants-\d{8}T\d{6}Z\.csv"$/,
    );
    const [row] = await rowsOf(customerId, "/widget/grants.csv?creditTypeId=tokens&status=active");
    assert.deepEqual(Object.fromEntries(row ?? []), {
      ...{ grant_id: tokens.id, credit_type: "The tokens", resource_id: null },
      ...{ amount: "2.5", remaining: "2.5", category: "promo", status: "active", priority: "0" },
      ...{ effective_at: tokens.effectiveAt, expires_at: tokens.expiresAt, source: "api" },
      ...{ granted_by: "host", user_id: null, reason: null, top_up_id: null },
      ...{ invoice_number: null, invoice_url: null, receipt_url: null, granted_at: tokens.createdAt },
    });
    const all = await rowsOf(customerId, "/widget/grants.csv");
    assert.deepEqual(
      all.map((each) => each.get("grant_id")),
      [tokens.id, ...made],
    );
    assert.deepEqual(await rowsOf(customerId, "/widget/grants.csv?status=frozen"), []);
  });

  test("a long ledger comes as a file whole, and what callers called things computes nothing in a spreadsheet", async () => {
    const customerId = await shop.customer({ credits: "1000" });
    await app().client.send("PATCH", "/v1/features/video", { json: { name: "=1+1" } });
    const rates = [{ featureId: "video", creditsPerUnit: 1 }];
    await shop.plan({ id: "films", creditTypeId: "credits", limit: "hard", rates });
    await shop.subscribe(customerId, { planId: "films" });
    await shop.post(
      Array.from({ length: 620 }, (_, n) => ({
        ...{ id: `-${n}`, customerId, featureId: "video" },
        userId: n % 2 === 0 ? "@ada|x" : "bob",
      })),
    );
    const rows = await rowsOf(customerId, "/widget/ledger.csv");
    assert.deepEqual(
      rows.map((row) => row.get("seq")),
      Array.from({ length: 621 }, (_, n) => String(621 - n)),
    );
    assert.equal(rows[0]?.get("delta"), "-1");
    assert.equal(rows[0]?.get("end_balance"), "380");
    assert.equal(rows[0]?.get("feature"), "'=1+1");
    assert.equal(rows[0]?.get("source_id"), "'-619");
    assert.equal(rows[1]?.get("user_id"), "'@ada|x");
    const ada = await rowsOf(customerId, `/widget/ledger.csv?userId=${encodeURIComponent("@ada|x")}`);
    assert.equal(ada.length, 310);
  });

  test("a file takes the filters of its list and nothing else", async () => {
    const customerId = await shop.customer({ credits: "1" });
    for (const [path, field] of [
      ["/widget/grants.csv?limit=10", "limit"],
      ["/widget/grants.csv?sort=amount", "sort"],
      ["/widget/grants.csv?customerId=cus_1", "customerId"],
      ["/widget/ledger.csv?cursor=x", "cursor"],
      ["/widget/ledger.csv?groupBy=day", "groupBy"],
      ["/widget/ledger.csv?type=spent", "type"],
    ] as const) {
      const problem = expectProblem(await send(customerId, path), 422, "validation_failed");
      assert.equal(problem.errors?.[0]?.path, field);
    }
  });

  test("a file is refused where a cut could not be told from the end", async () => {
    const token = await mint(app().client, await shop.customer());
    const { port, hostname } = new URL(app().client.url);
    const socket = connect(Number(port), hostname);
    socket.write(`GET /widget/ledger.csv HTTP/1.0\r\nAuthorization: Bearer ${token}\r\n\r\n`);
    assert.match(await text(socket), /^HTTP\/1\.1 400 [\s\S]*"bad_request"/);
  });
});
