import type { WidgetBalances } from "@credits-kit/contract";
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

/** Calls the widget API in the name of one session. Faults are an `ApiError`, an abort is the signal's reason. */
export interface WidgetClient {
  getBalances(query?: BalancesQuery, signal?: AbortSignal): Promise<WidgetBalances>;
  /** Opens the live stream. It ends when the server closes it, and at once when the signal aborts. */
  openStream(signal?: AbortSignal): Promise<AsyncGenerator<StreamMessage, void>>;
}

export function createWidgetClient(options: WidgetClientOptions): WidgetClient {
  return {
    getBalances(query = {}, signal) {
      const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
      const path = `/widget/balances${search.size > 0 ? `?${search}` : ""}`;
      return send(options, { path, type: "application/json", signal, read: readJson<WidgetBalances> });
    },
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
