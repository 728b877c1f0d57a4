import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import { createCreditType } from "../../services/credit-types/create.ts";
import { getCreditType } from "../../services/credit-types/get.ts";
import { listCreditTypes } from "../../services/credit-types/list.ts";
import { createFeature } from "../../services/features/create.ts";
import { getFeature } from "../../services/features/get.ts";
import { listFeatures } from "../../services/features/list.ts";
import { createPlan } from "../../services/plans/create.ts";
import { getPlan } from "../../services/plans/get.ts";
import { listPlans } from "../../services/plans/list.ts";

export const catalogueHandlers = {
  createCreditType: handle(routes.createCreditType, ({ deps, call, body }) =>
    createCreditType(deps, call, body),
  ),
  listCreditTypes: handle(routes.listCreditTypes, ({ deps, query }) => listCreditTypes(deps, query)),
  getCreditType: handle(routes.getCreditType, ({ deps, params }) => getCreditType(deps, params.id)),
  createFeature: handle(routes.createFeature, ({ deps, call, body }) => createFeature(deps, call, body)),
  listFeatures: handle(routes.listFeatures, ({ deps, query }) => listFeatures(deps, query)),
  getFeature: handle(routes.getFeature, ({ deps, params }) => getFeature(deps, params.id)),
  createPlan: handle(routes.createPlan, ({ deps, call, body }) => createPlan(deps, call, body)),
  listPlans: handle(routes.listPlans, ({ deps, query }) => listPlans(deps, query)),
  getPlan: handle(routes.getPlan, ({ deps, params }) => getPlan(deps, params.id)),
};
