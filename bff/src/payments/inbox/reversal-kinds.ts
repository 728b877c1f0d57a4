import type { StripeEventRow } from "../../storage/payments/stripe-events.ts";
import { followReversals } from "../../services/refunds/follow.ts";
import { reportFraudWarning } from "../../services/disputes/report-fraud-warning.ts";
import { gatewayOf, type TopUpDeps } from "../../services/top-ups/payments.ts";
import type { EventHandler, EventOutcome } from "./handler.ts";

/** What is done about money that goes back. The events only say of which payment: everything is read again. */
export const REVERSAL_HANDLERS: Readonly<Record<string, EventHandler>> = {
  "refund.created": refundChanged,
  "refund.updated": refundChanged,
  "refund.failed": refundChanged,
  "charge.refund.updated": refundChanged,
  "charge.refunded": chargeRefunded,
  "charge.dispute.created": disputeChanged,
  "charge.dispute.updated": disputeChanged,
  "charge.dispute.closed": disputeChanged,
  "charge.dispute.funds_withdrawn": disputeChanged,
  "charge.dispute.funds_reinstated": disputeChanged,
  "radar.early_fraud_warning.created": fraudWarned,
};

async function refundChanged(deps: TopUpDeps, { object_id: id }: StripeEventRow): Promise<EventOutcome> {
  if (id === null) return "ignored";
  return followed(deps, (await gatewayOf(deps).readRefund(id)).paymentId);
}

async function disputeChanged(deps: TopUpDeps, { object_id: id }: StripeEventRow): Promise<EventOutcome> {
  if (id === null) return "ignored";
  return followed(deps, (await gatewayOf(deps).readDispute(id)).paymentId);
}

async function chargeRefunded(deps: TopUpDeps, { object_id: id }: StripeEventRow): Promise<EventOutcome> {
  if (id === null) return "ignored";
  return followed(deps, await gatewayOf(deps).paymentOfCharge(id));
}

async function followed(deps: TopUpDeps, paymentId: string | null): Promise<EventOutcome> {
  if (paymentId === null) return "ignored";
  return (await followReversals(deps, paymentId, "webhook")) ? "done" : "ignored";
}

async function fraudWarned(deps: TopUpDeps, { object_id: id }: StripeEventRow): Promise<EventOutcome> {
  if (id === null) return "ignored";
  return (await reportFraudWarning(deps, id)) ? "done" : "ignored";
}
