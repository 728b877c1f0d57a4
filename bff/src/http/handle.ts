import type { RouteDefinition } from "@credits-kit/contract";
import type { Request, Response } from "express";
import { z } from "zod";
import type { Session } from "../auth/session-tokens.ts";
import type { Call, Deps, StoredAnswer } from "../services/call.ts";
import { type Parsed, parseBy } from "./validation.ts";

type SchemaOf<Route, Part extends "params" | "query" | "body"> =
  Route extends Readonly<Record<Part, infer Schema>> ? Schema : undefined;

/** What a handler is given: everything parsed by the route's schemas. */
export interface RouteRequest<Route extends RouteDefinition, Body = Parsed<SchemaOf<Route, "body">>> {
  readonly deps: Deps;
  readonly call: Call;
  readonly params: Parsed<SchemaOf<Route, "params">>;
  readonly query: Parsed<SchemaOf<Route, "query">>;
  readonly body: Body;
  /** The widget's session; null on routes that have none. */
  readonly session: Route["auth"] extends "widget" ? Session : null;
}

/** What a handler answers: the route's answer, or one that must go out byte for byte. */
export type RouteAnswer<Route extends RouteDefinition> =
  (Route["answer"] extends z.ZodType ? z.output<Route["answer"]> : never) | StoredAnswer;

/** A request as it arrives at a handler: authenticated, nothing parsed yet. */
export interface Incoming {
  readonly deps: Deps;
  readonly call: Call;
  readonly session: Session | null;
  readonly request: Request;
  readonly response: Response;
  readonly body: unknown;
}

/** A route with the code that serves it. It answers with JSON, with a stored answer, or by itself (undefined). */
export interface RouteHandler {
  readonly route: RouteDefinition;
  readonly serve: (incoming: Incoming) => Promise<unknown>;
}

/** Serves a route with a handler typed by it. */
export function handle<const Route extends RouteDefinition>(
  route: Route,
  handler: (request: RouteRequest<Route>) => Promise<RouteAnswer<Route>>,
): RouteHandler {
  return {
    route,
    serve: (incoming) => handler({ ...commonParts(route, incoming), body: bodyOf(route, incoming.body) }),
  };
}

/** Serves a route whose body the service itself takes apart: the handler gets the JSON as it came. */
export function handleUnparsed<const Route extends RouteDefinition>(
  route: Route,
  handler: (request: RouteRequest<Route, unknown>) => Promise<RouteAnswer<Route>>,
): RouteHandler {
  return { route, serve: (incoming) => handler({ ...commonParts(route, incoming), body: incoming.body }) };
}

/** Serves a route whose handler answers by itself, such as a stream. Errors it throws are answered as everywhere. */
export function handleStream<const Route extends RouteDefinition>(
  route: Route,
  handler: (request: RouteRequest<Route> & Pick<Incoming, "request" | "response">) => Promise<void>,
): RouteHandler {
  return {
    route,
    serve: async (incoming) => {
      const { request, response } = incoming;
      const body = bodyOf(route, incoming.body);
      await handler({ ...commonParts(route, incoming), body, request, response });
    },
  };
}

const noQuery = z.strictObject({});

function commonParts<Route extends RouteDefinition>(
  route: Route,
  incoming: Incoming,
): Omit<RouteRequest<Route>, "body">;
function commonParts(route: RouteDefinition, incoming: Incoming): unknown {
  const { deps, call, session, request } = incoming;
  return {
    deps,
    call,
    session,
    params: parseBy(route.params, { ...request.params }),
    query: parseBy(route.query ?? noQuery, { ...request.query }),
  };
}

function bodyOf<Route extends RouteDefinition>(route: Route, body: unknown): Parsed<SchemaOf<Route, "body">>;
function bodyOf(route: RouteDefinition, body: unknown): unknown {
  return parseBy(route.body, body);
}
