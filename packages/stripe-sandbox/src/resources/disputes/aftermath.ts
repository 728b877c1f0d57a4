import { newId } from "../../ids.ts";
import type Stripe from "stripe";
import { idOf, type PaymentListener, type World } from "../../world.ts";
import { openDispute } from "./dispute.ts";

/** What the test cards promise for after the payment: a dispute, or a warning of fraud. */
export const aftermathFollowsPayment: PaymentListener = (world, payment, change) => {
  if (change !== "succeeded") return;
  const card = world.store.cards.get(idOf(payment.payment_method) ?? "");
  const charge = world.store.charges.get(idOf(payment.latest_charge) ?? "");
  if (charge === undefined) return;
  if (card?.aftermath === "dispute") openDispute(world, charge);
  if (card?.aftermath === "early_fraud_warning") warnOfFraud(world, charge);
};

/** The issuer suspects fraud. */
export function warnOfFraud(world: World, charge: Stripe.Charge): Stripe.Radar.EarlyFraudWarning {
  const payment = idOf(charge.payment_intent);
  const warning = world.store.earlyFraudWarnings.add({
    id: newId("issfr"),
    object: "radar.early_fraud_warning",
    actionable: !charge.refunded && !charge.disputed,
    charge: charge.id,
    created: world.clock.seconds(),
    fraud_type: "made_with_stolen_card",
    livemode: false,
    ...(payment !== null && { payment_intent: payment }),
  });
  world.emit("radar.early_fraud_warning.created", warning);
  return warning;
}
