import { z } from "zod";
import { creditType, creditTypeInput, feature, featureInput, plan, planInput } from "../resources/catalogue.ts";
import { id } from "../values/ids.ts";
import { pageOf, pageQuery } from "../values/lists.ts";
import { defineRoute } from "./define-route.ts";

const byId = z.strictObject({ id });
const page = z.strictObject(pageQuery);
const shared = { auth: "server" } as const;

export const catalogueRoutes = {
  createCreditType: defineRoute({
    ...shared,
    operationId: "createCreditType",
    method: "post",
    path: "/v1/credit-types",
    summary: "Create a credit type",
    body: creditTypeInput,
    status: 201,
    answer: creditType,
    errors: ["already_exists"],
  }),
  listCreditTypes: defineRoute({
    ...shared,
    operationId: "listCreditTypes",
    method: "get",
    path: "/v1/credit-types",
    summary: "List credit types",
    query: page,
    status: 200,
    answer: pageOf(creditType),
  }),
  getCreditType: defineRoute({
    ...shared,
    operationId: "getCreditType",
    method: "get",
    path: "/v1/credit-types/:id",
    summary: "Read a credit type",
    params: byId,
    status: 200,
    answer: creditType,
    errors: ["not_found"],
  }),
  createFeature: defineRoute({
    ...shared,
    operationId: "createFeature",
    method: "post",
    path: "/v1/features",
    summary: "Create a feature",
    body: featureInput,
    status: 201,
    answer: feature,
    errors: ["already_exists"],
  }),
  listFeatures: defineRoute({
    ...shared,
    operationId: "listFeatures",
    method: "get",
    path: "/v1/features",
    summary: "List features",
    query: page,
    status: 200,
    answer: pageOf(feature),
  }),
  getFeature: defineRoute({
    ...shared,
    operationId: "getFeature",
    method: "get",
    path: "/v1/features/:id",
    summary: "Read a feature",
    params: byId,
    status: 200,
    answer: feature,
    errors: ["not_found"],
  }),
  createPlan: defineRoute({
    ...shared,
    operationId: "createPlan",
    method: "post",
    path: "/v1/plans",
    summary: "Create a plan",
    body: planInput,
    status: 201,
    answer: plan,
    errors: ["already_exists", "not_found", "amount_out_of_range"],
  }),
  listPlans: defineRoute({
    ...shared,
    operationId: "listPlans",
    method: "get",
    path: "/v1/plans",
    summary: "List plans",
    query: page,
    status: 200,
    answer: pageOf(plan),
  }),
  getPlan: defineRoute({
    ...shared,
    operationId: "getPlan",
    method: "get",
    path: "/v1/plans/:id",
    summary: "Read a plan",
    params: byId,
    status: 200,
    answer: plan,
    errors: ["not_found"],
  }),
};
