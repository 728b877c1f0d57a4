import {
  type ExportColumn,
  type ExportFormat,
  type ExportRow,
  exportColumns,
  type ExportKind,
} from "@credits-kit/contract";
import { spreadsheetSafe } from "./spreadsheet-safe.ts";

/** A row, by the names of its columns. */
export type CsvRow = Readonly<Record<string, unknown>>;

/** The text of a table, piece by piece. */
interface TextWriter<Row> {
  readonly mediaType: string;
  /** What comes before the rows. */
  head(): string;
  rows(rows: readonly Row[]): string;
  /** What comes behind them. */
  end(cursor: string, rows: number): string;
}

/** The text of an export, piece by piece. */
export type RowWriter = TextWriter<ExportRow>;

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

/**
 * RFC 4180: a header, commas, CRLF. An empty text is `""`, what is not there is nothing. Written here, as it is a line:
 * the library at hand takes ten times as long, in an event loop that also takes usage.
 */
export function csvWriter(columns: readonly ExportColumn[]): TextWriter<CsvRow> {
  return {
    mediaType: "text/csv; charset=utf-8; header=present",
    head: () => `${columns.map(({ name }) => name).join(",")}\r\n`,
    rows: (rows) => {
      let text = "";
      for (const values of rows) {
        text += `${columns.map((column) => cellOf(column, values[column.name])).join(",")}\r\n`;
      }
      return text;
    },
    end: () => "",
  };
}

function cellOf({ type }: ExportColumn, value: unknown): string {
  if (value === null || value === undefined) return "";
  if (type === "json") return quoted(JSON.stringify(value));
  if (typeof value === "string") return quoted(type === "text" ? spreadsheetSafe(value) : value);
  return JSON.stringify(value);
}

function quoted(text: string): string {
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
