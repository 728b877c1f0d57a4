import type { ExportKind, ExportRow } from "@credits-kit/contract";
import { findCustomer } from "../../storage/customers/customers.ts";
import { takeCut } from "../../storage/pools/exports/take-cut.ts";
import type { Database } from "../../storage/database.ts";
import { settleDue } from "../balances/settle-due.ts";
import type { Call, Deps } from "../call.ts";
import { type PoolQuery, poolFilterOf } from "../pool-filter.ts";
import { unknown } from "../unknown.ts";
import { cursorOf, cutOfCursor } from "./cursor.ts";
import { exportAllocations, exportLedger, exportUsage } from "./entries.ts";
import { exportGrants } from "./grants.ts";
import type { ExportRequest } from "./request.ts";
import { exportRevenue } from "./revenue.ts";

/** What of an export is asked for. */
export interface ExportQuery extends PoolQuery {
  readonly customerId?: string | undefined;
  /** In milliseconds since 1970; `to` is not included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** The cursor of an earlier export. */
  readonly since?: string | undefined;
}

/** An export that has begun. */
export interface OpenExport {
  /** Where the next one goes on. It holds only if all pages were read. */
  readonly cursor: string;
  readonly pages: AsyncGenerator<readonly ExportRow[]>;
}

type Exporter = (database: Database, request: ExportRequest) => AsyncGenerator<readonly ExportRow[]>;

const EXPORTERS: Record<ExportKind, Exporter> = {
  ledger: exportLedger,
  grants: exportGrants,
  allocations: exportAllocations,
  usage: exportUsage,
  revenue: exportRevenue,
};

/**
 * Begins an export: fixes up to which entry of each pool it goes, from which the cursor follows. The pages are read as
 * they are asked for, each in statements of its own.
 * @throws ServiceError `not_found`; `validation_failed` for a cursor that is none of this export's
 */
export async function openExport(
  deps: Pick<Deps, "database" | "pools">,
  call: Call,
  { kind, query }: { kind: ExportKind; query: ExportQuery },
): Promise<OpenExport> {
  const { database } = deps;
  const { customerId, creditTypeId, resourceId, from, to, since } = query;
  const scope = { kind, filters: { customerId, creditTypeId, resourceId, from, to } };
  const sinceCut = since === undefined ? null : await cutOfCursor(database, since, scope);
  if (customerId !== undefined) {
    if (!(await findCustomer(database.writer, customerId))) throw unknown("customer", "customerId");
    await settleDue(deps, customerId, call);
  }
  const pools = { customerId, ...poolFilterOf(query) };
  const cut = await takeCut(database, pools);
  const stretch = { scope: pools, sinceNo: sinceCut?.no ?? null, cutNo: cut.no };
  return { cursor: cursorOf(cut, scope), pages: EXPORTERS[kind](database, { stretch, from, to }) };
}
