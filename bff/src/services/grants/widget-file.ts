import type { ServerResponse } from "node:http";
import { widgetGrantsColumns } from "@credits-kit/contract";
import { listGrantRecords } from "../../storage/pools/read-grants.ts";
import { pagesOf } from "../../storage/keyset.ts";
import { settleDue } from "../balances/settle-due.ts";
import type { Call } from "../call.ts";
import { sendTable } from "../exports/send-table.ts";
import type { CsvRow } from "../exports/write-rows.ts";
import {
  grantFilterOf,
  purchasesOfGrants,
  toWidgetGrant,
  type WidgetGrantFilters,
  type WidgetListDeps,
} from "./widget.ts";
import { creditTypesOnScreen } from "./widget-view.ts";

/** A file of a customer's grants. */
export interface WidgetGrantsFile {
  readonly customerId: string;
  readonly query: WidgetGrantFilters;
  readonly response: ServerResponse;
}

/**
 * Answers with a customer's grants as CSV, the newest first: by when they were granted, which never changes, so that each
 * comes once whatever happens meanwhile.
 * @throws ServiceError as `sendTable`
 */
export async function sendWidgetGrants(
  deps: WidgetListDeps,
  call: Call,
  { customerId, query, response }: WidgetGrantsFile,
): Promise<void> {
  await settleDue(deps, customerId, call);
  const table = { customerId, name: "grants", columns: widgetGrantsColumns, response, at: deps.now() };
  await sendTable({ ...table, pages: rowsOf(deps, customerId, query) });
}

async function* rowsOf(
  deps: WidgetListDeps,
  customerId: string,
  query: WidgetGrantFilters,
): AsyncGenerator<CsvRow[]> {
  const filter = grantFilterOf(customerId, query);
  const { writer, engine } = deps.database;
  const types = await creditTypesOnScreen(deps, customerId);
  const names = new Map(types.map(({ id, name }) => [id, name]));
  for await (const seen of pagesOf(engine, (page) =>
    listGrantRecords(writer, { filter, sort: "-createdAt" }, page),
  )) {
    const find = await purchasesOfGrants(deps, customerId, seen);
    yield seen.map((each) => toRow(toWidgetGrant(each, find), names));
  }
}

function toRow(grant: ReturnType<typeof toWidgetGrant>, names: ReadonlyMap<string, string>): CsvRow {
  const { purchase } = grant;
  return {
    grant_id: grant.id,
    credit_type: names.get(grant.creditTypeId) ?? grant.creditTypeId,
    resource_id: grant.resourceId,
    amount: grant.amount,
    remaining: grant.remaining,
    category: grant.category,
    status: grant.status,
    priority: grant.priority,
    effective_at: grant.effectiveAt,
    expires_at: grant.expiresAt,
    source: grant.source.kind,
    granted_by: grant.actor.kind,
    user_id: grant.actor.userId,
    reason: grant.reason,
    top_up_id: purchase?.topUpId,
    invoice_number: purchase?.invoice?.number,
    invoice_url: purchase?.invoice?.url,
    receipt_url: purchase?.receiptUrl,
    granted_at: grant.createdAt,
  };
}
