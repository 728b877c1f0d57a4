import type { UsageInterval, WidgetBalances, WidgetForecast, WidgetUsage } from "@credits-kit/contract";
import { ApiError, errorOf, faultOf, readJson } from "./api-error.ts";
import { readMessages, type StreamMessage } from "./stream-messages.ts";

export interface WidgetClientOptions {
  /** Where the API is: `https://credits.example.com`, with or without a path. */
  apiBase: string;
  /** A session token, as the host's back end got it from `POST /v1/widget-sessions`. */
  sessionToken: string;
  /** How long an answer may take to begin; 10 s if left out. */
  timeoutMs?: number;
}

export interface BalancesQuery {
  creditTypeId?: string | undefined;
  /** `none` is the pool without a resource; left out means all pools. */
  resourceId?: string | undefined;
}

export interface UsageQuery extends BalancesQuery {
  /** The first moment, RFC 3339; left out with `to` means the last 30 days. */
  from?: string | undefined;
  /** The first moment that is no longer included. */
  to?: string | undefined;
  interval?: UsageInterval | undefined;
  /** An IANA time zone; UTC if left out. */
  timeZone?: string | undefined;
  /** Up to three of `feature`, `user` and `dimension:<key>`. */
  groupBy?: readonly string[] | undefined;
  /** So many series, the largest; all others are one. */
  top?: number | undefined;
  compare?: "previous" | undefined;
}

export interface ForecastQuery extends BalancesQuery {
  timeZone?: string | undefined;
  /** How many days it looks back; 30 if left out. */
  days?: number | undefined;
}

/** Calls the widget API in the name of one session. Faults are an `ApiError`, an abort is the signal's reason. */
export interface WidgetClient {
  getBalances(query?: BalancesQuery, signal?: AbortSignal): Promise<WidgetBalances>;
  /** Usage over time, exact at the moment of the answer. */
  getUsage(query?: UsageQuery, signal?: AbortSignal): Promise<WidgetUsage>;
  /** When the credits run out if they are burned as they were. */
  getForecast(query?: ForecastQuery, signal?: AbortSignal): Promise<WidgetForecast>;
  /** Opens the live stream. It ends when the server closes it, and at once when the signal aborts. */
  openStream(signal?: AbortSignal): Promise<AsyncGenerator<StreamMessage, void>>;
}

export function createWidgetClient(options: WidgetClientOptions): WidgetClient {
  const get = <Answer>(path: string, query: object = {}, signal?: AbortSignal) => {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value) search.set(name, String(value));
    const asked = path + (search.size > 0 ? `?${search}` : "");
    return send(options, { path: asked, type: "application/json", signal, read: readJson<Answer> });
  };
  return {
    getBalances: (query, signal) => get<WidgetBalances>("/widget/balances", query, signal),
    getUsage: (query, signal) => get<WidgetUsage>("/widget/usage", query, signal),
    getForecast: (query, signal) => get<WidgetForecast>("/widget/forecast", query, signal),
    openStream: (signal) => openStream(options, signal),
  };
}

/** `openStream` alone, for pages that count bytes. */
export function openStream(options: WidgetClientOptions, signal?: AbortSignal) {
  const read = async ({ body }: Response) => {
    if (!body) throw new ApiError({ code: "unexpected_answer" });
    return readMessages(body, signal);
  };
  return send(options, { path: "/widget/stream", type: "text/event-stream", signal, read });
}

interface WidgetRequest<Answer> {
  path: string;
  /** The media type that the answer must have. */
  type: string;
  signal: AbortSignal | undefined;
  read(response: Response): Promise<Answer>;
}

async function send<Answer>(options: WidgetClientOptions, request: WidgetRequest<Answer>): Promise<Answer> {
  const { apiBase, sessionToken, timeoutMs = 10_000 } = options;
  const { path, type, signal, read } = request;
  signal?.throwIfAborted();
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new ApiError({ code: "timed_out" })), timeoutMs);
  // Stays after this function has returned: the body of a stream is read long after.
  signal?.addEventListener("abort", () => controller.abort(signal.reason));
  try {
    const response = await fetch(apiBase.replace(/\/$/, "") + path, {
      headers: { accept: type, authorization: `Bearer ${sessionToken}` },
      cache: "no-store",
      signal: controller.signal,
    });
    if (!response.ok) throw await errorOf(response);
    if (response.headers.get("content-type")?.startsWith(type)) return await read(response);
    throw new ApiError({ code: "unexpected_answer", status: response.status });
  } catch (error) {
    throw faultOf(error, controller.signal);
  } finally {
    clearTimeout(timer);
  }
}
