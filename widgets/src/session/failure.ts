import { ApiError, type ApiErrorCode } from "@credits-kit/client/widget";

/** What can go wrong between the host page and us, before the API is even asked. */
export type SessionErrorCode =
  | "session_missing"
  | "session_failed"
  | "session_timed_out"
  | "session_forbidden"
  | "session_expired"
  | "customer_mismatch";

/** Why there is nothing to show, as elements draw it. */
export interface Failure {
  code: ApiErrorCode;
  /** The session may not see this; trying again does not help. */
  forbidden: boolean;
  /** Whether trying again can help. */
  retryable: boolean;
  requestId: string | undefined;
  retryAfterMs: number | undefined;
}

const FORBIDDEN = ["forbidden", "insufficient_scope", "session_forbidden"];
const FINAL = ["session_missing", "session_expired", ...FORBIDDEN];

/** The host page gave no usable session. */
export function sessionError(code: SessionErrorCode, cause?: unknown): ApiError {
  return new ApiError({ code }, { cause });
}

/** What is no fault of the API's or the session's is an answer that we could not read. */
export function failureOf(error: unknown): Failure {
  const { code, requestId, retryAfterMs } =
    error instanceof ApiError ? error : new ApiError({ code: "unexpected_answer" });
  return { code, forbidden: FORBIDDEN.includes(code), retryable: !FINAL.includes(code), requestId, retryAfterMs };
}
