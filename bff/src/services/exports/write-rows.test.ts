import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { exportColumns, exportEnd, type ExportRow, exportRows } from "@credits-kit/contract";
import fc from "fast-check";
import { readCsv } from "./test-support/read-csv.ts";
import { rowWriterOf } from "./write-rows.ts";

const ROW: ExportRow<"ledger"> = {
  customer_id: "acme",
  credit_type_id: "tokens",
  resource_id: null,
  seq: 3,
  at: "2026-03-01T12:00:00.000Z",
  occurred_at: "2026-03-01T11:59:00.000Z",
  type: "consumed",
  delta: "-5",
  end_balance: "-2.5",
  overage_change: "0",
  source_kind: "event",
  source_id: "e1",
  actor_kind: "api_key",
  actor_id: "key_1",
  reason: null,
  feature_id: "image",
  user_id: "ada",
  quantity: "1",
  dimensions: { model: "xl" },
  request_id: "req_1",
  grant_ids: ["gr_1", "gr_2"],
  external_reference: null,
};
const names = exportColumns("ledger").map(({ name }) => name);

/** The cells of a row as a CSV has them, read by a parser of its own. */
function cellsOf(row: ExportRow<"ledger">): Map<string, string | null> {
  const writer = rowWriterOf("ledger", "csv");
  const [header, cells, ...more] = readCsv(writer.head() + writer.rows([row]) + writer.end("cursor", 1));
  assert.deepEqual(header, names);
  assert.equal(cells?.length, names.length);
  assert.deepEqual(more, []);
  return new Map(names.map((name, index) => [name, cells?.[index] ?? null]));
}

function reasonOf(reason: string): string | null | undefined {
  return cellsOf({ ...ROW, reason }).get("reason");
}

describe("an export as CSV", () => {
  test("has a header, and numbers that stay numbers", () => {
    const cells = cellsOf(ROW);
    assert.equal(cells.get("delta"), "-5");
    assert.equal(cells.get("end_balance"), "-2.5");
    assert.equal(cells.get("seq"), "3");
    assert.equal(cells.get("dimensions"), '{"model":"xl"}');
    assert.equal(cells.get("grant_ids"), '["gr_1","gr_2"]');
    assert.equal(cells.get("resource_id"), null);
  });

  test("shows a spreadsheet no formula, however it begins (114)", () => {
    const dangerous = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x"];
    const behindBlanks = [" =1", "\u00a0=1", "\u3000=1", "\ufeff=1", "\u200b=1", "'=1", "''-2"];
    for (const reason of [...dangerous, ...behindBlanks]) assert.equal(reasonOf(reason), `'${reason}`);
    for (const harmless of ["a=1", "1-2", "'quoted'", "(=1)", "", " ", "−1 in words"]) {
      assert.equal(reasonOf(harmless), harmless);
    }
    // What callers chose is text, be it an id; a reference is often from elsewhere.
    const cells = cellsOf({
      ...ROW,
      customer_id: "-5",
      user_id: "@ada|x",
      external_reference: "=cmd|' /C calc'!A0",
    });
    assert.equal(cells.get("customer_id"), "'-5");
    assert.equal(cells.get("user_id"), "'@ada|x");
    assert.equal(cells.get("external_reference"), "'=cmd|' /C calc'!A0");
  });

  test("keeps quotes, line ends, commas and byte order marks of the text (115)", () => {
    for (const reason of [
      'say "no"',
      "a,b",
      "a\r\nb",
      "a\nb",
      "a\rb",
      "\ufeffmarked",
      '"',
      '""',
      ",",
      "a;b\tc",
      "🎨",
    ]) {
      assert.equal(reasonOf(reason), reason);
    }
  });

  test("gives any text back, once the apostrophe that guards it is dropped", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), (reason) => {
        const cell = reasonOf(reason);
        const told = cell?.startsWith("'") && reasonOf(cell.slice(1)) === cell ? cell.slice(1) : cell;
        assert.equal(told, reason);
      }),
      { numRuns: 500 },
    );
  });

  test("tells an empty text from none", () => {
    const writer = rowWriterOf("ledger", "csv");
    assert.match(writer.rows([{ ...ROW, reason: "" }]), /,key_1,"",image,/);
    assert.match(writer.rows([ROW]), /,key_1,,image,/);
  });
});

describe("an export as NDJSON", () => {
  test("is a row a line, as the contract has it, and ends with the cursor", () => {
    const writer = rowWriterOf("ledger", "ndjson");
    const rows = [{ ...ROW, reason: "two\nlines \u2028 =1" }, ROW];
    const lines = (writer.head() + writer.rows(rows) + writer.end("abc", 2)).split("\n");
    assert.equal(lines.length, 4);
    assert.equal(lines.pop(), "");
    const [first, second, end] = lines.map((line): unknown => JSON.parse(line));
    assert.deepEqual([first, second], rows);
    assert.deepEqual(exportRows.ledger.strict().parse(first), first);
    assert.deepEqual(exportEnd.parse(end), { _cursor: "abc", _rows: 2 });
  });
});
