import { ApiError } from "@credits-kit/client/widget/session";

/** What can go wrong between the host page and us, before the API is even asked. */
export type SessionErrorCode =
  | "session_missing"
  | "session_failed"
  | "session_timed_out"
  | "session_forbidden"
  | "session_expired"
  | "customer_mismatch";

/** The host page gave no usable session. */
export function sessionError(code: SessionErrorCode, cause?: unknown): ApiError {
  return new ApiError({ code }, cause);
}

/** Whether the session may not see what it asked for. */
export function isForbidden(code: string): boolean {
  return /forbidden|_scope$/.test(code);
}

/** Whether trying again can help. */
export function isRetryable(code: string): boolean {
  return !isForbidden(code) && !/_expired|_missing|^validation_failed$/.test(code);
}

/** Any fault, as an error of the API. */
export function apiErrorOf(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError({ code: "unexpected_answer" }, error);
}

/** Which text tells people what to do about an error. */
export function hintOf(code: string): "offlineHint" | "sessionHint" | "errorHint" {
  if (/network|timed/.test(code)) return "offlineHint";
  return /expired|mismatch|missing|unauth/.test(code) ? "sessionHint" : "errorHint";
}
