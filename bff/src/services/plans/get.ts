import type { Plan } from "@credits-kit/contract";
import { findPlan, findPlanVersion } from "../../storage/catalogue/plans.ts";
import type { Deps } from "../call.ts";
import { unknown } from "../unknown.ts";
import { toPlan } from "./to-plan.ts";

/** Reads a plan, in its last version unless it says which. @throws ServiceError `not_found` */
export async function getPlan(
  { database: { writer } }: Deps,
  { id, version }: { id: string; version: number | undefined },
): Promise<Plan> {
  const row = await (version === undefined ? findPlan(writer, id) : findPlanVersion(writer, { id, version }));
  if (!row) throw unknown(version === undefined ? "plan" : "version of a plan");
  return toPlan(row);
}
