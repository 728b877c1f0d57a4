import { formatCredits } from "@credits-kit/amounts";
import { actor, type TopUp, type TopUpFailure, type WidgetTopUp } from "@credits-kit/contract";
import type { TopUpHistoryRow, TopUpRow } from "../../storage/payments/top-ups.ts";
import { invoiceOf } from "../invoices/view.ts";
import { isOpen } from "./moves.ts";
import type { Looked } from "./fulfil.ts";
import type { TopUpDeps } from "./payments.ts";

/** Shows an order to the host's back end. A client secret is shown only where it was just read from Stripe. */
export function viewTopUp(
  { payments, now }: Pick<TopUpDeps, "payments" | "now">,
  { order, seen }: Looked,
  history: readonly TopUpHistoryRow[],
): TopUp {
  const { currency } = order;
  const { status, url } = payingPart(order);
  const clientSecret = secretOf({ order, seen });
  return {
    id: order.top_up_id,
    customerId: order.customer_id,
    creditTypeId: order.credit_type_id,
    resourceId: order.resource_id === "" ? null : order.resource_id,
    status,
    method: order.method,
    credits: formatCredits(BigInt(order.credits)),
    currency,
    pricePerCredit: { amount: order.price_per_credit, currency },
    subtotal: moneyOf(order.subtotal_minor, currency),
    total: moneyOf(order.total_minor, currency),
    paid: order.paid_minor === null ? null : moneyOf(order.paid_minor, currency),
    uiMode: order.ui_mode,
    url,
    clientSecret,
    publishableKey: clientSecret === null ? null : (payments?.publishableKey ?? null),
    payableUntil: order.payable_until?.toISOString() ?? null,
    failure: failureOf(order),
    paymentIntentId: order.payment_intent_id,
    receiptUrl: order.receipt_url,
    refunded: moneyOf(order.refunded_minor, currency),
    creditsRevoked: formatCredits(BigInt(order.revoked_credits)),
    creditsShort: formatCredits(BigInt(order.shortfall_credits)),
    disputeStatus: order.dispute_status,
    grantId: status === "paid" ? order.grant_id : null,
    invoice: invoiceOf(order, now()),
    priority: order.priority,
    effectiveAt: order.effective_at?.toISOString() ?? null,
    expiresAt: order.expires_at?.toISOString() ?? null,
    grantExpiresAfter: order.grant_expires_after,
    reason: order.reason,
    externalReference: order.external_reference,
    metadata: order.metadata,
    actor: actor.parse({ kind: order.actor_kind, id: order.actor_id }),
    history: history
      .filter((step) => step.top_up_id === order.top_up_id)
      .map((step) => ({ status: step.status, at: step.at.toISOString(), cause: step.cause })),
    createdAt: order.created_at.toISOString(),
    updatedAt: order.updated_at.toISOString(),
  };
}

/** Shows an order to its buyer: nothing of the host's own. */
export function viewWidgetTopUp(
  { payments, now }: Pick<TopUpDeps, "payments" | "now">,
  { order, seen }: Looked,
): WidgetTopUp {
  const { status, url } = payingPart(order);
  const clientSecret = secretOf({ order, seen });
  return {
    id: order.top_up_id,
    status,
    method: order.method,
    creditTypeId: order.credit_type_id,
    resourceId: order.resource_id === "" ? null : order.resource_id,
    credits: formatCredits(BigInt(order.credits)),
    total: moneyOf(order.total_minor, order.currency),
    uiMode: order.ui_mode,
    url,
    clientSecret,
    publishableKey: clientSecret === null ? null : (payments?.publishableKey ?? null),
    failure: failureOf(order),
    receiptUrl: order.receipt_url,
    invoice: invoiceOf(order, now()),
    createdAt: order.created_at.toISOString(),
  };
}

function payingPart(order: TopUpRow): Pick<TopUp, "status" | "url"> {
  const { status } = order;
  const canPay = status === "awaiting_payment" || status === "action_required";
  return { status, url: canPay ? order.pay_url : null };
}

function secretOf({ order, seen }: Looked): string | null {
  if (!isOpen(order.status)) return null;
  if (seen?.checkout && order.ui_mode === "embedded") return seen.checkout.clientSecret;
  return order.status === "action_required" ? (seen?.payment?.clientSecret ?? null) : null;
}

function failureOf(order: TopUpRow): TopUpFailure | null {
  if (order.status !== "failed" || order.failure_code === null) return null;
  return {
    code: order.failure_code,
    declineCode: order.failure_decline_code,
    message: order.failure_message ?? "The payment did not succeed.",
  };
}

function moneyOf(amountMinor: string | number | bigint, currency: string) {
  return { amountMinor: Number(amountMinor), currency };
}
