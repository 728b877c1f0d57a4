import type Stripe from "stripe";
import type { TestCard } from "../cards/card.ts";
import type { CheckoutDetails } from "../resources/checkout-sessions/details.ts";
import { Collection } from "./collection.ts";

/** What Stripe knows of a payment but does not show on the PaymentIntent. */
export interface PaymentDetails {
  returnUrl: string | null;
  offSession: boolean;
  /** Set while a payment is with the bank, or waits for the person: the method that will be charged. */
  paymentMethod: string | null;
}

/** All that the sandbox remembers, in memory. */
export interface Store {
  readonly customers: Collection<Stripe.Customer | Stripe.DeletedCustomer>;
  readonly paymentMethods: Collection<Stripe.PaymentMethod>;
  readonly paymentIntents: Collection<Stripe.PaymentIntent>;
  readonly setupIntents: Collection<Stripe.SetupIntent>;
  readonly charges: Collection<Stripe.Charge>;
  readonly refunds: Collection<Stripe.Refund>;
  readonly disputes: Collection<Stripe.Dispute>;
  readonly sessions: Collection<Stripe.Checkout.Session>;
  readonly coupons: Collection<Stripe.Coupon | Stripe.DeletedCoupon>;
  readonly promotionCodes: Collection<Stripe.PromotionCode>;
  readonly invoices: Collection<Stripe.Invoice | Stripe.DeletedInvoice>;
  readonly invoiceItems: Collection<Stripe.InvoiceItem | Stripe.DeletedInvoiceItem>;
  readonly invoicePayments: Collection<Stripe.InvoicePayment>;
  readonly earlyFraudWarnings: Collection<Stripe.Radar.EarlyFraudWarning>;
  readonly events: Collection<Stripe.EventBase>;

  /** The test card behind each payment method. */
  readonly cards: Map<string, TestCard>;
  /** Payment methods that were authenticated for later payments without the person. */
  readonly setUp: Set<string>;
  readonly payments: Map<string, PaymentDetails>;
  readonly checkouts: Map<string, CheckoutDetails>;
}

/** An empty store. */
export function createStore(): Store {
  return {
    customers: new Collection("customer"),
    paymentMethods: new Collection("PaymentMethod"),
    paymentIntents: new Collection("payment_intent"),
    setupIntents: new Collection("setupintent"),
    charges: new Collection("charge"),
    refunds: new Collection("refund"),
    disputes: new Collection("dispute"),
    sessions: new Collection("checkout.session"),
    coupons: new Collection("coupon"),
    promotionCodes: new Collection("promotion code"),
    invoices: new Collection("invoice"),
    invoiceItems: new Collection("invoiceitem"),
    invoicePayments: new Collection("invoice_payment"),
    earlyFraudWarnings: new Collection("early_fraud_warning"),
    events: new Collection("event"),
    cards: new Map(),
    setUp: new Set(),
    payments: new Map(),
    checkouts: new Map(),
  };
}

/** The object of any kind with this id, for expansion. */
export function findAnything(store: Store, id: string): { id: string } | undefined {
  for (const collection of Object.values(store)) {
    const found: unknown = collection instanceof Collection ? collection.get(id) : undefined;
    if (hasId(found)) return found;
  }
  return undefined;
}

function hasId(value: unknown): value is { id: string } {
  return typeof value === "object" && value !== null && "id" in value;
}
