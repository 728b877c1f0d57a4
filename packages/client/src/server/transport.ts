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
export interface Transport {
  <Answer>(request: ApiRequest, options?: CallOptions): Promise<Answer>;
  /** Sends a request whose answer is read as it arrives; the time limit and the retries are those of its beginning. */
  stream(request: ApiRequest, options?: CallOptions): Promise<Response>;
}

/** Sends requests with a time limit per try and a bounded number of retries. */
export function createTransport(options: TransportOptions): Transport {
  const base = new URL(options.baseUrl).href.replace(/\/$/, "");

  const send = async <Result>(
    request: ApiRequest,
    { signal = new AbortController().signal }: CallOptions,
    take: Take<Result>,
  ) => {
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
        return await tryOnce(url, init, { ...options, signal, take });
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof CreditsApiError) || retry >= options.retries) throw error;
        const waitMs = waitBeforeRetry(error, retry, options.random);
        if (waitMs === null) throw error;
        await options.clock.sleep(waitMs, signal);
      }
    }
  };
  return Object.assign(
    <Answer>(request: ApiRequest, callOptions: CallOptions = {}) =>
      send(request, callOptions, takeAnswer<Answer>),
    {
      stream: (request: ApiRequest, callOptions: CallOptions = {}) =>
        send(request, callOptions, (response) => Promise.resolve(response)),
    },
  );
}

/** What becomes of an answer that is a success. */
type Take<Result> = (response: Response) => Promise<Result>;

function headersOf(request: ApiRequest, apiKey: string): Headers {
  const headers = new Headers({ accept: "application/json", authorization: `Bearer ${apiKey}` });
  if (request.body !== undefined) headers.set("content-type", "application/json");
  if (request.idempotencyKey !== undefined) headers.set("idempotency-key", request.idempotencyKey);
  return headers;
}

type TryOptions<Result> = Pick<TransportOptions, "fetch" | "timeoutMs" | "clock"> & {
  signal: AbortSignal;
  take: Take<Result>;
};

async function tryOnce<Result>(
  url: string,
  init: RequestInit,
  { fetch, timeoutMs, clock, signal, take }: TryOptions<Result>,
): Promise<Result> {
  const ended = new AbortController();
  const timedOut = new AbortController();
  clock.sleep(timeoutMs, ended.signal).then(
    () => timedOut.abort(),
    () => undefined,
  );
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.any([signal, timedOut.signal]) });
    if (!response.ok) throw new CreditsApiError(faultOf(response, await response.text(), clock.now()));
    return await take(response);
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

async function takeAnswer<Answer>(response: Response): Promise<Answer> {
  const answer = parseJson(await response.text());
  if (isAnswer<Answer>(answer)) return answer;
  const detail = `The server answered ${response.status} with a body that is not one of this API's.`;
  throw new CreditsApiError({ code: "unexpected_answer", status: response.status, detail });
}

/** Every answer of the API is an object; what is in it is the contract's promise. */
function isAnswer<Answer>(value: unknown): value is Answer {
  return typeof value === "object" && value !== null;
}
