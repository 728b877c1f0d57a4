import type Stripe from "stripe";
import { newId, randomText } from "../../ids.ts";
import type { World } from "../../world.ts";

/** What a new payment is about. */
export interface PaymentStart {
  amount: number;
  currency: string;
  customer?: string | null | undefined;
  description?: string | null | undefined;
  metadata?: Record<string, string>;
  receiptEmail?: string | null | undefined;
  setupFutureUsage?: string | null | undefined;
  /** The only kinds that are taken, of those that the account takes; all of these when absent. */
  allowed?: string[] | undefined;
  automatic?: { enabled: boolean; allow_redirects?: "always" | "never" } | undefined;
  statementDescriptor?: string | undefined;
}

/** Creates a payment that waits for a payment method, and tells so. */
export function createPaymentIntent(world: World, start: PaymentStart): Stripe.PaymentIntent {
  const id = newId("pi");
  const payment: Stripe.PaymentIntent = {
    id,
    object: "payment_intent",
    allowed_payment_method_types: start.allowed ?? null,
    amount: start.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: { allow_redirects: "always", enabled: true, ...start.automatic },
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic_async",
    client_secret: `${id}_secret_${randomText(25)}`,
    confirmation_method: "automatic",
    created: world.clock.seconds(),
    currency: start.currency,
    customer: start.customer ?? null,
    customer_account: null,
    description: start.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: { ...start.metadata },
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: allowedTypes(world, start.allowed),
    payment_record: null,
    processing: null,
    receipt_email: start.receiptEmail ?? null,
    review: null,
    setup_future_usage: start.setupFutureUsage ?? null,
    shipping: null,
    source: null,
    statement_descriptor: start.statementDescriptor ?? null,
    statement_descriptor_suffix: null,
    status: "requires_payment_method",
    transfer_data: null,
    transfer_group: null,
  };
  world.store.payments.set(id, { returnUrl: null, offSession: false, paymentMethod: null });
  world.store.paymentIntents.add(payment);
  world.emit("payment_intent.created", payment);
  return payment;
}

/** The kinds of payment method that the account takes and the request allows. */
export function allowedTypes(world: World, allowed: readonly string[] | undefined): string[] {
  return world.settings.paymentMethodTypes.filter((type) => allowed === undefined || allowed.includes(type));
}

/** Allows a payment other kinds than before; nothing changes when none are named. */
export function allowTypes(world: World, payment: Stripe.PaymentIntent, allowed: string[] | undefined): void {
  if (allowed === undefined) return;
  payment.allowed_payment_method_types = allowed;
  payment.payment_method_types = allowedTypes(world, allowed);
}

/** Tells other resources, in the order in which they asked, what became of a payment. */
export function tellListeners(
  world: World,
  payment: Stripe.PaymentIntent,
  change: "succeeded" | "failed" | "processing" | "requires_action" | "canceled",
): void {
  for (const listener of world.paymentListeners) listener(world, payment, change);
}
