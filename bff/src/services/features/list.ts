import type { Feature } from "@credits-kit/contract";
import { pageOfFeatures } from "../../storage/catalogue/features.ts";
import type { Deps } from "../call.ts";
import { listing, type Listing, pageRequest, type PageQuery } from "../paging.ts";
import { toFeature } from "./to-feature.ts";

/** Lists features, the newest first. */
export async function listFeatures(deps: Deps, query: PageQuery): Promise<Listing<Feature>> {
  const scope = { list: "features" };
  return listing(await pageOfFeatures(deps.database, pageRequest(query, scope)), scope, toFeature);
}
