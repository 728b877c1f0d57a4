import { z } from "zod";
import { forecast, forecastQuery } from "../resources/forecast.ts";
import { seriesQuery, usage } from "../resources/series.ts";
import { customerId } from "../values/ids.ts";
import { defineRoute } from "./define-route.ts";

const shared = { auth: "server" } as const;

export const seriesRoutes = {
  getUsage: defineRoute({
    ...shared,
    operationId: "getUsage",
    method: "get",
    path: "/v1/usage",
    summary: "Read a customer's usage over time, in any time zone, broken down and compared",
    query: z.strictObject({ customerId, ...seriesQuery }),
    status: 200,
    answer: usage,
    errors: ["not_found"],
  }),
  getForecast: defineRoute({
    ...shared,
    operationId: "getForecast",
    method: "get",
    path: "/v1/forecast",
    summary: "Ask when a customer's credits run out if they are burned as they were",
    query: z.strictObject({ customerId, ...forecastQuery }),
    status: 200,
    answer: forecast,
    errors: ["not_found"],
  }),
};
