import { ApiError, type ApiErrorCode } from "@credits-kit/client/widget";

/** What can go wrong between the host page and us, before the API is even asked. */
export type SessionErrorCode =
  | "session_missing"
  | "session_failed"
  | "session_timed_out"
  | "session_forbidden"
  | "session_expired"
  | "customer_mismatch";

/** Why there is nothing to show. */
export interface Failure {
  code: ApiErrorCode;
  /** Whether trying again can help. */
  retryable: boolean;
  requestId?: string | undefined;
  retryAfterMs?: number | undefined;
}

/** The host page gave no usable session. */
export function sessionError(code: SessionErrorCode, cause?: unknown): ApiError {
  return new ApiError({ code }, cause);
}

/** What is no fault of the API's or the session's is an answer that we could not read. */
export function failureOf(error: unknown): Failure {
  const { code, requestId, retryAfterMs } =
    error instanceof ApiError ? error : new ApiError({ code: "unexpected_answer" });
  const final = isForbidden(code) || code === "session_expired" || code === "session_missing";
  return { code, retryable: !final, requestId, retryAfterMs };
}

/** Whether the session may not see what it asked for. */
export function isForbidden(code: string): boolean {
  return /forbidden|_scope$/.test(code);
}
