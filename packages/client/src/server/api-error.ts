import type { ErrorCode, FieldError, UsedBy } from "@credits-kit/contract";

/**
 * Faults that the client itself finds: no connection, no answer in time, an answer that is not the API's; and, of
 * buffered usage, a full queue or a client that was closed.
 */
export type ClientErrorCode =
  "network_failed" | "timed_out" | "unexpected_answer" | "queue_full" | "client_closed";

/** A stable error code. Open at the end, because a newer server may know codes that this client does not. */
export type CreditsErrorCode = ErrorCode | ClientErrorCode | (string & Record<never, never>);

export interface CreditsFault {
  code: CreditsErrorCode;
  status: number;
  detail: string;
  requestId?: string | null;
  errors?: readonly FieldError[];
  required?: string | null;
  available?: string | null;
  usedBy?: readonly UsedBy[];
  retryAfterMs?: number | null;
}

/** Why a call to the credits API failed. Switch over `code`; `detail` is for people and may be reworded. */
export class CreditsApiError extends Error {
  override readonly name = "CreditsApiError";
  readonly code: CreditsErrorCode;
  /** The HTTP status, or 0 when no answer came. */
  readonly status: number;
  readonly detail: string;
  /** Names the request in the server's logs. */
  readonly requestId: string | null;
  /** The faults inside the request, one per field. */
  readonly errors: readonly FieldError[];
  /** Of `insufficient_credits`: what it would have cost, in credits, or null. */
  readonly required: string | null;
  /** Of `insufficient_credits`: what could be spent, in credits, or null. */
  readonly available: string | null;
  /** Of `in_use`: what uses it. */
  readonly usedBy: readonly UsedBy[];
  /** How long the server asked to wait, or null if it did not. */
  readonly retryAfterMs: number | null;

  constructor(fault: CreditsFault, options?: ErrorOptions) {
    super(`${fault.code}: ${fault.detail}`, options);
    this.code = fault.code;
    this.status = fault.status;
    this.detail = fault.detail;
    this.requestId = fault.requestId ?? null;
    this.errors = fault.errors ?? [];
    this.required = fault.required ?? null;
    this.available = fault.available ?? null;
    this.usedBy = fault.usedBy ?? [];
    this.retryAfterMs = fault.retryAfterMs ?? null;
  }
}

/**
 * Reads an answer that is not a success. Anything but a problem document (a proxy's HTML page, say) becomes
 * `unexpected_answer`, and its text is left out: it is not ours and may be long.
 */
export function faultOf(response: Response, body: string, nowMs: number): CreditsFault {
  const retryAfterMs = parseRetryAfter(response.headers.get("retry-after"), nowMs);
  const problem = parseJson(body);
  if (!isRecord(problem) || typeof problem.code !== "string") {
    return {
      code: "unexpected_answer",
      status: response.status,
      detail: `The server answered ${response.status} with something that is not a problem document.`,
      requestId: response.headers.get("x-request-id"),
      retryAfterMs,
    };
  }
  return {
    code: problem.code,
    status: response.status,
    detail: typeof problem.detail === "string" ? problem.detail : response.statusText,
    requestId: typeof problem.requestId === "string" ? problem.requestId : null,
    errors: Array.isArray(problem.errors) ? problem.errors.filter(isFieldError) : [],
    required: typeof problem.required === "string" ? problem.required : null,
    available: typeof problem.available === "string" ? problem.available : null,
    usedBy: Array.isArray(problem.usedBy) ? problem.usedBy.filter(isUsedBy) : [],
    retryAfterMs,
  };
}

/** Reads a Retry-After header, seconds or an HTTP date, into milliseconds from now. */
export function parseRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const atMs = Date.parse(header);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}

/** The value of a JSON text, or undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isFieldError(value: unknown): value is FieldError {
  return hasTexts(value, ["path", "code", "message"]);
}

function isUsedBy(value: unknown): value is UsedBy {
  return hasTexts(value, ["kind", "id"]);
}

function hasTexts(value: unknown, keys: readonly string[]): boolean {
  return isRecord(value) && keys.every((key) => typeof value[key] === "string");
}
