import type { ServerResponse } from "node:http";
import {
  EXPORT_CURSOR_HEADER,
  EXPORT_ROWS_TRAILER,
  type ExportFormat,
  type ExportKind,
} from "@credits-kit/contract";
import { ServiceError } from "../../errors.ts";
import type { Call, Deps } from "../call.ts";
import { type ExportQuery, type OpenExport, openExport } from "./open.ts";
import { sendPages, stampOf } from "./send-pages.ts";
import { rowWriterOf } from "./write-rows.ts";

/** How many exports a process serves at once; who reads slowly holds a place, and little else. */
const MAX_EXPORTS = 20;

let open = 0;

/**
 * Answers with an export. Nothing is sent before the first page was read, so that what goes wrong until then is a
 * problem as everywhere; what goes wrong later cuts the connection, so that nobody takes a part for the whole.
 * @throws ServiceError as `openExport`; `rate_limited` when too many exports are open; `bad_request` for a CSV where the
 * protocol marks no end
 */
export async function sendExport(
  deps: Pick<Deps, "database" | "pools" | "now">,
  call: Call,
  answer: {
    kind: ExportKind;
    query: ExportQuery & { format?: ExportFormat | undefined };
    response: ServerResponse;
  },
): Promise<void> {
  const { kind, query, response } = answer;
  const { format = "csv", ...asked } = query;
  if (format === "csv") refuseOldProtocol(response, "take format=ndjson, or ");
  if (open >= MAX_EXPORTS) {
    throw new ServiceError("rate_limited", "Too many exports are running: try again later.", {
      retryAfterSeconds: 30,
    });
  }
  open += 1;
  try {
    const begun = await openExport(deps, call, { kind, query: asked });
    await stream(begun, { kind, format, response, at: deps.now() });
  } finally {
    open -= 1;
  }
}

/** @throws ServiceError `bad_request` where the protocol marks no end, so that a cut table would be taken for whole */
export function refuseOldProtocol(response: ServerResponse, otherwise = ""): void {
  if (response.req.httpVersion !== "1.0") return;
  throw new ServiceError(
    "bad_request",
    `A CSV needs HTTP/1.1, whose end can be told from a cut: ${otherwise}let your proxy speak 1.1.`,
  );
}

interface Streamed {
  readonly kind: ExportKind;
  readonly format: ExportFormat;
  readonly response: ServerResponse;
  readonly at: number;
}

/** Sends an export that was opened. @throws what fails before its first page was read */
export async function stream(
  { cursor, pages }: OpenExport,
  { kind, format, response, at }: Streamed,
): Promise<void> {
  const writer = rowWriterOf(kind, format);
  const hasTrailers = response.req.httpVersion !== "1.0";
  let rows = 0;
  await sendPages({
    response,
    pages,
    headers: {
      "Content-Type": writer.mediaType,
      "Content-Disposition": `attachment; filename="${kind}-${stampOf(at)}.${format}"`,
      ...(hasTrailers ? { Trailer: EXPORT_ROWS_TRAILER } : {}),
      [EXPORT_CURSOR_HEADER]: cursor,
    },
    head: () => writer.head(),
    write: (page) => {
      rows += page.length;
      return page.length > 0 ? writer.rows(page) : "";
    },
    end: () => {
      if (hasTrailers) response.addTrailers({ [EXPORT_ROWS_TRAILER]: String(rows) });
      return writer.end(cursor, rows);
    },
  });
}
