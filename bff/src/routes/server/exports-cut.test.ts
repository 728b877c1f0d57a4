import assert from "node:assert/strict";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { before, test } from "node:test";
import {
  oneEngine,
  Shop,
  startTestApp,
  TEST_KEY,
  type TestApp,
  useTestApp,
} from "../../test-support/index.ts";

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  before(() => shop.open());

  test("a CSV is refused where a cut could not be told from the end", async () => {
    const { port, hostname } = new URL(app().client.url);
    const ask = async (format: string): Promise<string> => {
      const socket = connect(Number(port), hostname);
      socket.write(
        `GET /v1/exports/ledger?format=${format} HTTP/1.0\r\nAuthorization: Bearer ${TEST_KEY}\r\n\r\n`,
      );
      return text(socket);
    };
    assert.match(await ask("csv"), /^HTTP\/1\.1 400 [\s\S]*"bad_request"/);
    assert.match(await ask("ndjson"), /^HTTP\/1\.1 200 [\s\S]*\{"_cursor":"[\w-]+","_rows":\d+\}\n$/);
  });

  test("an export that loses its database on the way is cut and logged, and tells nothing of the fault", async () => {
    const customerId = await shop.customer({ credits: "1000" });
    for (let batch = 0; batch < 3; batch += 1) {
      await shop.post(
        Array.from({ length: 400 }, (_, n) => ({ id: `${batch}-${n}`, customerId, featureId: "trace" })),
      );
    }
    const lines: string[] = [];
    const failing = await startTestApp(engine, {
      shared: { ...app().testDatabase, database: failingAfter(app().database, 3) },
      log: (line) => void lines.push(line),
    });
    try {
      await assert.rejects(failing.client.send("GET", "/v1/exports/ledger"), /terminated/);
    } finally {
      await failing.close();
    }
    assert.ok(lines.some((line) => line.includes('"level":50') && line.includes('"code":"22P02"')));
    assert.ok(lines.every((line) => !line.includes(CANARY)));
  });
});

const CANARY = "canary-2291";

/** A database whose read-only role fails after so many statements. */
function failingAfter(database: TestApp["database"], statements: number): TestApp["database"] {
  let left = statements;
  const reader = new Proxy(database.reader, {
    get: (target, name): unknown => {
      if (name === "getExecutor") {
        left -= 1;
        if (left < 0)
          throw Object.assign(new Error(`near '${CANARY}'`), { severity: "ERROR", code: "22P02" });
      }
      const member: unknown = Reflect.get(target, name);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
  return { ...database, reader };
}
