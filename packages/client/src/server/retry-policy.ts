import type { CreditsApiError } from "./api-error.ts";

const FIRST_BACKOFF_MS = 200;
const BACKOFF_MS_MAX = 5_000;
/** A server that asks for more patience than this gets its error handed to the caller instead. */
const RETRY_AFTER_MS_MAX = 30_000;

const PASSING_STATUSES = new Set([408, 429, 500, 502, 503, 504]);
const PASSING_CODES = new Set<string>(["network_failed", "timed_out", "idempotency_in_progress"]);

/** Whether the same request may well succeed a moment later. */
export function isPassing(error: CreditsApiError): boolean {
  return PASSING_CODES.has(error.code) || PASSING_STATUSES.has(error.status);
}

/**
 * How long to wait before retry number `retry` (0 is the first), or null when waiting is not worth it. Half of each
 * wait is random, so that clients that failed together do not return together.
 */
export function waitBeforeRetry(error: CreditsApiError, retry: number, random: () => number): number | null {
  if (!isPassing(error)) return null;
  const asked = error.retryAfterMs ?? 0;
  if (asked > RETRY_AFTER_MS_MAX) return null;
  const backoff = Math.min(BACKOFF_MS_MAX, FIRST_BACKOFF_MS * 2 ** retry);
  return Math.round(Math.max(asked, backoff / 2) + (random() * backoff) / 2);
}
