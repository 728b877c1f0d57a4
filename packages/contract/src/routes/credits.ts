import { z } from "zod";
import { eventsAnswer, eventsBody } from "../resources/events.ts";
import { grant, GRANT_CATEGORIES, GRANT_STATUSES, grantInput } from "../resources/grants.ts";
import { ENTRY_TYPES, ledgerEntry } from "../resources/ledger.ts";
import { customerId, id } from "../values/ids.ts";
import { pageOf, pageQuery } from "../values/lists.ts";
import { timestampInput } from "../values/time.ts";
import { widgetSession, widgetSessionInput } from "../widget/session.ts";
import { defineRoute } from "./define-route.ts";

const shared = { auth: "server" } as const;
const poolQuery = {
  ...pageQuery,
  customerId,
  creditTypeId: id.optional(),
  resourceId: id.optional().meta({ description: "Left out: all pools; `none`: the default pool" }),
};

export const creditRoutes = {
  createGrant: defineRoute({
    ...shared,
    operationId: "createGrant",
    method: "post",
    path: "/v1/grants",
    summary: "Grant credits to a customer",
    body: grantInput,
    status: 201,
    answer: grant,
    errors: ["not_found", "amount_out_of_range"],
  }),
  listGrants: defineRoute({
    ...shared,
    operationId: "listGrants",
    method: "get",
    path: "/v1/grants",
    summary: "List a customer's grants, newest first",
    query: z.strictObject({
      ...poolQuery,
      status: z.enum(GRANT_STATUSES).optional(),
      category: z.enum(GRANT_CATEGORIES).optional(),
    }),
    status: 200,
    answer: pageOf(grant),
    errors: ["not_found"],
  }),
  getGrant: defineRoute({
    ...shared,
    operationId: "getGrant",
    method: "get",
    path: "/v1/grants/:id",
    summary: "Read a grant",
    params: z.strictObject({ id }),
    status: 200,
    answer: grant,
    errors: ["not_found"],
  }),
  reportEvents: defineRoute({
    ...shared,
    operationId: "reportEvents",
    method: "post",
    path: "/v1/events",
    summary: "Report usage: 1 to 1,000 events, or one bare event",
    body: eventsBody,
    status: 200,
    answer: eventsAnswer,
    errors: [
      "insufficient_credits",
      "not_found",
      "event_id_conflict",
      "no_active_subscription",
      "feature_not_mapped",
      "timestamp_out_of_window",
      "amount_out_of_range",
    ],
  }),
  listLedger: defineRoute({
    ...shared,
    operationId: "listLedger",
    method: "get",
    path: "/v1/ledger",
    summary: "List a customer's ledger entries, newest first",
    query: z.strictObject({
      ...poolQuery,
      type: z.enum(ENTRY_TYPES).optional(),
      featureId: id.optional(),
      userId: customerId.optional(),
      from: timestampInput.optional(),
      to: timestampInput.optional(),
      timeField: z.enum(["at", "occurredAt"]).optional(),
    }),
    status: 200,
    answer: pageOf(ledgerEntry),
    errors: ["not_found"],
  }),
  createWidgetSession: defineRoute({
    ...shared,
    operationId: "createWidgetSession",
    method: "post",
    path: "/v1/widget-sessions",
    summary: "Mint a session token for a customer's widgets",
    body: widgetSessionInput,
    status: 201,
    answer: widgetSession,
    errors: ["not_found"],
  }),
};
