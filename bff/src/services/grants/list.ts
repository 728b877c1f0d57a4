import type { Grant, GrantSort } from "@credits-kit/contract";
import { viewGrant } from "../../pools/grant-view.ts";
import { findCustomer } from "../../storage/customers/customers.ts";
import { GRANT_SORT_KEYS, type GrantFilter, listGrantRecords } from "../../storage/pools/read-grants.ts";
import { settleDue } from "../balances/settle-due.ts";
import type { Call, Deps } from "../call.ts";
import { listing, type Listing, type PageQuery, pageRequest } from "../paging.ts";
import { poolFilterOf } from "../pool-filter.ts";
import { unknown } from "../unknown.ts";
import { withPayments } from "./with-payments.ts";

/** How grants are asked for; the newest first if it does not say. */
export interface GrantsQuery extends PageQuery, Omit<GrantFilter, "statuses" | "actorKinds"> {
  readonly sort?: GrantSort | undefined;
}

/** Lists a customer's grants as they stand now. @throws ServiceError `not_found` */
export async function listGrants(deps: Deps, call: Call, query: GrantsQuery): Promise<Listing<Grant>> {
  const { limit: _limit, cursor: _cursor, sort = "-createdAt", ...asked } = query;
  const scope = { list: "grants", keys: GRANT_SORT_KEYS, filters: { ...asked, sort } };
  const request = pageRequest(query, scope);
  const { writer } = deps.database;
  if (!(await findCustomer(writer, query.customerId))) throw unknown("customer", "customerId");
  await settleDue(deps, query.customerId, call);
  const filter = { ...asked, ...poolFilterOf(query) };
  const page = await listGrantRecords(writer, { filter, sort }, request);
  const list = listing(page, scope, ({ record, now }) => viewGrant(record, now));
  return { ...list, data: await withPayments(deps, query.customerId, list.data) };
}
