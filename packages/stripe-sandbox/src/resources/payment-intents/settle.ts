import type Stripe from "stripe";
import type { Decline } from "../../cards/card.ts";
import { declineBody } from "../../cards/declined.ts";
import { plain } from "../../http/plain.ts";
import type { StripeProblem } from "../../errors.ts";
import { cardDeclined } from "../../cards/declined.ts";
import { idOf, type World } from "../../world.ts";
import { createCharge } from "../charges/charge.ts";
import { attachPaymentMethod, cardOf } from "../payment-methods/payment-method.ts";
import { tellListeners } from "./payment-intent.ts";

/** The money came: the charge and the payment succeed, and the method is saved if that was asked for. */
export function paymentSucceeds(
  world: World,
  payment: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
): void {
  const charge =
    chargeUnderWay(world, payment) ?? createCharge(world, payment, { method, status: "succeeded" });
  charge.status = "succeeded";
  charge.amount_captured = charge.amount;
  payment.latest_charge = charge.id;
  payment.amount_received = payment.amount;
  payment.status = "succeeded";
  payment.next_action = null;
  payment.processing = null;
  payment.last_payment_error = null;
  payment.payment_method = method.id;
  const customer = idOf(payment.customer);
  if (payment.setup_future_usage !== null && customer !== null) {
    if (method.customer === null) attachPaymentMethod(world, method.id, customer);
    if (payment.setup_future_usage === "off_session") world.store.setUp.add(method.id);
  }
  world.emit("charge.succeeded", charge);
  world.emit("payment_intent.succeeded", payment);
  tellListeners(world, payment, "succeeded");
}

/** The money will come, or not, later. */
export function paymentIsProcessing(
  world: World,
  payment: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
): void {
  const charge = createCharge(world, payment, { method, status: "pending" });
  payment.latest_charge = charge.id;
  payment.payment_method = method.id;
  payment.status = "processing";
  payment.next_action = null;
  world.emit("charge.pending", charge);
  world.emit("payment_intent.processing", payment);
  tellListeners(world, payment, "processing");
}

/** The bank said no: the payment waits for another method. Answers the error that a caller is told. */
export function paymentFails(
  world: World,
  payment: Stripe.PaymentIntent,
  { method, decline }: { method: Stripe.PaymentMethod; decline: Decline },
): StripeProblem {
  const charge =
    chargeUnderWay(world, payment) ?? createCharge(world, payment, { method, status: "failed", decline });
  Object.assign(charge, { status: "failed", paid: false, captured: false });
  charge.failure_code = decline.code;
  charge.failure_message = decline.message;
  payment.latest_charge = charge.id;
  payment.status = "requires_payment_method";
  payment.payment_method = null;
  payment.next_action = null;
  payment.last_payment_error = { ...declineBody(decline), charge: charge.id, payment_method: method };
  world.emit("charge.failed", charge);
  world.emit("payment_intent.payment_failed", payment);
  tellListeners(world, payment, "failed");
  return cardDeclined(decline, {
    charge: charge.id,
    payment_intent: plain(payment),
    payment_method: plain(method),
  });
}

/** The person did not confirm: no charge was tried. */
export function authenticationFails(
  world: World,
  payment: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
): void {
  payment.status = "requires_payment_method";
  payment.payment_method = null;
  payment.next_action = null;
  payment.last_payment_error = {
    type: "card_error",
    code: "payment_intent_authentication_failure",
    message:
      "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
    payment_method: method,
  };
  world.emit("payment_intent.payment_failed", payment);
  tellListeners(world, payment, "failed");
}

/** Whether the money of this method comes later. */
export function isDelayed(world: World, method: Stripe.PaymentMethod): boolean {
  return cardOf(world, method).delayed === true;
}

function chargeUnderWay(world: World, payment: Stripe.PaymentIntent): Stripe.Charge | undefined {
  const charge = world.store.charges.get(idOf(payment.latest_charge) ?? "");
  return charge?.status === "pending" ? charge : undefined;
}
