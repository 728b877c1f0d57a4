import { reconciliation } from "../resources/reconciliation.ts";
import { settings, settingsChange } from "../resources/settings.ts";
import { defineRoute } from "./define-route.ts";

const shared = { auth: "server" } as const;

export const operationRoutes = {
  getSettings: defineRoute({
    ...shared,
    operationId: "getSettings",
    method: "get",
    path: "/v1/settings",
    summary: "Read the policies of the deployment",
    status: 200,
    answer: settings,
  }),
  updateSettings: defineRoute({
    ...shared,
    operationId: "updateSettings",
    method: "patch",
    path: "/v1/settings",
    summary: "Change policies of the deployment; who changed what is kept",
    body: settingsChange,
    status: 200,
    answer: settings,
  }),
  getReconciliation: defineRoute({
    ...shared,
    operationId: "getReconciliation",
    method: "get",
    path: "/v1/reconciliation",
    summary: "How Stripe's payments and the credits they bought compare",
    status: 200,
    answer: reconciliation,
  }),
};
