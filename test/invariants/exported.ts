import type { ExportKind, ExportRow } from "@credits-kit/contract";
import { type ExportQuery, openExport } from "../../bff/src/services/exports/open.ts";
import type { Deps } from "../../bff/src/services/call.ts";

const CALL = { requestId: "req_test", actor: { kind: "system", id: "test" }, idempotency: null } as const;

/** Every row of an export of all customers, and its cursor. */
export async function exported<Kind extends ExportKind>(
  { database }: Pick<Deps, "database">,
  kind: Kind,
  query: ExportQuery = {},
): Promise<{ rows: ExportRow<Kind>[]; cursor: string }> {
  const pools = {
    submit: () => Promise.reject(new Error("nothing is written")),
    close: () => Promise.resolve(),
  };
  const { pages, cursor } = await openExport({ database, pools }, CALL, { kind, query });
  const rows: ExportRow<Kind>[] = [];
  for await (const page of pages) for (const row of page) if (isOf(kind, row)) rows.push(row);
  return { rows, cursor };
}

/** A row says by its columns what it is of; only the types do not know it. */
function isOf<Kind extends ExportKind>(kind: Kind, row: ExportRow): row is ExportRow<Kind> {
  return (
    { ledger: "delta", grants: "status", allocations: "cost", usage: "credits", revenue: "month" }[kind] in
    row
  );
}
