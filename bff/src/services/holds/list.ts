import type { Hold } from "@credits-kit/contract";
import { viewHold } from "../../pools/hold-view.ts";
import { findCustomer } from "../../storage/customers/customers.ts";
import { PLACES } from "../../storage/pools/pool-walk.ts";
import { type HoldFilter, listHoldRecords } from "../../storage/pools/read-holds.ts";
import { settleDue } from "../balances/settle-due.ts";
import type { Call, Deps } from "../call.ts";
import { listing, type Listing, type PageQuery, pageRequest } from "../paging.ts";
import { poolFilterOf } from "../pool-filter.ts";
import { unknown } from "../unknown.ts";

/** Lists a customer's holds as they stand now, the newest first. @throws ServiceError `not_found` */
export async function listHolds(
  deps: Deps,
  call: Call,
  query: PageQuery & HoldFilter,
): Promise<Listing<Hold>> {
  const { limit: _limit, cursor: _cursor, ...asked } = query;
  const scope = { list: "holds", ids: PLACES, filters: asked };
  const request = pageRequest(query, scope);
  const { writer } = deps.database;
  if (!(await findCustomer(writer, query.customerId))) throw unknown("customer", "customerId");
  await settleDue(deps, query.customerId, call);
  const page = await listHoldRecords(writer, { ...asked, ...poolFilterOf(query) }, request);
  return listing(page, scope, viewHold);
}
