import { ApiError, errorOf, faultOf } from "./api-error.ts";

export interface WidgetClientOptions {
  /** Where the API is: `https://credits.example.com`, with or without a path. */
  apiBase: string;
  /** A session token, as the host's back end got it from `POST /v1/widget-sessions`. */
  sessionToken: string;
  /** How long an answer may take to begin; 10 s if left out. */
  timeoutMs?: number;
}

export interface WidgetRequest<Answer> {
  path: string;
  /** The media type that the answer must have. */
  type: string;
  signal: AbortSignal | undefined;
  /** What makes it more than a `GET`. */
  init?: { method: string; body?: string; headers?: Record<string, string> };
  read(response: Response): Promise<Answer>;
}

/** Sends a request in the name of a session; faults are an `ApiError`, an abort is the signal's reason. */
export async function send<Answer>(
  options: WidgetClientOptions,
  request: WidgetRequest<Answer>,
): Promise<Answer> {
  const { apiBase, sessionToken, timeoutMs = 10_000 } = options;
  const { path, type, signal, init, read } = request;
  signal?.throwIfAborted();
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new ApiError({ code: "timed_out" })), timeoutMs);
  // Stays after this function has returned: the body of a stream is read long after.
  signal?.addEventListener("abort", () => controller.abort(signal.reason));
  try {
    const response = await fetch(apiBase.replace(/\/$/, "") + path, {
      ...init,
      headers: { accept: type, authorization: `Bearer ${sessionToken}`, ...init?.headers },
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
