import { findStripeCustomer } from "../../storage/payments/stripe-customers.ts";
import type { TopUpRow } from "../../storage/payments/top-ups.ts";
import { adoptCheckout, adoptPayment, type Started } from "./adopt.ts";
import { gatewayOf, type TopUpDeps } from "./payments.ts";

/**
 * The object of Stripe's that an order's money comes by: by its id, or, where the answer that told it was lost, by the
 * order that it names. Null when Stripe has none.
 * @throws GatewayError
 */
export async function findAtStripe(deps: TopUpDeps, order: TopUpRow): Promise<Started | null> {
  const payments = gatewayOf(deps);
  const { checkout_session_id: sessionId, payment_intent_id: paymentId } = order;
  if (sessionId !== null) return { order, checkout: await payments.readCheckout(sessionId) };
  if (order.method === "charge" && paymentId !== null)
    return { order, payment: await payments.readPayment(paymentId) };

  if (order.called_at === null) return null;
  const row = await findStripeCustomer(deps.database.writer, order.customer_id);
  if (!row?.stripe_customer_id) return null;
  const { top_up_id: topUpId, called_at: calledAt } = order;
  const asked = { topUpId, stripeCustomerId: row.stripe_customer_id, sinceMs: calledAt.getTime() };
  if (order.method === "charge") {
    const payment = await payments.findPayment(asked);
    return payment && { order: await adoptPayment(deps, order, payment), payment };
  }
  const checkout = await payments.findCheckout(asked);
  return checkout && { order: await adoptCheckout(deps, order, checkout), checkout };
}
