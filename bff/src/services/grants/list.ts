import type { Grant } from "@credits-kit/contract";
import { viewGrant } from "../../pools/grant-view.ts";
import { findCustomer } from "../../storage/customers/customers.ts";
import { type GrantFilter, listGrantRecords } from "../../storage/pools/read-grants.ts";
import { settleDue } from "../balances/settle-due.ts";
import type { Call, Deps } from "../call.ts";
import { listing, type Listing, type PageQuery, pageRequest } from "../paging.ts";
import { poolFilterOf } from "../pool-filter.ts";
import { unknown } from "../unknown.ts";

/** Lists a customer's grants, the newest first. @throws ServiceError `not_found` */
export async function listGrants(
  deps: Deps,
  call: Call,
  query: PageQuery & GrantFilter,
): Promise<Listing<Grant>> {
  const { limit: _limit, cursor: _cursor, ...asked } = query;
  const scope = { list: "grants", filters: asked };
  const request = pageRequest(query, scope);
  const { writer } = deps.database;
  if (!(await findCustomer(writer, query.customerId))) throw unknown("customer", "customerId");
  await settleDue(deps, query.customerId, call);
  const page = await listGrantRecords(writer, { ...asked, ...poolFilterOf(query) }, request);
  return listing(page, scope, (record) => viewGrant(record, deps.now()));
}
