import type { CheckoutView, PaymentView } from "../../payments/gateway.ts";
import { noteStripeObjects } from "../../storage/payments/stripe-objects.ts";
import { storeTopUp, type TopUpRow } from "../../storage/payments/top-ups.ts";
import type { TopUpDeps } from "./payments.ts";

/** An order with the object of Stripe's that its money comes by. */
export type Started =
  | { readonly order: TopUpRow; readonly checkout: CheckoutView }
  | { readonly order: TopUpRow; readonly payment: PaymentView };

/** Notes which checkout is the order's. */
export async function adoptCheckout(
  { database: { writer } }: Pick<TopUpDeps, "database">,
  order: TopUpRow,
  checkout: CheckoutView,
): Promise<TopUpRow> {
  const { customer_id, top_up_id } = order;
  const change = { checkout_session_id: checkout.id, pay_url: checkout.url };
  await storeTopUp(writer, order, change);
  await noteStripeObjects(writer, [{ object_id: checkout.id, customer_id, top_up_id }]);
  return { ...order, ...change };
}

/** Notes which payment is the order's. */
export async function adoptPayment(
  { database: { writer } }: Pick<TopUpDeps, "database">,
  order: TopUpRow,
  payment: PaymentView,
): Promise<TopUpRow> {
  const { customer_id, top_up_id } = order;
  const change = { payment_intent_id: payment.id, pay_url: payment.actionUrl };
  await storeTopUp(writer, order, change);
  await noteStripeObjects(writer, [{ object_id: payment.id, customer_id, top_up_id }]);
  return { ...order, ...change };
}
