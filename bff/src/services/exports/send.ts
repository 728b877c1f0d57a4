import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import {
  EXPORT_CURSOR_HEADER,
  EXPORT_ROWS_TRAILER,
  type ExportFormat,
  type ExportKind,
} from "@credits-kit/contract";
import { ServiceError } from "../../errors.ts";
import type { Call, Deps } from "../call.ts";
import { type ExportQuery, type OpenExport, openExport } from "./open.ts";
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
  if (format === "csv" && response.req.httpVersion === "1.0") {
    throw new ServiceError(
      "bad_request",
      "A CSV needs HTTP/1.1, whose end can be told from a cut: take format=ndjson, or let your proxy speak 1.1.",
    );
  }
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

interface Streamed {
  readonly kind: ExportKind;
  readonly format: ExportFormat;
  readonly response: ServerResponse;
  readonly at: number;
}

/** Sends pages as fast as the reader takes them, the next one read only once the last one went out. */
export async function stream(
  { cursor, pages }: OpenExport,
  { kind, format, response, at }: Streamed,
): Promise<void> {
  const writer = rowWriterOf(kind, format);
  const hasTrailers = response.req.httpVersion !== "1.0";
  const first = await pages.next();
  // Whoever left meanwhile is not written to.
  if (response.destroyed) return void (await pages.return(undefined));
  response.writeHead(200, {
    "Content-Type": writer.mediaType,
    "Content-Disposition": `attachment; filename="${kind}-${stampOf(at)}.${format}"`,
    "X-Accel-Buffering": "no",
    ...(hasTrailers ? { Trailer: EXPORT_ROWS_TRAILER } : {}),
    [EXPORT_CURSOR_HEADER]: cursor,
  });
  let failure: { readonly error: unknown } | null = null;
  const text = async function* (): AsyncGenerator<string> {
    let rows = 0;
    try {
      yield writer.head();
      for (let page = first; page.done !== true; page = await pages.next()) {
        rows += page.value.length;
        if (page.value.length > 0) yield writer.rows(page.value);
      }
    } catch (error) {
      failure = { error };
      throw error;
    } finally {
      await pages.return(undefined);
    }
    if (hasTrailers) response.addTrailers({ [EXPORT_ROWS_TRAILER]: String(rows) });
    yield writer.end(cursor, rows);
  };
  await pipeline(text, response).catch((error: unknown) => {
    // A reader who leaves ends the work; that is no fault of ours.
    if (failure !== null) throw error;
  });
}

/** A moment as file names carry it: `20260301T120000Z`. */
function stampOf(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d+/g, "");
}
