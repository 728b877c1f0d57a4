import type { Customer } from "@credits-kit/contract";
import { pageOfCustomers } from "../../storage/customers/customers.ts";
import type { Deps } from "../call.ts";
import { listing, type Listing, type PageQuery, pageRequest } from "../paging.ts";
import { toCustomer } from "./to-customer.ts";

/** Lists customers, the newest first. */
export async function listCustomers(deps: Deps, query: PageQuery): Promise<Listing<Customer>> {
  const scope = { list: "customers" };
  return listing(await pageOfCustomers(deps.database, pageRequest(query, scope)), scope, toCustomer);
}
