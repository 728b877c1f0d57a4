import type { ExportKind } from "@credits-kit/contract";
import type { Caller } from "../caller.ts";
import { ExportRows } from "../exports/export-rows.ts";
import type { CallOptions, QueryOf } from "../wire-types.ts";

/** What of an export is asked for. Every kind takes the same. */
export type ExportFilters = Omit<QueryOf<"exportLedger">, "format">;

/** Calls that export. */
export function exportCalls(call: Caller) {
  const open = async <Kind extends ExportKind>(
    kind: Kind,
    filters: ExportFilters = {},
    options?: CallOptions,
  ): Promise<ExportRows<Kind>> =>
    new ExportRows<Kind>(await call.stream(`/v1/exports/${kind}`, { ...filters, format: "ndjson" }, options));
  return {
    exports: {
      /**
       * Opens an export; its rows arrive as fast as they are taken. Tried again until it begins, never after. The
       * signal ends it.
       *
       * ```ts
       * const rows = await credits.exports.open("ledger", { since });
       * for await (const row of rows) await warehouse.add(row);
       * await warehouse.commit(rows.cursor);
       * ```
       */
      open,
    },
  };
}
