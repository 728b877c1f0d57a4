import type { Feature } from "@credits-kit/contract";
import { pageOfFeatures } from "../../storage/catalogue/features.ts";
import type { Deps } from "../call.ts";
import { listing, type Listing, pageRequest, type PageQuery } from "../paging.ts";
import { toFeature } from "./to-feature.ts";

/** Lists features, the newest first: archived ones, the others, or both if `archived` is left out. */
export async function listFeatures(
  deps: Deps,
  { archived, ...query }: PageQuery & { readonly archived?: boolean | undefined },
): Promise<Listing<Feature>> {
  const scope = { list: "features", filters: { archived } };
  const page = await pageOfFeatures(deps.database, archived, pageRequest(query, scope));
  return listing(page, scope, toFeature);
}
