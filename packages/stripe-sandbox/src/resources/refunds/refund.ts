import type Stripe from "stripe";
import { before } from "../../events/before.ts";
import { invalidRequest } from "../../errors.ts";
import { newId } from "../../ids.ts";
import { idOf, type World } from "../../world.ts";

/** What a refund is about. */
export interface RefundStart {
  amount?: number | undefined;
  reason?: string | undefined;
  metadata?: Record<string, string>;
}

/** Gives money back, all that is left or a part. @throws StripeProblem when there is not that much to give back. */
export function createRefund(world: World, charge: Stripe.Charge, start: RefundStart): Stripe.Refund {
  const left = charge.amount - charge.amount_refunded;
  refuse(charge, start.amount ?? left, left);
  const refund: Stripe.Refund = {
    id: newId("re"),
    object: "refund",
    amount: start.amount ?? left,
    balance_transaction: null,
    charge: charge.id,
    created: world.clock.seconds(),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: { card: { type: "refund" }, type: "card" },
    metadata: start.metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: start.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: statusOf(world, charge),
    transfer_reversal: null,
  };
  world.store.refunds.add(refund);
  const previous = before(charge);
  if (refund.status === "failed") refund.failure_reason = "expired_or_canceled_card";
  else count(charge, refund.amount);
  world.emit("refund.created", refund);
  if (refund.status === "failed") world.emit("refund.failed", refund);
  else world.emit("charge.refunded", charge, previous());
  return refund;
}

/** Moves a refund on: a pending one may succeed or be canceled, a succeeded one may still fail. */
export function moveRefund(
  world: World,
  refund: Stripe.Refund,
  status: "succeeded" | "failed" | "canceled",
): Stripe.Refund {
  if (refund.status === status) return refund;
  if (refund.status === "failed" || refund.status === "canceled") {
    throw invalidRequest(`This refund is ${refund.status}: nothing can happen to it any more.`);
  }
  const previous = before(refund);
  refund.status = status;
  if (status !== "succeeded") {
    const charge = world.store.charges.get(idOf(refund.charge) ?? "");
    if (charge) count(charge, -refund.amount);
  }
  if (status === "failed") refund.failure_reason = "lost_or_stolen_card";
  world.emit("refund.updated", refund, previous());
  world.emit("charge.refund.updated", refund, previous());
  if (status === "failed") world.emit("refund.failed", refund);
  return refund;
}

function statusOf(world: World, charge: Stripe.Charge): string {
  const card = world.store.cards.get(charge.payment_method ?? "");
  return card?.aftermath === "refund_pending" ? "pending" : world.settings.refundStatus;
}

function count(charge: Stripe.Charge, amount: number): void {
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount;
}

function refuse(charge: Stripe.Charge, amount: number, left: number): void {
  if (charge.status !== "succeeded") {
    throw invalidRequest(`Charge ${charge.id} cannot be refunded because it has not succeeded.`, {
      code: "charge_not_refundable",
    });
  }
  if (charge.disputed) {
    throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: "charge_disputed",
    });
  }
  if (left === 0) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, {
      code: "charge_already_refunded",
    });
  }
  if (amount > left) {
    throw invalidRequest(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, {
      param: "amount",
    });
  }
  if (amount < 1)
    throw invalidRequest("Invalid positive integer", { param: "amount", code: "parameter_invalid_integer" });
}
