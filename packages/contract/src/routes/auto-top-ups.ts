import { z } from "zod";
import { autoTopUp, autoTopUpAttempt, autoTopUpInput } from "../resources/auto-top-ups.ts";
import { customerId, id } from "../values/ids.ts";
import { pageOf, pageQuery } from "../values/lists.ts";
import {
  widgetAutoTopUp,
  widgetAutoTopUpInput,
  widgetCardSetup,
  widgetCardSetupInput,
} from "../widget/auto-top-ups.ts";
import { defineRoute } from "./define-route.ts";

const byPool = z.strictObject({ id: customerId, creditType: id });
const ofSession = z.strictObject({ creditType: id });
const resource = {
  resourceId: id.optional().meta({ description: "Of a pool with a resource; the default pool if left out" }),
};
const inPool = z.strictObject(resource);
const SETTING = [
  "not_found",
  "no_active_subscription",
  "state_conflict",
  "currency_mismatch",
  "amount_out_of_range",
] as const;
const ofServers = { auth: "server", params: byPool } as const;
const ofWidgets = { auth: "widget", scope: "settings", params: ofSession, query: inPool } as const;

const PATH = "/v1/customers/:id/auto-top-ups/:creditType";
const WIDGET_PATH = "/widget/auto-top-ups/:creditType";

export const autoTopUpRoutes = {
  getAutoTopUp: defineRoute({
    ...ofServers,
    operationId: "getAutoTopUp",
    method: "get",
    path: PATH,
    summary: "Read an auto top-up, and what it is at",
    query: inPool,
    status: 200,
    answer: autoTopUp,
    errors: ["not_found"],
  }),
  putAutoTopUp: defineRoute({
    ...ofServers,
    operationId: "putAutoTopUp",
    method: "put",
    path: PATH,
    summary: "Set an auto top-up: when to buy credits, how many, and for how much a month at most",
    query: inPool,
    body: autoTopUpInput,
    status: 200,
    answer: autoTopUp,
    errors: SETTING,
  }),
  deleteAutoTopUp: defineRoute({
    ...ofServers,
    operationId: "deleteAutoTopUp",
    method: "delete",
    path: PATH,
    summary: "Take an auto top-up away; a payment that is on its way still counts",
    query: inPool,
    status: 200,
    answer: autoTopUp,
    errors: ["not_found"],
  }),
  resumeAutoTopUp: defineRoute({
    ...ofServers,
    operationId: "resumeAutoTopUp",
    method: "post",
    path: `${PATH}/resume`,
    summary: "Let an auto top-up that stopped, or that waits after a failed payment, try again at once",
    query: inPool,
    status: 200,
    answer: autoTopUp,
    errors: ["not_found"],
  }),
  listAutoTopUpAttempts: defineRoute({
    ...ofServers,
    operationId: "listAutoTopUpAttempts",
    method: "get",
    path: `${PATH}/attempts`,
    summary: "List the tries of an auto top-up, newest first",
    query: z.strictObject({ ...pageQuery, ...resource }),
    status: 200,
    answer: pageOf(autoTopUpAttempt),
    errors: ["not_found"],
  }),
  getWidgetAutoTopUp: defineRoute({
    ...ofWidgets,
    operationId: "getWidgetAutoTopUp",
    method: "get",
    path: WIDGET_PATH,
    summary: "The auto top-up of the session's customer, as a page draws it",
    status: 200,
    answer: widgetAutoTopUp,
    errors: ["not_found"],
  }),
  putWidgetAutoTopUp: defineRoute({
    ...ofWidgets,
    operationId: "putWidgetAutoTopUp",
    method: "put",
    path: WIDGET_PATH,
    summary: "Set the auto top-up of the session's customer",
    body: widgetAutoTopUpInput,
    status: 200,
    answer: widgetAutoTopUp,
    errors: SETTING,
  }),
  deleteWidgetAutoTopUp: defineRoute({
    ...ofWidgets,
    operationId: "deleteWidgetAutoTopUp",
    method: "delete",
    path: WIDGET_PATH,
    summary: "Take the auto top-up of the session's customer away",
    status: 200,
    answer: widgetAutoTopUp,
    errors: ["not_found"],
  }),
  resumeWidgetAutoTopUp: defineRoute({
    ...ofWidgets,
    operationId: "resumeWidgetAutoTopUp",
    method: "post",
    path: `${WIDGET_PATH}/resume`,
    summary: "Let the auto top-up of the session's customer try again at once",
    status: 200,
    answer: widgetAutoTopUp,
    errors: ["not_found"],
  }),
  setupWidgetAutoTopUp: defineRoute({
    ...ofWidgets,
    operationId: "setupWidgetAutoTopUp",
    method: "post",
    path: `${WIDGET_PATH}/setup`,
    summary: "Open Stripe's page on which the session's customer adds the card that is charged",
    body: widgetCardSetupInput,
    status: 201,
    answer: widgetCardSetup,
    errors: ["not_found", "state_conflict", "idempotency_conflict"],
  }),
};
