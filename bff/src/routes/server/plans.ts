import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import { createPlan } from "../../services/plans/create.ts";
import { getPlan } from "../../services/plans/get.ts";
import { listPlanVersions } from "../../services/plans/list-versions.ts";
import { listPlans } from "../../services/plans/list.ts";
import { updatePlan } from "../../services/plans/update.ts";

export const planHandlers = {
  createPlan: handle(routes.createPlan, ({ deps, call, body }) => createPlan(deps, call, body)),
  listPlans: handle(routes.listPlans, ({ deps, query }) => listPlans(deps, query)),
  getPlan: handle(routes.getPlan, ({ deps, params, query }) =>
    getPlan(deps, { id: params.id, version: query.version }),
  ),
  updatePlan: handle(routes.updatePlan, ({ deps, call, params, body }) =>
    updatePlan(deps, call, { id: params.id, change: body }),
  ),
  listPlanVersions: handle(routes.listPlanVersions, ({ deps, params, query }) =>
    listPlanVersions(deps, params.id, query),
  ),
};
