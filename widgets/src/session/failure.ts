import { ApiError, type ApiErrorCode } from "@credits-kit/client/widget";

/** What can go wrong between the host page and us, before the API is even asked. */
export type SessionErrorCode =
  | "session_missing"
  | "session_failed"
  | "session_timed_out"
  | "session_invalid"
  | "session_forbidden"
  | "session_expired"
  | "customer_mismatch";

/** The host page gave no usable session. */
export class SessionError extends Error {
  readonly code: SessionErrorCode;

  constructor(code: SessionErrorCode, options?: ErrorOptions) {
    super(code, options);
    this.name = "SessionError";
    this.code = code;
  }
}

/** Why there is nothing to show, as elements draw it. */
export interface Failure {
  code: ApiErrorCode | SessionErrorCode;
  /** The session may not see this; trying again does not help. */
  forbidden: boolean;
  /** Whether trying again can help. */
  retryable: boolean;
  requestId: string | undefined;
  retryAfterMs: number | undefined;
}

const FORBIDDEN = ["forbidden", "insufficient_scope", "session_forbidden"];
const FINAL = ["session_missing", "session_expired", ...FORBIDDEN];

export function failureOf(error: unknown): Failure {
  const known = error instanceof ApiError || error instanceof SessionError;
  const code = known ? error.code : "session_failed";
  const { requestId, retryAfterMs } = error instanceof ApiError ? error : {};
  return { code, forbidden: FORBIDDEN.includes(code), retryable: !FINAL.includes(code), requestId, retryAfterMs };
}
