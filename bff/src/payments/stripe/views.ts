import { z } from "zod";
import type { CheckoutView, InboundEvent, PaymentView } from "../gateway.ts";

// What Stripe sends is read by these alone: fields that are not named here reach nobody, and an object that lacks one
// that is named is an error rather than a wrong amount.

const reference = z
  .union([z.string(), z.looseObject({ id: z.string() })])
  .transform((value) => (typeof value === "string" ? value : value.id))
  .nullish()
  .transform((value) => value ?? null);
const minor = z.int().transform(BigInt);
const marks = z
  .record(z.string(), z.string())
  .nullish()
  .transform((values) => ({
    topUpId: values?.[TOP_UP_MARK] ?? null,
    customerId: values?.[CUSTOMER_MARK] ?? null,
  }));
const seconds = z.number().transform((value) => value * 1000);
const text = z
  .string()
  .max(5000)
  .nullish()
  .transform((value) => value ?? null);

/** The keys under which objects of Stripe name what they are for. */
export const TOP_UP_MARK = "credits_kit_top_up";
export const CUSTOMER_MARK = "credits_kit_customer";

const failure = z
  .looseObject({ type: text, code: text, decline_code: text, message: text })
  .nullish()
  .transform((error) =>
    error
      ? {
          code: error.code ?? "payment_failed",
          declineCode: error.decline_code,
          // Of a card it is in words for its owner; else for whoever runs the account.
          message: (error.type === "card_error" ? error.message : null) ?? "The payment did not succeed.",
        }
      : null,
  );

const paymentIntent = z
  .looseObject({
    id: z.string(),
    status: z.enum([
      "requires_payment_method",
      "requires_confirmation",
      "requires_action",
      "requires_capture",
      "processing",
      "succeeded",
      "canceled",
    ]),
    amount: minor,
    amount_received: minor.optional(),
    currency: z.string(),
    customer: reference,
    livemode: z.boolean(),
    metadata: marks,
    last_payment_error: failure,
    client_secret: text,
    next_action: z.looseObject({ redirect_to_url: z.looseObject({ url: text }).nullish() }).nullish(),
    latest_charge: z
      .union([z.string(), z.looseObject({ receipt_url: text })])
      .nullish()
      .transform((charge) => (typeof charge === "object" ? (charge?.receipt_url ?? null) : null)),
    created: seconds,
  })
  .transform((intent): PaymentView => ({
    id: intent.id,
    status: intent.status,
    amountMinor: intent.amount,
    receivedMinor: intent.amount_received ?? 0n,
    currency: intent.currency,
    stripeCustomerId: intent.customer,
    isLive: intent.livemode,
    ...intent.metadata,
    failure: intent.last_payment_error,
    clientSecret: intent.client_secret,
    actionUrl: intent.next_action?.redirect_to_url?.url ?? null,
    receiptUrl: intent.latest_charge,
    createdAtMs: intent.created,
  }));

const checkoutSession = z
  .looseObject({
    id: z.string(),
    status: z.enum(["open", "complete", "expired"]),
    payment_status: z.enum(["paid", "unpaid", "no_payment_required"]),
    url: text,
    client_secret: text,
    amount_subtotal: minor,
    amount_total: minor,
    total_details: z.looseObject({ amount_discount: minor, amount_tax: minor }).nullish(),
    currency: z.string(),
    customer: reference,
    livemode: z.boolean(),
    client_reference_id: text,
    metadata: marks,
    expires_at: seconds,
    payment_intent: z
      .union([z.string(), paymentIntent])
      .nullish()
      .transform((intent) => (typeof intent === "object" ? intent : null)),
  })
  .transform((session): CheckoutView => ({
    id: session.id,
    status: session.status,
    paymentStatus: session.payment_status,
    url: session.url,
    clientSecret: session.client_secret,
    subtotalMinor: session.amount_subtotal,
    totalMinor: session.amount_total,
    discountMinor: session.total_details?.amount_discount ?? 0n,
    taxMinor: session.total_details?.amount_tax ?? 0n,
    currency: session.currency,
    stripeCustomerId: session.customer,
    isLive: session.livemode,
    // Both must name the order: one that only one of them names was meddled with.
    topUpId: session.client_reference_id === session.metadata.topUpId ? session.metadata.topUpId : null,
    expiresAtMs: session.expires_at,
    payment: session.payment_intent ?? null,
  }));

const event = z
  .looseObject({
    id: z.string().max(255),
    type: z.string().max(255),
    livemode: z.boolean(),
    api_version: text,
    account: text.optional(),
    created: seconds,
    data: z.looseObject({ object: z.looseObject({ id: z.string().max(255).optional() }) }),
  })
  .transform((told): InboundEvent => ({
    id: told.id,
    type: told.type,
    objectId: told.data.object.id ?? null,
    isLive: told.livemode,
    apiVersion: told.api_version,
    account: told.account ?? null,
    happenedAtMs: told.created,
  }));

/** @throws ZodError for something that is no payment intent */
export function viewPayment(object: unknown): PaymentView {
  return paymentIntent.parse(object);
}

const marked = z.looseObject({ metadata: marks });

/** The order that an object of Stripe's names, whatever else it is: most objects of an account may be another product's. */
export function orderNamedBy(object: unknown): string | null {
  return marked.safeParse(object).data?.metadata.topUpId ?? null;
}

/** @throws ZodError for something that is no checkout session */
export function viewCheckout(object: unknown): CheckoutView {
  return checkoutSession.parse(object);
}

/** Null for something that is no event. */
export function viewEvent(object: unknown): InboundEvent | null {
  return event.safeParse(object).data ?? null;
}
