import type Stripe from "stripe";
import { before } from "../../events/before.ts";
import { invalidRequest } from "../../errors.ts";
import { newId } from "../../ids.ts";
import { idOf, type World } from "../../world.ts";
import { emptyEvidence } from "./evidence.ts";

/** What a dispute is about. */
export interface DisputeStart {
  /** The whole charge when absent; it may differ from the charge, as currencies do. */
  amount?: number | undefined;
  reason?: string | undefined;
  status?: "needs_response" | "warning_needs_response" | "under_review" | undefined;
}

const DAY = 24 * 60 * 60;
const CLOSED = ["won", "lost", "warning_closed", "prevented"];

/** The bank takes the buyer's side for now; a `warning_…` only asks. */
export function openDispute(world: World, charge: Stripe.Charge, start: DisputeStart = {}): Stripe.Dispute {
  const { amount = charge.amount, reason = "fraudulent", status = "needs_response" } = start;
  const brand = charge.payment_method_details?.card?.brand ?? "visa";
  const dispute: Stripe.Dispute = {
    id: newId("du"),
    object: "dispute",
    amount,
    balance_transactions: [],
    charge: charge.id,
    created: world.clock.seconds(),
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: emptyEvidence(),
    evidence_details: {
      due_by: world.clock.seconds() + 7 * DAY,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: isWarning(status),
    livemode: false,
    metadata: {},
    payment_intent: idOf(charge.payment_intent),
    payment_method_details: {
      card: {
        brand,
        case_type: isWarning(status) ? "inquiry" : "chargeback",
        network: brand,
        network_reason_code: "83",
      },
      type: "card",
    },
    reason,
    status,
  };
  charge.disputed = !isWarning(status);
  world.store.disputes.add(dispute);
  world.emit("charge.dispute.created", dispute);
  if (!isWarning(status)) world.emit("charge.dispute.funds_withdrawn", dispute);
  return dispute;
}

/** Moves an open dispute to another open status. */
export function moveDispute(world: World, dispute: Stripe.Dispute, status: string): Stripe.Dispute {
  refuseClosed(dispute);
  const previous = before(dispute);
  const withdraws = isWarning(dispute.status) && !isWarning(status);
  dispute.status = status;
  if (withdraws) {
    const charge = world.store.charges.get(idOf(dispute.charge));
    if (charge) charge.disputed = true;
    dispute.is_charge_refundable = false;
  }
  world.emit("charge.dispute.updated", dispute, previous());
  if (withdraws) world.emit("charge.dispute.funds_withdrawn", dispute);
  return dispute;
}

/** The bank has decided. */
export function closeDispute(
  world: World,
  dispute: Stripe.Dispute,
  status: "won" | "lost" | "warning_closed",
): Stripe.Dispute {
  refuseClosed(dispute);
  const previous = before(dispute);
  const hadMoney = !isWarning(dispute.status);
  dispute.status = status;
  world.emit("charge.dispute.closed", dispute, previous());
  if (status === "won" && hadMoney) world.emit("charge.dispute.funds_reinstated", dispute);
  return dispute;
}

function refuseClosed(dispute: Stripe.Dispute): void {
  if (CLOSED.includes(dispute.status)) throw invalidRequest("This dispute is already closed.");
}

const isWarning = (status: string): boolean => status.startsWith("warning_");
