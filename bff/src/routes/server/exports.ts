import { type ExportKind, routes } from "@credits-kit/contract";
import { handleStream } from "../../http/handle.ts";
import { sendExport } from "../../services/exports/send.ts";

/** A route that streams an export. */
function exporting(
  route: (typeof routes)[
    "exportLedger" | "exportGrants" | "exportAllocations" | "exportUsage" | "exportRevenue"],
  kind: ExportKind,
) {
  return handleStream(route, ({ deps, call, query, response }) =>
    sendExport(deps, call, { kind, query, response }),
  );
}

export const exportHandlers = {
  exportLedger: exporting(routes.exportLedger, "ledger"),
  exportGrants: exporting(routes.exportGrants, "grants"),
  exportAllocations: exporting(routes.exportAllocations, "allocations"),
  exportUsage: exporting(routes.exportUsage, "usage"),
  exportRevenue: exporting(routes.exportRevenue, "revenue"),
};
