import type { z } from "zod";
import type { ErrorCode } from "../errors.ts";
import type { WidgetScope } from "../widget/session.ts";

/** Who may call a route: a server key, a widget's session token, or anyone. */
export type RouteAuth = "server" | "widget" | "public";

/** An answer that is a stream of rows: as CSV, or as lines of JSON of which the last one is the end. */
export interface StreamedRows {
  readonly rows: z.ZodObject;
  readonly end: z.ZodObject;
}

/** One route of the API: what is mounted, documented and checked all come from this. */
export interface RouteDefinition {
  readonly operationId: string;
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** Path with `:name` parameters, as Express writes them. */
  readonly path: string;
  readonly summary: string;
  readonly auth: RouteAuth;
  /** What a widget's session must be allowed; `read` if left out. */
  readonly scope?: WidgetScope;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly status: number;
  readonly answer: z.ZodType | "text/event-stream" | "text/csv" | StreamedRows;
  /** Error codes beyond those that every route of its kind can give. */
  readonly errors?: readonly ErrorCode[];
}

/** Keeps the literal types of a route, so that handlers are typed by the route they serve. */
export function defineRoute<const Route extends RouteDefinition>(route: Route): Route {
  return route;
}
