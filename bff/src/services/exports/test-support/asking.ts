import assert from "node:assert/strict";
import { exportEnd, type ExportKind, type ExportRow, exportRows } from "@credits-kit/contract";
import type { TestClient } from "../../../test-support/client.ts";
import { readCsv } from "./read-csv.ts";

/** An export as NDJSON, read to its end. */
export interface Asked<Kind extends ExportKind> {
  readonly rows: ExportRow<Kind>[];
  readonly cursor: string;
}

export type Filters = Readonly<Record<string, string>>;

/** Asks for an export as NDJSON; every row must be what the contract says, and the end must be there. */
export async function askExport<Kind extends ExportKind>(
  client: TestClient,
  kind: Kind,
  filters: Filters = {},
): Promise<Asked<Kind>> {
  const reply = await client.send(
    "GET",
    `/v1/exports/${kind}?${new URLSearchParams({ ...filters, format: "ndjson" })}`,
  );
  assert.equal(reply.status, 200, reply.text);
  const lines = reply.text
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  const end = exportEnd.parse(lines.pop());
  assert.equal(end._rows, lines.length);
  assert.equal(end._cursor, reply.headers.get("credits-cursor"));
  const rows = lines.map((line) => {
    const row = exportRows[kind].parse(line);
    assert.deepEqual(line, row, "a row says more than the contract does");
    assert.ok(isRowOf(kind, row));
    return row;
  });
  return { rows, cursor: end._cursor };
}

/** The rows of an export as CSV, as texts by their columns. */
export async function askCsv(
  client: TestClient,
  kind: ExportKind,
  filters: Filters = {},
): Promise<Record<string, string | null>[]> {
  const reply = await client.send("GET", `/v1/exports/${kind}?${new URLSearchParams(filters)}`);
  assert.equal(reply.status, 200, reply.text);
  const [header = [], ...records] = readCsv(reply.text);
  return records.map((record) =>
    Object.fromEntries(header.map((name, index) => [name ?? "", record[index] ?? null])),
  );
}

/** A parsed row is one of its kind; only the types do not know it. */
function isRowOf<Kind extends ExportKind>(kind: Kind, row: unknown): row is ExportRow<Kind> {
  return exportRows[kind].safeParse(row).success;
}
