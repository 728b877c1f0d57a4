import assert from "node:assert/strict";
import { type Problem, problem, type RouteDefinition } from "@credits-kit/contract";
import type { z } from "zod";

/** An answer as it came. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** An answer whose body is what its route promises. */
export interface Answer<Body> extends Reply {
  readonly body: Body;
}

export interface SendOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  /** Another credential than the app's server key, or none. */
  readonly credential?: string | null;
}

export interface CallOptions<Route extends RouteDefinition> extends Omit<SendOptions, "json" | "raw"> {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: BodyOf<Route>;
}

/** What a route's body may hold. */
export type BodyOf<Route extends RouteDefinition> = Route extends { body: infer Schema extends z.ZodType }
  ? z.input<Schema>
  : undefined;

/** Talks to an app over HTTP as its callers do. */
export class TestClient {
  readonly url: string;
  readonly #credential: string;

  constructor(url: string, credential: string) {
    this.url = url;
    this.#credential = credential;
  }

  /** Sends a request as it is, and expects nothing. */
  async send(method: string, path: string, options: SendOptions = {}): Promise<Reply> {
    const { json, raw, credential = this.#credential } = options;
    const hasBody = json !== undefined || raw !== undefined;
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(credential === null ? {} : { Authorization: `Bearer ${credential}` }),
        ...(hasBody ? { "Content-Type": "application/json" } : {}),
        ...options.headers,
      },
      ...(hasBody ? { body: raw ?? JSON.stringify(json) } : {}),
      redirect: "manual",
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  /** Calls a route and expects its success: the status, and exactly the answer that it promises. */
  async call<const Route extends RouteDefinition>(
    route: Route,
    options?: CallOptions<Route>,
  ): Promise<Answer<Route["answer"] extends z.ZodType ? z.output<Route["answer"]> : string>>;
  async call(route: RouteDefinition, options: CallOptions<RouteDefinition> = {}): Promise<Answer<unknown>> {
    const { params = {}, query = {}, body, ...rest } = options;
    const path = route.path.replace(/:(\w+)/g, (_match, name: string) =>
      encodeURIComponent(params[name] ?? ""),
    );
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) search.set(name, String(value));
    const sent = body === undefined ? rest : { ...rest, json: body };
    const reply = await this.send(
      route.method.toUpperCase(),
      search.size > 0 ? `${path}?${search}` : path,
      sent,
    );
    assert.equal(reply.status, route.status, `${route.operationId} answered ${reply.status}: ${reply.text}`);
    if (typeof route.answer === "string" || !("parse" in route.answer)) return { ...reply, body: reply.text };
    const json: unknown = JSON.parse(reply.text);
    const parsed: unknown = route.answer.parse(json);
    assert.deepEqual(json, parsed, `${route.operationId} says more than it promises`);
    return { ...reply, body: parsed };
  }
}

/** Expects a problem of a certain code, in the one form that all errors have. */
export function expectProblem(reply: Reply, status: number, code: Problem["code"]): Problem {
  assert.equal(reply.status, status, reply.text);
  assert.match(reply.headers.get("content-type") ?? "", /^application\/problem\+json/);
  const body = problem.parse(JSON.parse(reply.text));
  assert.equal(body.code, code, reply.text);
  assert.equal(body.status, status);
  assert.equal(body.requestId, reply.headers.get("x-request-id"));
  return body;
}
