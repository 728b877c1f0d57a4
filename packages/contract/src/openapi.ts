import { OpenAPIRegistry, OpenApiGeneratorV31 } from "@asteasolutions/zod-to-openapi";
import { z } from "zod";
import { ERROR_CODES, type ErrorCode, problem } from "./errors.ts";
import { routes } from "./routes/index.ts";
import type { RouteDefinition } from "./routes/define-route.ts";

const SERVER_CODES: readonly ErrorCode[] = [
  "unauthenticated",
  "forbidden",
  "rate_limited",
  "overloaded",
  "internal",
];
const BODY_CODES: readonly ErrorCode[] = ["malformed_json", "payload_too_large", "unsupported_media_type"];

const SECURITY = {
  server: [{ serverKey: [] }],
  widget: [{ sessionToken: [] }],
  public: [],
} satisfies Record<RouteDefinition["auth"], Record<string, string[]>[]>;

/** Every code that a route can answer with. */
export function codesOf(route: RouteDefinition): ErrorCode[] {
  const validated = route.params ?? route.query ?? route.body;
  return [
    ...new Set<ErrorCode>([
      ...(route.errors ?? []),
      ...(route.auth === "public" ? [] : SERVER_CODES),
      ...(route.auth === "widget" ? (["insufficient_scope"] as const) : []),
      ...(route.auth === "server" && route.method !== "get" ? (["idempotency_conflict"] as const) : []),
      ...(route.params ? (["bad_request"] as const) : []),
      ...(validated ? (["validation_failed"] as const) : []),
      ...(route.body ? BODY_CODES : []),
    ]),
  ];
}

/** The OpenAPI 3.1 document of the whole API, built from the same routes that the server mounts. */
export function buildOpenApi(info: {
  version: string;
  serverUrl: string;
}): ReturnType<OpenApiGeneratorV31["generateDocument"]> {
  const registry = new OpenAPIRegistry();
  registry.registerComponent("securitySchemes", "serverKey", { type: "http", scheme: "bearer" });
  registry.registerComponent("securitySchemes", "sessionToken", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
  });
  for (const route of Object.values<RouteDefinition>(routes)) {
    registry.registerPath({
      operationId: route.operationId,
      method: route.method,
      path: route.path.replace(/:(\w+)/g, "{$1}"),
      summary: route.summary,
      security: SECURITY[route.auth],
      request: requestOf(route),
      responses: responsesOf(route),
    });
  }
  return new OpenApiGeneratorV31(registry.definitions, { unionPreferredType: "oneOf" }).generateDocument({
    openapi: "3.1.0",
    info: { title: "Credits Kit", version: info.version },
    servers: [{ url: info.serverUrl }],
  });
}

function requestOf(route: RouteDefinition) {
  return {
    ...(route.params ? { params: route.params } : {}),
    ...(route.query ? { query: route.query } : {}),
    ...(route.auth === "server" && route.method !== "get"
      ? { headers: z.object({ "Idempotency-Key": z.string().optional() }) }
      : {}),
    ...(route.body
      ? { body: { required: true, content: { "application/json": { schema: route.body } } } }
      : {}),
  };
}

function responsesOf(route: RouteDefinition) {
  const success = contentOf(route.answer);
  const byStatus = Map.groupBy(codesOf(route), (code) => ERROR_CODES[code].status);
  return {
    [route.status]: { description: route.summary, content: success },
    ...Object.fromEntries(
      [...byStatus].map(([status, codes]) => [
        status,
        { description: codes.join(", "), content: { "application/problem+json": { schema: problem } } },
      ]),
    ),
  };
}

function contentOf(answer: RouteDefinition["answer"]) {
  if (typeof answer === "string") return { [answer]: { schema: z.string() } };
  if (answer instanceof z.ZodType) return { "application/json": { schema: answer } };
  return {
    "text/csv": { schema: z.string() },
    "application/x-ndjson": { schema: z.union([answer.rows, answer.end]) },
  };
}
