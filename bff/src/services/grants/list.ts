import type { Grant } from "@credits-kit/contract";
import { findCustomer } from "../../storage/customers/customers.ts";
import { type DerivedStatus, type GrantFilter, listGrantRows } from "../../storage/pools/read-grants.ts";
import { settleDue } from "../balances/settle-due.ts";
import type { Call, Deps } from "../call.ts";
import { listing, type Listing, type PageQuery, pageRequest } from "../paging.ts";
import { poolFilterOf } from "../pool-filter.ts";
import { unknown } from "../unknown.ts";
import { grantView } from "./view.ts";

/** A list of grants as it is asked for. */
export type GrantQuery = PageQuery &
  Omit<GrantFilter, "status"> & { readonly status?: Grant["status"] | undefined };

const DERIVED: readonly Grant["status"][] = [
  "scheduled",
  "active",
  "depleted",
  "expired",
] satisfies DerivedStatus[];

/** Lists a customer's grants, the newest first. @throws ServiceError `not_found` */
export async function listGrants(deps: Deps, call: Call, query: GrantQuery): Promise<Listing<Grant>> {
  const { limit: _limit, cursor: _cursor, ...asked } = query;
  const scope = { list: "grants", filters: asked };
  const request = pageRequest(query, scope);
  const { writer } = deps.database;
  if (!(await findCustomer(writer, query.customerId))) throw unknown("customer", "customerId");
  await settleDue(deps, query.customerId, call);
  const { status } = query;
  // The other statuses come with payments and revocations: nothing can have them yet.
  if (status !== undefined && !isDerived(status))
    return listing({ rows: [], next: null, prev: null }, scope, grantView);
  const page = await listGrantRows(writer, { ...asked, ...poolFilterOf(query), status }, request);
  return listing(page, scope, grantView);
}

function isDerived(status: Grant["status"]): status is DerivedStatus {
  return DERIVED.includes(status);
}
