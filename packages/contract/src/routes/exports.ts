import { z } from "zod";
import { EXPORT_FORMATS, exportEnd, type ExportKind, exportRows } from "../resources/exports.ts";
import { customerId, id } from "../values/ids.ts";
import { defineRoute } from "./define-route.ts";
import { rangeQuery } from "./pool-query.ts";

const spans = {
  entries: "when the ledger took it (`at`)",
  grants: "when it was granted",
  revenue: "the month's first moment",
};

/** How an export is asked for; `from` and `to` mean another time in each. */
function exportQuery(span: string) {
  return z.strictObject({
    format: z.enum(EXPORT_FORMATS).optional().meta({ description: "csv if left out" }),
    customerId: customerId.optional().meta({ description: "All customers if left out" }),
    creditTypeId: id.optional(),
    resourceId: id.optional().meta({ description: "Left out: all pools; `none`: the default pool" }),
    from: rangeQuery.from.meta({ description: `The first moment; what counts is ${span}` }),
    to: rangeQuery.to,
    since: z
      .string()
      .max(2000)
      .optional()
      .meta({ description: "The cursor of an earlier export with the same filters: what came since" }),
  });
}

const shared = { method: "get", auth: "server", status: 200, errors: ["not_found", "bad_request"] } as const;

/** An answer as CSV, or as lines of JSON: rows, then the end. */
function rowsOf<Kind extends ExportKind>(kind: Kind) {
  return { rows: exportRows[kind], end: exportEnd };
}

export const exportRoutes = {
  exportLedger: defineRoute({
    ...shared,
    operationId: "exportLedger",
    path: "/v1/exports/ledger",
    summary: "Export every entry of the ledgers, as a stream",
    query: exportQuery(spans.entries),
    answer: rowsOf("ledger"),
  }),
  exportGrants: defineRoute({
    ...shared,
    operationId: "exportGrants",
    path: "/v1/exports/grants",
    summary: "Export grants as they stand, as a stream",
    query: exportQuery(spans.grants),
    answer: rowsOf("grants"),
  }),
  exportAllocations: defineRoute({
    ...shared,
    operationId: "exportAllocations",
    path: "/v1/exports/allocations",
    summary: "Export what each entry moved on each grant, with its cost, as a stream",
    query: exportQuery(spans.entries),
    answer: rowsOf("allocations"),
  }),
  exportUsage: defineRoute({
    ...shared,
    operationId: "exportUsage",
    path: "/v1/exports/usage",
    summary: "Export usage that burned, and its reversals, as a stream",
    query: exportQuery(spans.entries),
    answer: rowsOf("usage"),
  }),
  exportRevenue: defineRoute({
    ...shared,
    operationId: "exportRevenue",
    path: "/v1/exports/revenue",
    summary: "Export revenue by grant and month: recognised, breakage, refunded, deferred, as a stream",
    query: exportQuery(spans.revenue),
    answer: rowsOf("revenue"),
  }),
};
