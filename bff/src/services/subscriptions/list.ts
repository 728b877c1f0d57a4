import type { Subscription } from "@credits-kit/contract";
import { findCustomer } from "../../storage/customers/customers.ts";
import { pageOfSubscriptions } from "../../storage/customers/subscriptions.ts";
import type { Deps } from "../call.ts";
import { listing, type Listing, type PageQuery, pageRequest } from "../paging.ts";
import { unknown } from "../unknown.ts";
import { toSubscription } from "./to-subscription.ts";

/** Lists a customer's subscriptions, the newest first. @throws ServiceError `not_found` */
export async function listSubscriptions(
  deps: Deps,
  customerId: string,
  query: PageQuery,
): Promise<Listing<Subscription>> {
  const scope = { list: "subscriptions", filters: { customerId } };
  const request = pageRequest(query, scope);
  if (!(await findCustomer(deps.database.writer, customerId))) throw unknown("customer");
  return listing(await pageOfSubscriptions(deps.database, customerId, request), scope, toSubscription);
}
