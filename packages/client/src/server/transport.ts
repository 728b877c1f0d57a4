import { CreditsApiError, faultOf, parseJson } from "./api-error.ts";
import type { Clock } from "./clock.ts";
import { waitBeforeRetry } from "./retry-policy.ts";
import type { CallOptions } from "./wire-types.ts";

export interface TransportOptions {
  baseUrl: string;
  apiKey: string;
  fetch: typeof fetch;
  timeoutMs: number;
  retries: number;
  clock: Clock;
  random: () => number;
}

/** One request, complete; retries send it again unchanged. Only requests that may be repeated get here. */
export interface ApiRequest {
  method: "get" | "put" | "post" | "patch" | "delete";
  path: string;
  body?: unknown;
  idempotencyKey?: string;
}

/** Sends a request; the caller names the type of the answer, by the contract. */
export type Transport = <Answer>(request: ApiRequest, options?: CallOptions) => Promise<Answer>;

/** Sends requests with a time limit per try and a bounded number of retries. */
export function createTransport(options: TransportOptions): Transport {
  const base = new URL(options.baseUrl).href.replace(/\/$/, "");

  return async <Answer>(request: ApiRequest, { signal = new AbortController().signal }: CallOptions = {}) => {
    const url = base + request.path;
    const init = {
      method: request.method.toUpperCase(),
      headers: headersOf(request, options.apiKey),
      body: request.body === undefined ? undefined : JSON.stringify(request.body),
      // A followed redirect could turn a POST into a GET; the API has none.
      redirect: "manual",
    } satisfies RequestInit;
    for (let retry = 0; ; retry += 1) {
      signal.throwIfAborted();
      try {
        return await tryOnce<Answer>(url, init, { ...options, signal });
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof CreditsApiError) || retry >= options.retries) throw error;
        const waitMs = waitBeforeRetry(error, retry, options.random);
        if (waitMs === null) throw error;
        await options.clock.sleep(waitMs, signal);
      }
    }
  };
}

function headersOf(request: ApiRequest, apiKey: string): Headers {
  const headers = new Headers({ accept: "application/json", authorization: `Bearer ${apiKey}` });
  if (request.body !== undefined) headers.set("content-type", "application/json");
  if (request.idempotencyKey !== undefined) headers.set("idempotency-key", request.idempotencyKey);
  return headers;
}

type TryOptions = Pick<TransportOptions, "fetch" | "timeoutMs" | "clock"> & { signal: AbortSignal };

async function tryOnce<Answer>(
  url: string,
  init: RequestInit,
  { fetch, timeoutMs, clock, signal }: TryOptions,
) {
  const ended = new AbortController();
  const timedOut = new AbortController();
  clock.sleep(timeoutMs, ended.signal).then(
    () => timedOut.abort(),
    () => undefined,
  );
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.any([signal, timedOut.signal]) });
    const text = await response.text();
    if (!response.ok) throw new CreditsApiError(faultOf(response, text, clock.now()));
    return parseAnswer<Answer>(response, text);
  } catch (error) {
    if (error instanceof CreditsApiError) throw error;
    throw new CreditsApiError(
      timedOut.signal.aborted
        ? { code: "timed_out", status: 0, detail: `No answer within ${timeoutMs} ms.` }
        : { code: "network_failed", status: 0, detail: "The server could not be reached." },
      { cause: error },
    );
  } finally {
    ended.abort();
  }
}

function parseAnswer<Answer>(response: Response, text: string): Answer {
  const answer = parseJson(text);
  if (isAnswer<Answer>(answer)) return answer;
  const detail = `The server answered ${response.status} with a body that is not one of this API's.`;
  throw new CreditsApiError({ code: "unexpected_answer", status: response.status, detail });
}

/** Every answer of the API is an object; what is in it is the contract's promise. */
function isAnswer<Answer>(value: unknown): value is Answer {
  return typeof value === "object" && value !== null;
}
