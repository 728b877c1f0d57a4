import type { TopUpFailure, TopUpStatus } from "@credits-kit/contract";
import type { CheckoutView, PaymentView } from "../../payments/gateway.ts";
import type { TopUpRow } from "../../storage/payments/top-ups.ts";

/** What Stripe's object says about an order. */
export type Verdict =
  | {
      readonly kind: "paid";
      /** What the payment is known by for ever: the payment intent, or the session of an order that cost nothing. */
      readonly paymentId: string;
      readonly paidMinor: bigint;
      readonly taxMinor: bigint;
      readonly receiptUrl: string | null;
    }
  | {
      readonly kind: "state";
      readonly status: Exclude<TopUpStatus, "paid" | "void">;
      readonly failure: TopUpFailure | null;
      readonly paymentId: string | null;
    }
  /** Not what was ordered: nothing is granted, a person has to look. */
  | { readonly kind: "mismatch"; readonly paymentId: string | null; readonly detail: string };

/** What an order has to agree with. */
export interface Expected {
  readonly order: TopUpRow;
  /** Our customer whom the object's customer at Stripe was made for; null if that is not known. */
  readonly owner: string | null;
  readonly isLive: boolean;
}

/** Judges an order by its checkout. Only `paid` is paid: a session that is complete may still wait for its money. */
export function judgeCheckout(expected: Expected, checkout: CheckoutView): Verdict {
  const { payment, status, paymentStatus } = checkout;
  const paymentId = payment?.id ?? null;
  const { order } = expected;
  const detail =
    differenceOf(expected, checkout) ??
    (checkout.subtotalMinor === BigInt(order.total_minor)
      ? null
      : `asks for ${checkout.subtotalMinor} instead of ${order.total_minor}`);
  if (detail !== null) return { kind: "mismatch", paymentId, detail };

  if (paymentStatus === "no_payment_required") return judgeFree(checkout);
  if (paymentStatus === "paid") {
    if (payment && payment.receivedMinor < checkout.totalMinor) {
      const short = `received ${payment.receivedMinor} of ${checkout.totalMinor}`;
      return { kind: "mismatch", paymentId, detail: short };
    }
    const { taxMinor, totalMinor } = checkout;
    const receiptUrl = payment?.receiptUrl ?? null;
    return {
      kind: "paid",
      paymentId: paymentId ?? checkout.id,
      paidMinor: totalMinor - taxMinor,
      taxMinor,
      receiptUrl,
    };
  }
  const state = { kind: "state", failure: null, paymentId } as const;
  if (status === "expired") return { ...state, status: "expired" };
  if (status === "open") return { ...state, status: "awaiting_payment" };
  const hasFailed = payment?.status === "requires_payment_method" || payment?.status === "canceled";
  return hasFailed
    ? { ...state, status: "failed", failure: payment.failure ?? NOT_PAID }
    : { ...state, status: "processing" };
}

/** Judges an order by the payment that it is charged with. */
export function judgePayment(expected: Expected, payment: PaymentView): Verdict {
  const { order } = expected;
  const paymentId = payment.id;
  const detail =
    differenceOf(expected, payment) ??
    (payment.amountMinor === BigInt(order.total_minor)
      ? null
      : `asks for ${payment.amountMinor} instead of ${order.total_minor}`);
  if (detail !== null) return { kind: "mismatch", paymentId, detail };

  const state = { kind: "state", failure: null, paymentId } as const;
  switch (payment.status) {
    case "succeeded": {
      const { receivedMinor, receiptUrl } = payment;
      if (receivedMinor < payment.amountMinor)
        return { kind: "mismatch", paymentId, detail: `received ${receivedMinor} of ${payment.amountMinor}` };
      return { kind: "paid", paymentId, paidMinor: receivedMinor, taxMinor: 0n, receiptUrl };
    }
    case "processing":
      return { ...state, status: "processing" };
    case "requires_action":
      return { ...state, status: "action_required" };
    case "requires_confirmation":
    case "requires_capture":
      return { ...state, status: "awaiting_payment" };
    case "requires_payment_method":
      // Nobody was there to confirm: the same payment can still be confirmed by its payer.
      if (order.is_off_session && isAuthenticationMissing(payment.failure))
        return { ...state, status: "action_required" };
      return { ...state, status: "failed", failure: payment.failure ?? NOT_PAID };
    case "canceled":
      return { ...state, status: "failed", failure: payment.failure ?? NOT_PAID };
  }
}

/** Whether a bank declined only because it wants to see the payer. */
export function isAuthenticationMissing(failure: TopUpFailure | null): boolean {
  const missing = "authentication_required";
  return failure?.code === missing || failure?.declineCode === missing;
}

const NOT_PAID: TopUpFailure = {
  code: "payment_failed",
  declineCode: null,
  message: "The payment did not succeed.",
};

/** An order costs nothing only by a discount of all that it costs. */
function judgeFree(checkout: CheckoutView): Verdict {
  const { id, totalMinor, discountMinor, subtotalMinor, status } = checkout;
  if (totalMinor !== 0n || discountMinor !== subtotalMinor)
    return { kind: "mismatch", paymentId: null, detail: "needs no payment although it costs something" };
  if (status !== "complete")
    return { kind: "state", status: "awaiting_payment", failure: null, paymentId: null };
  return { kind: "paid", paymentId: id, paidMinor: 0n, taxMinor: 0n, receiptUrl: null };
}

/** In what an object is not the order's, whatever it costs. */
function differenceOf({ order, owner, isLive }: Expected, object: CheckoutView | PaymentView): string | null {
  if (object.isLive !== isLive)
    return `is of the ${object.isLive ? "live" : "test"} mode, and this deployment is not`;
  if (object.topUpId !== order.top_up_id) return `is for the order ${object.topUpId ?? "of nobody"}`;
  if (object.currency !== order.currency) return `is in ${object.currency} instead of ${order.currency}`;
  if (owner !== order.customer_id)
    return `is of ${object.stripeCustomerId ?? "nobody"}, who is not this customer at Stripe`;
  return null;
}
