import { z } from "zod";
import {
  grant,
  GRANT_CATEGORIES,
  GRANT_SORTS,
  GRANT_STATUSES,
  grantChange,
  grantInput,
  grantRevocation,
} from "../resources/grants.ts";
import { LEDGER_GROUPINGS, ledgerPage } from "../resources/ledger.ts";
import { customerId, id } from "../values/ids.ts";
import { pageOf } from "../values/lists.ts";
import { timeZone } from "../values/time.ts";
import { widgetSession, widgetSessionInput } from "../widget/session.ts";
import { defineRoute } from "./define-route.ts";
import { ledgerFilters, poolQuery, rangeQuery } from "./pool-query.ts";

const byId = z.strictObject({ id });
const shared = { auth: "server" } as const;

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
    summary: "List a customer's grants, newest first unless sorted otherwise",
    query: z.strictObject({
      ...poolQuery,
      status: z.enum(GRANT_STATUSES).optional(),
      category: z.enum(GRANT_CATEGORIES).optional(),
      actor: customerId.optional().meta({ description: "The id of who granted" }),
      ...rangeQuery,
      sort: z
        .enum(GRANT_SORTS)
        .optional()
        .meta({ description: "A minus sign turns the order round; -createdAt if left out" }),
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
    params: byId,
    status: 200,
    answer: grant,
    errors: ["not_found"],
  }),
  updateGrant: defineRoute({
    ...shared,
    operationId: "updateGrant",
    method: "patch",
    path: "/v1/grants/:id",
    summary: "Change a grant",
    params: byId,
    body: grantChange,
    status: 200,
    answer: grant,
    errors: ["not_found", "state_conflict"],
  }),
  revokeGrant: defineRoute({
    ...shared,
    operationId: "revokeGrant",
    method: "post",
    path: "/v1/grants/:id/revoke",
    summary: "Take back what is left of a grant, or a part of it",
    params: byId,
    body: grantRevocation,
    status: 200,
    answer: grant,
    errors: ["not_found", "state_conflict", "amount_out_of_range"],
  }),
  listLedger: defineRoute({
    ...shared,
    operationId: "listLedger",
    method: "get",
    path: "/v1/ledger",
    summary: "List a customer's ledger entries, newest first, with subtotals if asked for",
    query: z.strictObject({
      ...poolQuery,
      ...ledgerFilters,
      groupBy: z.enum(LEDGER_GROUPINGS).optional().meta({ description: "Adds subtotals to the answer" }),
      timeZone: timeZone.optional().meta({ description: "Whose days `groupBy=day` means; UTC if left out" }),
    }),
    status: 200,
    answer: ledgerPage,
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
