import type Stripe from "stripe";
import { invalidRequest } from "../../errors.ts";
import { idOf, type World } from "../../world.ts";
import { tellListeners } from "../payment-intents/payment-intent.ts";

/** Closes an open session for good. @throws StripeProblem when it is not open. */
export function expireSession(world: World, session: Stripe.Checkout.Session): Stripe.Checkout.Session {
  if (session.status !== "open") {
    throw invalidRequest(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status ?? "null"}.`,
    );
  }
  session.status = "expired";
  session.url = null;
  cancelPayment(world, session);
  world.emit("checkout.session.expired", session);
  return session;
}

/** Expires every session whose time has come. */
export function expireDue(world: World): void {
  for (const session of world.store.sessions.oldestFirst()) {
    if (session.status === "open" && session.expires_at <= world.clock.seconds())
      expireSession(world, session);
  }
}

function cancelPayment(world: World, session: Stripe.Checkout.Session): void {
  const payment = world.store.paymentIntents.get(idOf(session.payment_intent) ?? "");
  if (payment === undefined || !payment.status.startsWith("requires_")) return;
  payment.status = "canceled";
  payment.canceled_at = world.clock.seconds();
  payment.cancellation_reason = "expired";
  payment.next_action = null;
  world.emit("payment_intent.canceled", payment);
  tellListeners(world, payment, "canceled");
}
