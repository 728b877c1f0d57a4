import type { ServerResponse } from "node:http";
import type { ExportColumn } from "@credits-kit/contract";
import { ServiceError } from "../../errors.ts";
import { refuseOldProtocol } from "./send.ts";
import { sendPages, stampOf } from "./send-pages.ts";
import { csvWriter, type CsvRow } from "./write-rows.ts";

/** How many tables a process sends at once, and to one customer: none of them keeps the others waiting. */
const MOST = 20;
const MOST_EACH = 3;
const STALLED_MS = 60_000;

const open = new Map<string, number>();

/** A table for a customer's own use. */
export interface Table {
  readonly customerId: string;
  /** What the file is called. */
  readonly name: string;
  readonly columns: readonly ExportColumn[];
  readonly pages: AsyncGenerator<readonly CsvRow[]>;
  readonly response: ServerResponse;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** A reader who takes nothing for so many milliseconds has left; a minute if left out. */
  readonly stalledMs?: number;
}

/**
 * Answers with a table as CSV, with the same care as exports: read as fast as it is taken, cut where it fails.
 * @throws ServiceError `rate_limited` when too many are open; `bad_request` where the protocol marks no end
 */
export async function sendTable(table: Table): Promise<void> {
  const { customerId, name, columns, pages, response, at, stalledMs = STALLED_MS } = table;
  refuseOldProtocol(response);
  const theirs = open.get(customerId) ?? 0;
  const all = [...open.values()].reduce((sum, count) => sum + count, 0);
  if (theirs >= MOST_EACH || all >= MOST) {
    throw new ServiceError("rate_limited", "Too many files are being downloaded: try again later.", {
      retryAfterSeconds: 10,
    });
  }
  open.set(customerId, theirs + 1);
  response.setTimeout(stalledMs, () => response.destroy());
  const writer = csvWriter(columns);
  try {
    await sendPages({
      response,
      pages,
      headers: {
        "Content-Type": writer.mediaType,
        "Content-Disposition": `attachment; filename="${name}-${stampOf(at)}.csv"`,
      },
      head: () => writer.head(),
      write: (rows) => writer.rows(rows),
      end: () => "",
    });
  } finally {
    const left = (open.get(customerId) ?? 1) - 1;
    if (left > 0) open.set(customerId, left);
    else open.delete(customerId);
  }
}
