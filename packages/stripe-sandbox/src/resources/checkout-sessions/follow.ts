import type Stripe from "stripe";
import { idOf, type PaymentListener, type SetupListener, type World } from "../../world.ts";
import { countRedemption } from "./discount.ts";

/** Completes the session of a payment once that is paid, or on its way. */
export const checkoutFollowsPayment: PaymentListener = (world, payment, change) => {
  const session = world.store.sessions.newestFirst().find((other) => other.payment_intent === payment.id);
  if (session === undefined) return;
  if (session.status === "open" && (change === "succeeded" || change === "processing")) {
    const method = world.store.paymentMethods.get(idOf(payment.payment_method) ?? "");
    if (method && session.saved_payment_method_options?.payment_method_save === "enabled") {
      method.allow_redisplay = method.customer === null ? "unspecified" : "always";
    } else if (method && payment.setup_future_usage !== null) method.allow_redisplay = "limited";
    completeSession(world, session, change === "succeeded" ? "paid" : "unpaid");
    return;
  }
  if (session.status !== "complete" || session.payment_status !== "unpaid") return;
  if (change === "succeeded") {
    session.payment_status = "paid";
    world.emit("checkout.session.async_payment_succeeded", session);
  }
  if (change === "failed") world.emit("checkout.session.async_payment_failed", session);
};

/** Completes the session of a setup once the card is saved. */
export const checkoutFollowsSetup: SetupListener = (world, setup) => {
  const session = world.store.sessions.newestFirst().find((other) => other.setup_intent === setup.id);
  if (session?.status === "open") completeSession(world, session, "no_payment_required");
};

/** The person is done with the session. */
export function completeSession(
  world: World,
  session: Stripe.Checkout.Session,
  paymentStatus: "paid" | "unpaid" | "no_payment_required",
): void {
  session.status = "complete";
  session.payment_status = paymentStatus;
  session.url = null;
  if (session.consent_collection?.terms_of_service === "required") {
    session.consent = { promotions: null, terms_of_service: "accepted" };
  }
  countRedemption(world, session);
  world.emit("checkout.session.completed", session);
}
