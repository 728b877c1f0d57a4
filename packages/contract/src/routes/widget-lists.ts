import { z } from "zod";
import { GRANT_CATEGORIES, GRANT_SORTS, GRANT_STATUSES } from "../resources/grants.ts";
import { LEDGER_GROUPINGS } from "../resources/ledger.ts";
import { booleanQuery } from "../values/choices.ts";
import { id } from "../values/ids.ts";
import { pageQuery } from "../values/lists.ts";
import { timestampInput, timeZone } from "../values/time.ts";
import { WIDGET_ACTORS, widgetGrants } from "../widget/grants.ts";
import { widgetLedger } from "../widget/ledger.ts";
import { defineRoute } from "./define-route.ts";
import { ledgerFilters, rangeQuery, sourceKind } from "./pool-query.ts";

const { to } = rangeQuery;

const pools = {
  creditTypeId: id.optional(),
  resourceId: id.optional().meta({ description: "Left out: all pools; `none`: the default pool" }),
};

/** `active,scheduled`, or the parameter repeated. */
const statuses = z
  .union([z.string().max(200), z.array(z.string().max(200)).max(GRANT_STATUSES.length)])
  .transform((given, context) => {
    const named = (typeof given === "string" ? [given] : given).flatMap((text) => text.split(","));
    const { data } = z.array(z.enum(GRANT_STATUSES)).safeParse(named);
    if (data) return GRANT_STATUSES.filter((status) => data.includes(status));
    context.addIssue({ code: "custom", message: `must be one or more of ${GRANT_STATUSES.join(", ")}` });
    return z.NEVER;
  });

/** Which of the customer's grants a list or a file is about. */
const grantFilters = {
  ...pools,
  status: statuses
    .optional()
    .meta({ description: "One or more, between commas", example: "active,scheduled" }),
  category: z.enum(GRANT_CATEGORIES).optional(),
  source: sourceKind.optional(),
  actor: z.enum(WIDGET_ACTORS).optional().meta({ description: "Who granted" }),
  from: timestampInput.optional().meta({ description: "The first moment at which it was granted" }),
  to,
  effectiveFrom: timestampInput.optional().meta({ description: "The first moment at which it begins" }),
  effectiveTo: to,
  expiresFrom: timestampInput.optional().meta({ description: "The first moment at which it ends" }),
  expiresTo: to,
};

const entryFilters = { ...pools, ...ledgerFilters };

const shared = { method: "get", auth: "widget", status: 200 } as const;

export const widgetListRoutes = {
  getWidgetGrants: defineRoute({
    ...shared,
    operationId: "getWidgetGrants",
    path: "/widget/grants",
    summary: "The grants of the session's customer, newest first unless sorted otherwise",
    query: z.strictObject({
      ...pageQuery,
      ...grantFilters,
      sort: z
        .enum(GRANT_SORTS)
        .optional()
        .meta({ description: "A minus sign turns the order round; -createdAt if left out" }),
      totals: booleanQuery.optional().meta({ description: "Adds subtotals by credit type and status" }),
    }),
    answer: widgetGrants,
  }),
  downloadWidgetGrants: defineRoute({
    ...shared,
    operationId: "downloadWidgetGrants",
    path: "/widget/grants.csv",
    summary: "The grants of the session's customer as a file, newest first",
    query: z.strictObject(grantFilters),
    answer: "text/csv",
    errors: ["bad_request"],
  }),
  getWidgetLedger: defineRoute({
    ...shared,
    operationId: "getWidgetLedger",
    path: "/widget/ledger",
    summary: "The ledger of the session's customer, newest first, with subtotals if asked for",
    query: z.strictObject({
      ...pageQuery,
      ...entryFilters,
      groupBy: z.enum(LEDGER_GROUPINGS).optional().meta({ description: "Adds subtotals to the answer" }),
      timeZone: timeZone.optional().meta({ description: "Whose days `groupBy=day` means; UTC if left out" }),
    }),
    answer: widgetLedger,
  }),
  downloadWidgetLedger: defineRoute({
    ...shared,
    operationId: "downloadWidgetLedger",
    path: "/widget/ledger.csv",
    summary: "The ledger of the session's customer as a file, newest first",
    query: z.strictObject(entryFilters),
    answer: "text/csv",
    errors: ["bad_request"],
  }),
};
