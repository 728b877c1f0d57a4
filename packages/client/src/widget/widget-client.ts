import type { WidgetBalances } from "@credits-kit/contract";
import { ApiError } from "./api-error.ts";
import { isWidgetBalances, readMessages, type StreamMessage } from "./stream-messages.ts";

export interface WidgetClientOptions {
  /** Where the API is: `https://credits.example.com`, with or without a path. */
  apiBase: string;
  /** A session token, as the host's back end got it from `POST /v1/widget-sessions`. */
  sessionToken: string;
  /** How long an answer may take to begin; 10 s if left out. */
  timeoutMs?: number;
  /** The page's own `fetch` if left out. */
  fetch?: typeof fetch;
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
    getBalances: (query = {}, signal) =>
      send(options, {
        path: `/widget/balances${queryOf(query)}`,
        accept: "application/json",
        signal,
        async read(response) {
          const answer: unknown = await response.json();
          if (isWidgetBalances(answer)) return answer;
          throw unexpected(response.status);
        },
      }),

    openStream: (signal) =>
      send(options, {
        path: "/widget/stream",
        accept: "text/event-stream",
        signal,
        async read({ headers, body, status }) {
          const isStream = headers.get("content-type")?.startsWith("text/event-stream");
          if (!isStream || !body) throw unexpected(status);
          return withFaults(readMessages(body), signal);
        },
      }),
  };
}

interface WidgetRequest<Answer> {
  path: string;
  accept: string;
  signal: AbortSignal | undefined;
  read(response: Response): Promise<Answer>;
}

async function send<Answer>(options: WidgetClientOptions, request: WidgetRequest<Answer>): Promise<Answer> {
  const { apiBase, sessionToken, timeoutMs = 10_000, fetch = globalThis.fetch } = options;
  const { path, accept, signal, read } = request;
  signal?.throwIfAborted();
  const controller = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    controller.abort();
  }, timeoutMs);
  // Stays after this function has returned: the body of a stream is read long after.
  signal?.addEventListener("abort", () => controller.abort(), { once: true });
  try {
    const response = await fetch(apiBase.replace(/\/$/, "") + path, {
      headers: { accept, authorization: `Bearer ${sessionToken}` },
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      signal: controller.signal,
    });
    if (response.ok) return await read(response);
    throw await ApiError.fromResponse(response);
  } catch (error) {
    if (timedOut) throw new ApiError({ code: "timed_out", status: 0, detail: `No answer within ${timeoutMs} ms.` });
    throw toFault(error, signal);
  } finally {
    clearTimeout(timer);
  }
}

/** A connection that breaks in the middle of a stream is the same fault as one that never came to be. */
async function* withFaults(messages: AsyncGenerator<StreamMessage, void>, signal: AbortSignal | undefined) {
  try {
    yield* messages;
  } catch (error) {
    throw toFault(error, signal);
  }
}

function toFault(error: unknown, signal: AbortSignal | undefined): unknown {
  if (error instanceof ApiError) return error;
  if (signal?.aborted) return signal.reason;
  if (error instanceof SyntaxError) return unexpected(200);
  const detail = "The server could not be reached.";
  return new ApiError({ code: "network_failed", status: 0, detail }, { cause: error });
}

function unexpected(status: number): ApiError {
  return new ApiError({ code: "unexpected_answer", status, detail: "The answer is not one of this API." });
}

function queryOf({ creditTypeId, resourceId }: BalancesQuery): string {
  const search = new URLSearchParams();
  if (creditTypeId) search.set("creditTypeId", creditTypeId);
  if (resourceId) search.set("resourceId", resourceId);
  const text = search.toString();
  return text && `?${text}`;
}
