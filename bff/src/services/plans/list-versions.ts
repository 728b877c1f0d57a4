import type { Plan } from "@credits-kit/contract";
import { findPlan, pageOfPlanVersions } from "../../storage/catalogue/plans.ts";
import type { Deps } from "../call.ts";
import { listing, type Listing, pageRequest, type PageQuery } from "../paging.ts";
import { unknown } from "../unknown.ts";
import { toPlan } from "./to-plan.ts";

/** Lists the versions of a plan, the last one first. @throws ServiceError `not_found` */
export async function listPlanVersions(
  { database }: Deps,
  id: string,
  query: PageQuery,
): Promise<Listing<Plan>> {
  const scope = { list: "planVersions", filters: { id } };
  const request = pageRequest(query, scope);
  if (!(await findPlan(database.writer, id))) throw unknown("plan");
  return listing(await pageOfPlanVersions(database, id, request), scope, toPlan);
}
