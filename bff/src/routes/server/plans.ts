import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import { createPlan } from "../../services/plans/create.ts";
import { getPlan } from "../../services/plans/get.ts";
import { listPlans } from "../../services/plans/list.ts";

export const planHandlers = {
  createPlan: handle(routes.createPlan, ({ deps, call, body }) => createPlan(deps, call, body)),
  listPlans: handle(routes.listPlans, ({ deps, query }) => listPlans(deps, query)),
  getPlan: handle(routes.getPlan, ({ deps, params }) => getPlan(deps, params.id)),
};
