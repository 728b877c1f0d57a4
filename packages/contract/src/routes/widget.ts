import { z } from "zod";
import { id } from "../values/ids.ts";
import { widgetBalances } from "../widget/balances.ts";
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
