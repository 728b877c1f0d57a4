import type { CreditType } from "@credits-kit/contract";
import { pageOfCreditTypes } from "../../storage/catalogue/credit-types.ts";
import type { Deps } from "../call.ts";
import { listing, type Listing, pageRequest, type PageQuery } from "../paging.ts";
import { toCreditType } from "./to-credit-type.ts";

/** Lists credit types, the newest first. */
export async function listCreditTypes(deps: Deps, query: PageQuery): Promise<Listing<CreditType>> {
  const scope = { list: "creditTypes" };
  return listing(await pageOfCreditTypes(deps.database, pageRequest(query, scope)), scope, toCreditType);
}
