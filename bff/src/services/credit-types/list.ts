import type { CreditType } from "@credits-kit/contract";
import { pageOfCreditTypes } from "../../storage/catalogue/credit-types.ts";
import type { Deps } from "../call.ts";
import { listing, type Listing, pageRequest, type PageQuery } from "../paging.ts";
import { toCreditType } from "./to-credit-type.ts";

/** Lists credit types, the newest first: archived ones, the others, or both if `archived` is left out. */
export async function listCreditTypes(
  deps: Deps,
  { archived, ...query }: PageQuery & { readonly archived?: boolean | undefined },
): Promise<Listing<CreditType>> {
  const scope = { list: "creditTypes", filters: { archived } };
  const page = await pageOfCreditTypes(deps.database, archived, pageRequest(query, scope));
  return listing(page, scope, toCreditType);
}
