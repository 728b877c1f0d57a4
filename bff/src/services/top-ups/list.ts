import type { TopUp } from "@credits-kit/contract";
import { findCustomer } from "../../storage/customers/customers.ts";
import { historiesOf, pageOfTopUps, type TopUpFilter } from "../../storage/payments/top-ups.ts";
import { listing, type Listing, type PageQuery, pageRequest } from "../paging.ts";
import { poolFilterOf } from "../pool-filter.ts";
import { unknown } from "../unknown.ts";
import type { TopUpDeps } from "./payments.ts";
import { viewTopUp } from "./view.ts";

/** Lists a customer's orders, the newest first, as they were last seen. @throws ServiceError `not_found` */
export async function listTopUps(deps: TopUpDeps, query: PageQuery & TopUpFilter): Promise<Listing<TopUp>> {
  const { limit: _limit, cursor: _cursor, ...asked } = query;
  const scope = { list: "top-ups", filters: asked };
  const request = pageRequest(query, scope);
  const { writer } = deps.database;
  if (!(await findCustomer(writer, query.customerId))) throw unknown("customer", "customerId");
  const page = await pageOfTopUps(deps.database, { ...asked, ...poolFilterOf(query) }, request);
  const ids = page.rows.map((row) => row.top_up_id);
  const history = await historiesOf(writer, query.customerId, ids);
  return listing(page, scope, (order) => viewTopUp(deps, { order, seen: null }, history));
}
