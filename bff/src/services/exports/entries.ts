import { exactCostOf } from "@credits-kit/engine";
import type { ExportRow } from "@credits-kit/contract";
import type { Database } from "../../storage/database.ts";
import {
  type AllocationLine,
  type LedgerExportLine,
  readAllocations,
  readLedgerLines,
  readUsage,
  type UsageLine,
} from "../../storage/pools/exports/read-entries.ts";
import { batchesOf, readWindows, type Window } from "../../storage/pools/exports/windows.ts";
import type { ExportRequest } from "./request.ts";
import { creditsOf, maybeCreditsOf, placeColumns } from "./values.ts";

/** Entries of one page; the embedded database works in this very event loop. */
const PAGE = { postgres: 500, pglite: 250 } as const;

interface Source<Line, Row> {
  readonly read: (database: Database, batch: readonly Window[]) => Promise<Line[]>;
  readonly toRow: (window: Window, line: Line) => Row;
}

/** Goes through the entries of a stretch, pool after pool along seq, and makes rows of what is read of a page of them. */
async function* pagesOf<Line extends { n: number }, Row>(
  database: Database,
  { stretch, from, to }: ExportRequest,
  { read, toRow }: Source<Line, Row>,
): AsyncGenerator<Row[]> {
  for await (const windows of readWindows(database, { ...stretch, span: { from, to, timeField: "at" } })) {
    for (const batch of batchesOf(windows, PAGE[database.engine])) {
      yield (await read(database, batch)).map((line) => {
        const window = batch[line.n];
        if (!window) throw new Error("an entry was found in no window");
        return toRow(window, line);
      });
    }
  }
}

/** Every entry. */
export function exportLedger(
  database: Database,
  request: ExportRequest,
): AsyncGenerator<ExportRow<"ledger">[]> {
  return pagesOf(database, request, { read: readLedgerLines, toRow: toLedgerRow });
}

/** What each entry moved on each grant. */
export function exportAllocations(
  database: Database,
  request: ExportRequest,
): AsyncGenerator<ExportRow<"allocations">[]> {
  return pagesOf(database, request, { read: readAllocations, toRow: toAllocationRow });
}

/** Usage that burned, and reversals of it. */
export function exportUsage(
  database: Database,
  request: ExportRequest,
): AsyncGenerator<ExportRow<"usage">[]> {
  return pagesOf(database, request, { read: readUsage, toRow: toUsageRow });
}

function toLedgerRow(window: Window, line: LedgerExportLine): ExportRow<"ledger"> {
  return {
    ...placeColumns(window, line),
    type: line.type,
    delta: creditsOf(line.delta),
    end_balance: creditsOf(line.end_balance),
    overage_change: creditsOf(line.overage_change),
    source_kind: line.source_kind,
    source_id: line.source_id,
    actor_kind: line.actor_kind,
    actor_id: line.actor_id,
    reason: line.reason,
    feature_id: line.feature_id,
    user_id: line.user_id,
    quantity: maybeCreditsOf(line.quantity),
    dimensions: line.dimensions,
    request_id: line.request_id,
    grant_ids: line.grant_ids ?? [],
    external_reference: line.external_reference,
  };
}

function toAllocationRow(window: Window, line: AllocationLine): ExportRow<"allocations"> {
  const { cost_basis_amount: price, cost_basis_currency: currency } = line;
  const cost =
    price === null || currency === null
      ? null
      : exactCostOf(BigInt(line.amount), { amount: price, currency });
  return {
    ...placeColumns(window, line),
    type: line.type,
    event_id: line.event_id,
    feature_id: line.feature_id,
    user_id: line.user_id,
    grant_id: line.grant_id,
    category: line.category,
    external_reference: line.external_reference,
    amount: creditsOf(line.amount),
    cost,
    currency: cost === null ? null : currency,
  };
}

function toUsageRow(window: Window, line: UsageLine): ExportRow<"usage"> {
  return {
    ...placeColumns(window, line),
    type: line.type,
    event_id: line.event_id,
    source_kind: line.source_kind,
    feature_id: line.feature_id,
    user_id: line.user_id,
    quantity: maybeCreditsOf(line.quantity),
    dimensions: line.dimensions,
    credits: creditsOf(String(-BigInt(line.delta))),
    external_references: line.external_references ?? [],
    reversed_by_seq: line.reversed_by_seq === null ? null : Number(line.reversed_by_seq),
    reverses_seq: line.reverses_seq === null ? null : Number(line.reverses_seq),
    request_id: line.request_id,
  };
}
