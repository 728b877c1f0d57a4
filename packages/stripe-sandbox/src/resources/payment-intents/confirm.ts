import type Stripe from "stripe";
import { AUTHENTICATION_REQUIRED, type TestCard } from "../../cards/card.ts";
import { invalidRequest, type StripeProblem } from "../../errors.ts";
import { idOf, type World } from "../../world.ts";
import { cardOf, takePaymentMethod } from "../payment-methods/payment-method.ts";
import { tellListeners } from "./payment-intent.ts";
import {
  authenticationFails,
  isDelayed,
  paymentFails,
  paymentIsProcessing,
  paymentSucceeds,
} from "./settle.ts";

/** How a payment is confirmed. */
export interface Confirmation {
  /** The id of a payment method or a test token; the one of before when absent. */
  paymentMethod?: string | undefined;
  /** The person is not there. */
  offSession?: boolean;
  returnUrl?: string | null | undefined;
  /** Refuse instead of asking the person. */
  errorOnRequiresAction?: boolean;
}

/** Tries to take the money. @throws StripeProblem when the bank declines it or the payment is past that. */
export function confirmPayment(
  world: World,
  payment: Stripe.PaymentIntent,
  confirmation: Confirmation,
): void {
  refuseUnlessOpen(payment);
  const named = confirmation.paymentMethod ?? idOf(payment.payment_method);
  if (named === null) {
    throw unexpected(
      payment,
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
    );
  }
  const method = takePaymentMethod(world, named);
  refuseForeign(payment, method);
  const { offSession = false, returnUrl = null, errorOnRequiresAction = false } = confirmation;
  world.store.payments.set(payment.id, { offSession, returnUrl, paymentMethod: method.id });
  const card = cardOf(world, method);
  payment.payment_method = method.id;
  if (card.authentication !== undefined) {
    const setUp = card.authentication !== "always" && world.store.setUp.has(method.id);
    if (offSession && !setUp)
      throw paymentFails(world, payment, { method, decline: AUTHENTICATION_REQUIRED });
    if (!offSession && errorOnRequiresAction) {
      throw paymentFails(world, payment, { method, decline: AUTHENTICATION_REQUIRED });
    }
    if (!offSession) return askPerson(world, payment, returnUrl);
  }
  take(world, payment, { method, card });
}

/** The person confirmed, or refused, what the bank asked. @throws StripeProblem when the bank then declines. */
export function completeAuthentication(
  world: World,
  payment: Stripe.PaymentIntent,
  confirmed: boolean,
): void {
  if (payment.status !== "requires_action")
    throw unexpected(payment, "This PaymentIntent awaits no confirmation by a person.");
  const method = takePaymentMethod(world, idOf(payment.payment_method) ?? "");
  if (!confirmed) return authenticationFails(world, payment, method);
  take(world, payment, { method, card: cardOf(world, method) });
}

function take(
  world: World,
  payment: Stripe.PaymentIntent,
  { method, card }: { method: Stripe.PaymentMethod; card: TestCard },
): void {
  if (card.decline) throw paymentFails(world, payment, { method, decline: card.decline });
  if (isDelayed(world, method)) paymentIsProcessing(world, payment, method);
  else paymentSucceeds(world, payment, method);
}

function askPerson(world: World, payment: Stripe.PaymentIntent, returnUrl: string | null): void {
  payment.status = "requires_action";
  payment.next_action = {
    type: "redirect_to_url",
    redirect_to_url: {
      return_url: returnUrl,
      url: `${world.url()}/3ds/${payment.id}?client_secret=${payment.client_secret ?? ""}`,
    },
  };
  world.emit("payment_intent.requires_action", payment);
  tellListeners(world, payment, "requires_action");
}

function refuseUnlessOpen(payment: Stripe.PaymentIntent): void {
  if (payment.status === "succeeded") {
    throw unexpected(
      payment,
      "You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.",
    );
  }
  if (!["requires_payment_method", "requires_confirmation", "requires_action"].includes(payment.status)) {
    throw unexpected(
      payment,
      `This PaymentIntent's payment_method could not be updated because it has a status of ${payment.status}.`,
    );
  }
}

function refuseForeign(payment: Stripe.PaymentIntent, method: Stripe.PaymentMethod): void {
  if (!payment.payment_method_types.includes(method.type)) {
    throw invalidRequest(
      `The PaymentMethod provided (${method.type}) is not allowed for this PaymentIntent. The allowed types are: ${payment.payment_method_types.join(", ")}.`,
      { param: "payment_method" },
    );
  }
  const owner = idOf(method.customer);
  if (owner !== null && owner !== idOf(payment.customer)) {
    throw invalidRequest(
      `The provided PaymentMethod cannot be attached. To reuse a PaymentMethod, you must attach it to a Customer first: ${method.id} belongs to another customer.`,
      { code: "payment_method_unexpected_state", param: "payment_method" },
    );
  }
}

/** A payment that is past what is asked. */
export function unexpected(payment: Stripe.PaymentIntent, message: string): StripeProblem {
  const problem = invalidRequest(message, { code: "payment_intent_unexpected_state" });
  problem.body.payment_intent = payment;
  return problem;
}
