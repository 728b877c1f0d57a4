import type { Plan } from "@credits-kit/contract";
import { pageOfPlans } from "../../storage/catalogue/plans.ts";
import type { Deps } from "../call.ts";
import { listing, type Listing, pageRequest, type PageQuery } from "../paging.ts";
import { toPlan } from "./to-plan.ts";

/** Lists plans, the newest first. */
export async function listPlans(deps: Deps, query: PageQuery): Promise<Listing<Plan>> {
  const scope = { list: "plans" };
  return listing(await pageOfPlans(deps.database, pageRequest(query, scope)), scope, toPlan);
}
