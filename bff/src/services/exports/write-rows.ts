import { type ExportColumn, type ExportFormat, type ExportRow, exportColumns, type ExportKind } from "@credits-kit/contract";
import { stringify } from "csv-stringify/sync";
import { spreadsheetSafe } from "./spreadsheet-safe.ts";

/** The text of an export, piece by piece. */
export interface RowWriter {
  readonly mediaType: string;
  /** What comes before the rows. */
  head(): string;
  rows(rows: readonly ExportRow[]): string;
  /** What comes behind them. */
  end(cursor: string, rows: number): string;
}

/** Writes the rows of an export in a format. */
export function rowWriterOf(kind: ExportKind, format: ExportFormat): RowWriter {
  return format === "csv" ? csvWriter(exportColumns(kind)) : NDJSON;
}

const NDJSON: RowWriter = {
  mediaType: "application/x-ndjson; charset=utf-8",
  head: () => "",
  rows: (rows) => rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
  end: (cursor, rows) => `${JSON.stringify({ _cursor: cursor, _rows: rows })}\n`,
};

/** RFC 4180: a header, commas, CRLF. An empty text is `""`, what is not there is nothing. */
function csvWriter(columns: readonly ExportColumn[]): RowWriter {
  const write = (records: readonly (readonly (string | null)[])[]) =>
    stringify([...records], { record_delimiter: "\r\n", quoted_match: [/^$/] });
  return {
    mediaType: "text/csv; charset=utf-8; header=present",
    head: () => write([columns.map(({ name }) => name)]),
    rows: (rows) => {
      const records = rows.map((row) => {
        const values = new Map<string, unknown>(Object.entries(row));
        return columns.map((column) => cellOf(column, values.get(column.name)));
      });
      return write(records);
    },
    end: () => "",
  };
}

function cellOf({ type }: ExportColumn, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (type === "json") return JSON.stringify(value);
  const text = String(value);
  return type === "text" ? spreadsheetSafe(text) : text;
}
