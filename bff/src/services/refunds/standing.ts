import type { DisputeStatus, RefundStatus } from "../../payments/reversal-gateway.ts";
import type { ReversalRow } from "../../storage/payments/reversals.ts";

/**
 * How far a refund or a dispute has come. Whatever order the news come in, it only ever goes up: a refund that succeeded
 * can still fail, and a dispute that is closed stays so.
 */
const RANKS: Readonly<Record<RefundStatus | DisputeStatus, number>> = {
  pending: 1,
  requires_action: 1,
  succeeded: 2,
  failed: 3,
  canceled: 3,
  warning_needs_response: 1,
  warning_under_review: 1,
  needs_response: 2,
  under_review: 2,
  lost: 3,
  won: 4,
  warning_closed: 4,
  prevented: 4,
};

/** Whether what Stripe says now is not older than what is known. */
export function isNotOlder(known: string | undefined, told: RefundStatus | DisputeStatus): boolean {
  return known === undefined || RANKS[told] >= (new Map(Object.entries(RANKS)).get(known) ?? 0);
}

/**
 * Whether the money is gone, or on its way back: a refund counts from when it is asked for, because credits must not be
 * spent while their money travels; a dispute once it is lost.
 */
export function takesBack({ kind, status }: Pick<ReversalRow, "kind" | "status">): boolean {
  if (kind === "refund") return status !== "failed" && status !== "canceled";
  return status === "lost";
}

/** Whether a dispute, or an inquiry, is closed. */
export function isDecided({ kind, status }: Pick<ReversalRow, "kind" | "status">): boolean {
  return kind === "dispute" && (new Map(Object.entries(RANKS)).get(status) ?? 0) >= RANKS.lost;
}

/** Whether the bank has the money while it decides. An inquiry (`warning_…`) leaves it where it is. */
export function freezes({ kind, status }: Pick<ReversalRow, "kind" | "status">): boolean {
  return kind === "dispute" && (status === "needs_response" || status === "under_review");
}
