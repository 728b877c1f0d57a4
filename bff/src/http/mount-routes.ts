import type { RouteDefinition } from "@credits-kit/contract";
import type { Request, Response, Router } from "express";
import type { Authenticator, Caller } from "../auth/authenticator.ts";
import { ServiceError } from "../errors.ts";
import type { Deps, StoredAnswer } from "../services/call.ts";
import type { RouteHandler } from "./handle.ts";
import { idempotencyKeyOf } from "./idempotency-key.ts";
import { readJson } from "./read-json.ts";
import { contextOf } from "./request-context.ts";

export interface MountOptions {
  readonly deps: Deps;
  readonly authenticator: Authenticator;
}

/** Mounts every handler at its route. Other methods of a mounted path are refused with what it allows. */
export function mountRoutes(router: Router, handlers: readonly RouteHandler[], options: MountOptions): void {
  const byPath = Map.groupBy(handlers, ({ route }) => route.path);
  for (const [path, sharing] of byPath) {
    const mounted = router.route(path);
    const allowed = sharing.map(({ route }) => route.method.toUpperCase());
    // Express would answer HEAD by running the GET handler, and OPTIONS by itself.
    mounted.all((request, response, next) => {
      if (!allowed.includes(request.method)) {
        response.setHeader("Allow", allowed.join(", "));
        throw new ServiceError("method_not_allowed", `This address takes ${allowed.join(", ")}.`);
      }
      next();
    });
    for (const handler of sharing) {
      mounted[handler.route.method]((request: Request, response: Response) =>
        serve(handler, { request, response, ...options }),
      );
    }
  }
}

async function serve(
  handler: RouteHandler,
  exchange: MountOptions & { request: Request; response: Response },
): Promise<void> {
  const { deps, request, response } = exchange;
  const { route } = handler;
  const context = contextOf(request);
  context.operation = route.operationId;
  // Before the body is read: a stranger makes us hold nothing.
  const { actor, session } = await identify(route, exchange);
  // Customers' and users' ids are people's at times, so that the log names keys only.
  context.actor = actor.kind === "api_key" ? `api_key:${actor.id}` : actor.kind;
  const key = route.auth === "server" && route.method !== "get" ? idempotencyKeyOf(request) : null;
  const body = route.body ? await readJson(request, response) : undefined;
  const idempotency = key === null ? null : { route: route.operationId, key };
  const call = { requestId: context.requestId, actor, idempotency };
  const answer = await handler.serve({ deps, call, session, request, response, body });
  if (answer === undefined) return;
  response.status(route.status).type("application/json");
  if (!isStored(answer)) {
    response.send(JSON.stringify(answer));
    return;
  }
  if (answer.replayed) response.setHeader("Idempotency-Replayed", "true");
  response.send(answer.body);
}

async function identify(
  route: RouteDefinition,
  { authenticator, request }: MountOptions & { request: Request },
): Promise<Caller> {
  switch (route.auth) {
    case "server":
      return authenticator.server(request.headers);
    case "widget":
      return authenticator.widget(request.headers, route.scope);
    case "public":
      return { actor: { kind: "system", id: "anonymous" }, session: null };
  }
}

function isStored(answer: unknown): answer is StoredAnswer {
  if (typeof answer !== "object" || answer === null) return false;
  return (
    "replayed" in answer &&
    typeof answer.replayed === "boolean" &&
    "body" in answer &&
    typeof answer.body === "string"
  );
}
