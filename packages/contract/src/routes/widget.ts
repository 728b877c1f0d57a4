import { z } from "zod";
import { id } from "../values/ids.ts";
import { forecastQuery } from "../resources/forecast.ts";
import { seriesQuery } from "../resources/series.ts";
import { widgetBalances } from "../widget/balances.ts";
import { widgetForecast, widgetUsage } from "../widget/usage.ts";
import { defineRoute } from "./define-route.ts";

export const widgetRoutes = {
  getWidgetBalances: defineRoute({
    operationId: "getWidgetBalances",
    method: "get",
    path: "/widget/balances",
    summary: "The session's balances as widgets draw them",
    auth: "widget",
    query: z.strictObject({ creditTypeId: id.optional(), resourceId: id.optional() }),
    status: 200,
    answer: widgetBalances,
  }),
  getWidgetUsage: defineRoute({
    operationId: "getWidgetUsage",
    method: "get",
    path: "/widget/usage",
    summary: "The session's usage over time, as a chart draws it",
    auth: "widget",
    query: z.strictObject(seriesQuery),
    status: 200,
    answer: widgetUsage,
  }),
  getWidgetForecast: defineRoute({
    operationId: "getWidgetForecast",
    method: "get",
    path: "/widget/forecast",
    summary: "When the session's credits run out if they are burned as they were",
    auth: "widget",
    query: z.strictObject(forecastQuery),
    status: 200,
    answer: widgetForecast,
  }),
  openWidgetStream: defineRoute({
    operationId: "openWidgetStream",
    method: "get",
    path: "/widget/stream",
    summary: "Live balances as server-sent events: snapshot, pool, resync, bye",
    auth: "widget",
    status: 200,
    answer: "text/event-stream",
  }),
};
