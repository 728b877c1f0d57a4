import type { ServerResponse } from "node:http";
import { type WidgetLedgerEntry, widgetLedgerColumns } from "@credits-kit/contract";
import { pagesOf } from "../../storage/keyset.ts";
import type { LedgerFilter } from "../../storage/pools/ledger-filter.ts";
import { listLedgerLines } from "../../storage/pools/read-ledger.ts";
import { settleDue } from "../balances/settle-due.ts";
import type { Call } from "../call.ts";
import { sendTable } from "../exports/send-table.ts";
import type { CsvRow } from "../exports/write-rows.ts";
import type { WidgetListDeps } from "../grants/widget.ts";
import { creditTypesOnScreen } from "../grants/widget-view.ts";
import { poolFilterOf } from "../pool-filter.ts";
import { toLedgerEntry } from "./view.ts";
import { namesOf, purchasesOfEntries, toWidgetEntry } from "./widget.ts";

/** A file of a customer's ledger. */
export interface WidgetLedgerFile {
  readonly customerId: string;
  readonly query: Omit<LedgerFilter, "customerId">;
  readonly response: ServerResponse;
}

/**
 * Answers with a customer's ledger as CSV, the newest first: what is written meanwhile is not in it.
 * @throws ServiceError as `sendTable`
 */
export async function sendWidgetLedger(
  deps: WidgetListDeps,
  call: Call,
  { customerId, query, response }: WidgetLedgerFile,
): Promise<void> {
  await settleDue(deps, customerId, call);
  const table = { customerId, name: "ledger", columns: widgetLedgerColumns, response, at: deps.now() };
  const filter = { ...query, customerId, ...poolFilterOf(query) };
  await sendTable({ ...table, pages: rowsOf(deps, filter) });
}

async function* rowsOf(deps: WidgetListDeps, filter: LedgerFilter): AsyncGenerator<CsvRow[]> {
  const { customerId } = filter;
  const { writer, engine } = deps.database;
  const types = await creditTypesOnScreen(deps, customerId);
  const typeNames = new Map(types.map(({ id, name }) => [id, name]));
  for await (const lines of pagesOf(engine, (page) => listLedgerLines(writer, filter, page))) {
    const entries = lines.map(toLedgerEntry);
    const names = await namesOf(
      deps,
      entries.flatMap(({ featureId }) => featureId ?? []),
    );
    const find = await purchasesOfEntries(deps, customerId, entries);
    const shown = entries.map((entry) => toWidgetEntry(entry, { customerId, names, find }));
    yield shown.map((entry) => toRow(entry, typeNames));
  }
}

function toRow(entry: WidgetLedgerEntry, names: ReadonlyMap<string, string>): CsvRow {
  return {
    at: entry.at,
    occurred_at: entry.occurredAt,
    credit_type: names.get(entry.creditTypeId) ?? entry.creditTypeId,
    resource_id: entry.resourceId,
    seq: entry.seq,
    type: entry.type,
    source: entry.source.kind,
    source_id: entry.source.id,
    delta: entry.delta,
    end_balance: entry.endBalance,
    feature: entry.feature?.label,
    user_id: entry.userId,
    done_by: entry.actor.kind,
    receipt_url: entry.purchase?.receiptUrl,
  };
}
