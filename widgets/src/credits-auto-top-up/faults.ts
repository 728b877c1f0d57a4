import type { WidgetAutoTopUp } from "@credits-kit/client/widget";
import { apiErrorOf, isForbidden, isRetryable } from "../session/failure.ts";
import type { CreditsAutoTopUpState, Notice } from "./credits-auto-top-up.types.ts";

/** What a person is told whose change did not come through. */
export function noticeOf(error: unknown): Notice {
  const { status, code } = apiErrorOf(error);
  // Without an answer it may well have happened.
  return status === 0 && code !== "not_found" ? "notAnswered" : "notSaved";
}

/** What the element shows of how it stands. */
export function restOf(settings: WidgetAutoTopUp | undefined, notice?: Notice): CreditsAutoTopUpState {
  const { rule, currency } = settings ?? {};
  if (rule) return { type: "status", busy: false, asking: false, notice };
  return currency ? { type: "invite", notice } : { type: "unsold" };
}

/** What the element shows when nothing can be said about the settings. */
export function failureOf(fault: { code: string; requestId?: string | undefined }): CreditsAutoTopUpState {
  const { code, requestId } = fault;
  if (isForbidden(code)) return { type: "forbidden" };
  if (/^(no_active_subscription|state_conflict|not_found)$/.test(code)) return { type: "unsold" };
  return { type: "error", code, requestId, retryable: isRetryable(code), retrying: false };
}
