import type { LedgerEntry, LedgerGroup } from "@credits-kit/contract";
import { MAX_LEDGER_GROUPS } from "@credits-kit/contract";
import { fieldError } from "../../field-errors.ts";
import { findCustomer } from "../../storage/customers/customers.ts";
import type { LedgerFilter } from "../../storage/pools/ledger-filter.ts";
import { PLACES } from "../../storage/pools/pool-walk.ts";
import { listLedgerLines } from "../../storage/pools/read-ledger.ts";
import {
  type LedgerGrouping,
  type LedgerGroupsRequest,
  sumUpLedger,
} from "../../storage/pools/read-ledger-groups.ts";
import { settleDue } from "../balances/settle-due.ts";
import type { Call, Deps } from "../call.ts";
import { listing, type Listing, type PageQuery, pageRequest } from "../paging.ts";
import { poolFilterOf } from "../pool-filter.ts";
import { unknown } from "../unknown.ts";
import { toLedgerEntry, toLedgerGroup } from "./view.ts";

/** How a ledger is asked for. Subtotals belong to the filters, not to the page: any page may come with them. */
export interface LedgerQuery extends PageQuery, LedgerFilter {
  readonly groupBy?: LedgerGrouping | undefined;
  readonly timeZone?: string | undefined;
}

/**
 * Lists a customer's ledger entries, the newest first, with subtotals over all that match if they are asked for.
 * @throws ServiceError `not_found`; `validation_failed` for a time zone that the database does not know
 */
export async function listLedger(
  deps: Pick<Deps, "database" | "pools">,
  call: Call,
  query: LedgerQuery,
): Promise<Listing<LedgerEntry> & { groups?: LedgerGroup[] }> {
  const { limit: _limit, cursor: _cursor, groupBy, timeZone = "UTC", ...asked } = query;
  const scope = { list: "ledger", ids: PLACES, filters: asked };
  const request = pageRequest(query, scope);
  const { writer } = deps.database;
  if (!(await findCustomer(writer, query.customerId))) throw unknown("customer", "customerId");
  await settleDue(deps, query.customerId, call);
  const filter = { ...asked, ...poolFilterOf(query) };
  const page = listing(await listLedgerLines(writer, filter, request), scope, toLedgerEntry);
  if (groupBy === undefined) return page;
  const subtotals = { groupBy, timeZone: wholeNameOf(timeZone), limit: MAX_LEDGER_GROUPS };
  return { ...page, groups: await groupsOf(deps, filter, subtotals) };
}

async function groupsOf(
  { database }: Pick<Deps, "database">,
  filter: LedgerFilter,
  request: LedgerGroupsRequest,
): Promise<LedgerGroup[]> {
  try {
    return (await sumUpLedger(database.writer, filter, request)).map(toLedgerGroup);
  } catch (error) {
    if (!isUnknownTimeZone(error)) throw error;
    throw fieldError("timeZone", "is not known to the database");
  }
}

/** Of a zone such as IST its whole name, as the database takes the abbreviation for that of another country. */
function wholeNameOf(timeZone: string): string {
  if (timeZone.includes("/")) return timeZone;
  return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
}

/** The database's list of time zones may be shorter than ours. */
function isUnknownTimeZone(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "22023";
}
