import type { ErrorCode } from "@credits-kit/contract";

/** Faults that the client itself finds: no connection, no answer in time, an answer that is not the API's. */
export type ClientErrorCode = "network_failed" | "timed_out" | "unexpected_answer";

/** A stable error code. Open at the end, because a newer server may know codes that this client does not. */
export type ApiErrorCode = ErrorCode | ClientErrorCode | (string & Record<never, never>);

export interface ApiFault {
  code: ApiErrorCode;
  status: number;
  detail: string;
  requestId?: string | undefined;
  retryAfterMs?: number | undefined;
}

/** Why a call to the widget API failed. Switch over `code`; `detail` is for developers and may be reworded. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;
  /** The HTTP status, or 0 when no answer came. */
  readonly status: number;
  readonly detail: string;
  /** Names the request in the server's logs. */
  readonly requestId: string | undefined;
  /** How long the server asked to wait. */
  readonly retryAfterMs: number | undefined;

  constructor({ code, status, detail, requestId, retryAfterMs }: ApiFault, options?: ErrorOptions) {
    super(`${code}: ${detail}`, options);
    this.name = "ApiError";
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.requestId = requestId;
    this.retryAfterMs = retryAfterMs;
  }

  /**
   * Reads an answer that is not a success. What is no problem document (a proxy's page, say) becomes
   * `unexpected_answer`; its text is left out, as it is not ours and may be long.
   */
  static async fromResponse(response: Response): Promise<ApiError> {
    const { status, headers } = response;
    const problem = recordOf(await response.json().catch(() => undefined));
    return new ApiError({
      code: textOf(problem["code"]) ?? "unexpected_answer",
      status,
      detail: textOf(problem["detail"]) ?? `The server answered ${status}.`,
      requestId: textOf(problem["requestId"]) ?? headers.get("x-request-id") ?? undefined,
      retryAfterMs: parseRetryAfter(headers.get("retry-after")),
    });
  }
}

/** Reads a Retry-After header, seconds or an HTTP date, into milliseconds from now. */
function parseRetryAfter(header: string | null): number | undefined {
  if (!header) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const atMs = Date.parse(header);
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - Date.now());
}

/** The value as a record to look into; one without keys when it is none. */
export function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
