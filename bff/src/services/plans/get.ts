import type { Plan } from "@credits-kit/contract";
import { findPlan } from "../../storage/catalogue/plans.ts";
import type { Deps } from "../call.ts";
import { unknown } from "../unknown.ts";
import { toPlan } from "./to-plan.ts";

/** Reads a plan. @throws ServiceError `not_found` */
export async function getPlan(deps: Deps, id: string): Promise<Plan> {
  const row = await findPlan(deps.database.writer, id);
  if (!row) throw unknown("plan");
  return toPlan(row);
}
