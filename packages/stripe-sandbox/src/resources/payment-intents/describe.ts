import type Stripe from "stripe";
import { refuseUncharged } from "../../http/amounts.ts";
import { clearable, mergeMetadata, metadata, text } from "../../http/params.ts";
import { needCustomer, type World } from "../../world.ts";
import { takePaymentMethod } from "../payment-methods/payment-method.ts";
import { unexpected } from "./confirm.ts";

/** What describes a payment, when it is made and later. */
export const describedShape = {
  description: clearable(text).optional(),
  metadata: metadata.optional(),
  statement_descriptor: clearable(text).optional(),
  statement_descriptor_suffix: clearable(text).optional(),
};

/** What Stripe has beyond the doubled parameters. */
export const NOT_DOUBLED = [
  "amount_details",
  "application_fee_amount",
  "capture_method",
  "confirmation_method",
  "confirmation_token",
  "customer_account",
  "excluded_payment_method_types",
  "hooks",
  "mandate",
  "mandate_data",
  "on_behalf_of",
  "payment_details",
  "payment_method_configuration",
  "payment_method_data",
  "payment_method_options",
  "radar_options",
  "shipping",
  "transfer_data",
  "transfer_group",
] as const;

interface PaymentChanges {
  amount?: number | undefined;
  currency?: string | undefined;
  customer?: string | undefined;
  payment_method?: string | undefined;
  description?: string | null | undefined;
  metadata?: Record<string, string> | null | undefined;
  receipt_email?: string | null | undefined;
  setup_future_usage?: string | null | undefined;
  statement_descriptor?: string | null | undefined;
}

/** Changes a payment; what it costs only as long as it is open. @throws StripeProblem when it is not. */
export function updatePayment(
  world: World,
  payment: Stripe.PaymentIntent,
  changes: PaymentChanges,
): Stripe.PaymentIntent {
  const { amount, currency, customer, payment_method, setup_future_usage } = changes;
  const touchesMoney = [amount, currency, customer, payment_method, setup_future_usage].some(
    (value) => value !== undefined,
  );
  if (
    touchesMoney &&
    !["requires_payment_method", "requires_confirmation", "requires_action"].includes(payment.status)
  ) {
    throw unexpected(
      payment,
      `This PaymentIntent's amount could not be updated because it has a status of ${payment.status}. You may only update the amount of a PaymentIntent with one of the following statuses: requires_payment_method, requires_confirmation, requires_action.`,
    );
  }
  if (amount !== undefined) refuseUncharged(amount, currency ?? payment.currency);
  if (customer !== undefined) payment.customer = needCustomer(world, customer).id;
  if (payment_method !== undefined) {
    payment.payment_method = takePaymentMethod(world, payment_method).id;
    payment.status = "requires_confirmation";
  }
  payment.amount = amount ?? payment.amount;
  payment.currency = currency ?? payment.currency;
  if (changes.description !== undefined) payment.description = changes.description;
  if (changes.receipt_email !== undefined) payment.receipt_email = changes.receipt_email;
  if (changes.statement_descriptor !== undefined) payment.statement_descriptor = changes.statement_descriptor;
  if (setup_future_usage !== undefined) payment.setup_future_usage = setup_future_usage;
  payment.metadata = mergeMetadata(payment.metadata, changes.metadata);
  return payment;
}
