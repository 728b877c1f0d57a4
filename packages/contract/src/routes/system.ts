import { z } from "zod";
import { defineRoute } from "./define-route.ts";

const health = z.object({ status: z.enum(["ok", "starting", "stopping", "degraded"]) });

export const systemRoutes = {
  getHealth: defineRoute({
    operationId: "getHealth",
    method: "get",
    path: "/healthz",
    summary: "Whether the process lives",
    auth: "public",
    status: 200,
    answer: health,
  }),
  getReadiness: defineRoute({
    operationId: "getReadiness",
    method: "get",
    path: "/readyz",
    summary: "Whether the process can serve: the database answers",
    auth: "public",
    status: 200,
    answer: health,
    errors: ["overloaded"],
  }),
  getOpenApi: defineRoute({
    operationId: "getOpenApi",
    method: "get",
    path: "/openapi.json",
    summary: "This document",
    auth: "public",
    status: 200,
    answer: z.record(z.string(), z.unknown()),
  }),
};
