import type { SavedCard, TopUpFailure } from "@credits-kit/contract";
import type { BillingGateway } from "./billing-gateway.ts";
import type { InvoiceGateway } from "./invoice-gateway.ts";
import type { OrderAtStripe, OrderMark } from "./order-at-stripe.ts";
import type { ReversalGateway } from "./reversal-gateway.ts";
import type { CardOwner, CardSetupView, ScreenGateway } from "./screen-gateway.ts";

export type { OrderAtStripe, OrderMark } from "./order-at-stripe.ts";
export type { CardOwner, CardSetupView } from "./screen-gateway.ts";

/**
 * What the product needs of Stripe, in its own words. Services know this interface; the one implementation stands in
 * `payments/stripe`. Amounts are minor units, times milliseconds since 1970.
 */
export interface PaymentGateway extends ReversalGateway, InvoiceGateway, BillingGateway {
  readonly mode: "test" | "live";
  /** What browsers use; null where none is configured. */
  readonly publishableKey: string | null;

  /** @throws GatewayError */
  createCustomer(customer: NewStripeCustomer): Promise<string>;
  /** The customer that was made for ours at or after a moment, if there is one. @throws GatewayError */
  findCustomer(customerId: string, sinceMs: number): Promise<string | null>;
  /** The card that is charged unless another is named. @throws GatewayError */
  findCard(stripeCustomerId: string): Promise<SavedCard | null>;

  /** @throws GatewayError */
  createCheckout(checkout: NewCheckout): Promise<CheckoutView>;
  /** @throws GatewayError */
  readCheckout(id: string): Promise<CheckoutView>;
  /** Closes a checkout that is open; whatever it has become is told. @throws GatewayError */
  expireCheckout(id: string): Promise<CheckoutView>;
  /** The checkout that was made for an order at or after a moment, if there is one. @throws GatewayError */
  findCheckout(order: OrderAtStripe): Promise<CheckoutView | null>;

  /** The order that a checkout names, whosever it is; null if it names none. @throws GatewayError */
  orderOfCheckout(id: string): Promise<string | null>;
  /** The checkout that a payment was made in; null for one that was made without. @throws GatewayError */
  checkoutOfPayment(paymentId: string): Promise<CheckoutView | null>;

  /** A declined card is an answer, not an error: the payment tells it. @throws GatewayError */
  charge(charge: NewCharge): Promise<PaymentView>;
  /** @throws GatewayError */
  readPayment(id: string): Promise<PaymentView>;
  /** Gives up a payment that has not succeeded; whatever it has become is told. @throws GatewayError */
  cancelPayment(id: string): Promise<PaymentView>;
  /** The payment that was made for an order at or after a moment, if there is one. @throws GatewayError */
  findPayment(order: OrderAtStripe): Promise<PaymentView | null>;
  /** The payments since a moment that name an order, the newest first. @throws GatewayError */
  payments(sinceMs: number): AsyncIterable<ListedPayment>;

  /** Opens a page on which a card is added that may be charged when nobody is there. @throws GatewayError */
  createCardSetup(setup: NewCardSetup): Promise<CardSetupView>;
  /** @throws GatewayError */
  readCardSetup(id: string): Promise<CardSetupView>;
  /** Whose a card is; null for one that Stripe does not know. @throws GatewayError */
  readCardOwner(paymentMethodId: string): Promise<CardOwner | null>;
  /** Asks for a payment again, its payer being there. A decline is an answer, not an error. @throws GatewayError */
  confirmPayment(confirmation: NewConfirmation): Promise<PaymentView>;

  /** What pages ask, behind all that is about money. */
  readonly forScreens: ScreenGateway;
  /** Something about the cards of a customer at Stripe has changed; null if it is not known whose. */
  cardsChanged(stripeCustomerId: string | null): void;

  /** What a webhook tells, if it is signed by Stripe for us; null otherwise. @param body the bytes as they came */
  readEvent(body: Buffer, signature: string): InboundEvent | null;
  /** How far Stripe's clock is ahead of ours, by its last answer; null before the first one. */
  aheadMs(): number | null;
}

export interface NewStripeCustomer {
  readonly customerId: string;
  readonly name: string | null;
  readonly email: string | null;
  /** Sent again unchanged on every retry. */
  readonly idempotencyKey: string;
}

export interface NewCheckout extends OrderMark {
  readonly stripeCustomerId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** What the buyer reads, such as `1,000 AI Tokens`. */
  readonly title: string;
  readonly uiMode: "hosted" | "embedded";
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly expiresAtMs: number;
  readonly savesCard: boolean;
  readonly promotionCodes: boolean;
  readonly automaticTax: boolean;
  readonly idempotencyKey: string;
}

export interface NewCharge extends OrderMark {
  readonly stripeCustomerId: string;
  readonly paymentMethodId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly title: string;
  /** Whether nobody is there to confirm. */
  readonly isOffSession: boolean;
  /** Where the bank's page leads back to. */
  readonly returnUrl: string;
  readonly idempotencyKey: string;
}

/** A page on which a customer adds a card. */
export interface NewCardSetup {
  readonly customerId: string;
  readonly stripeCustomerId: string;
  readonly uiMode: "hosted" | "embedded";
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly expiresAtMs: number;
  readonly idempotencyKey: string;
}

export interface NewConfirmation {
  readonly paymentId: string;
  readonly paymentMethodId: string;
  /** Where the bank's page leads back to. */
  readonly returnUrl: string;
  readonly idempotencyKey: string;
}

export type PaymentStatus =
  | "requires_payment_method"
  | "requires_confirmation"
  | "requires_action"
  /** Of payments that this product never makes. */
  | "requires_capture"
  | "processing"
  | "succeeded"
  | "canceled";

/** A payment intent. */
export interface PaymentView {
  readonly id: string;
  readonly status: PaymentStatus;
  readonly amountMinor: bigint;
  readonly receivedMinor: bigint;
  readonly currency: string;
  readonly stripeCustomerId: string | null;
  readonly isLive: boolean;
  /** Our order and customer, as its metadata say. */
  readonly topUpId: string | null;
  readonly customerId: string | null;
  readonly failure: TopUpFailure | null;
  readonly clientSecret: string | null;
  /** The bank's page, where the buyer has to confirm. */
  readonly actionUrl: string | null;
  readonly receiptUrl: string | null;
  readonly createdAtMs: number;
}

/** A payment of a list, in which one that cannot be read does not stand in the way of the others. */
export interface ListedPayment {
  readonly id: string;
  readonly topUpId: string;
  /** @throws ZodError for one that is not as Stripe describes payments */
  read(): PaymentView;
}

/** A checkout session. */
export interface CheckoutView {
  readonly id: string;
  readonly status: "open" | "complete" | "expired";
  readonly paymentStatus: "paid" | "unpaid" | "no_payment_required";
  readonly url: string | null;
  readonly clientSecret: string | null;
  readonly subtotalMinor: bigint;
  /** After discounts, with tax. */
  readonly totalMinor: bigint;
  readonly discountMinor: bigint;
  readonly taxMinor: bigint;
  readonly currency: string;
  readonly stripeCustomerId: string | null;
  readonly isLive: boolean;
  readonly topUpId: string | null;
  readonly expiresAtMs: number;
  readonly payment: PaymentView | null;
}

/** What Stripe tells: a hint that something happened to an object, which is then read again. */
export interface InboundEvent {
  readonly id: string;
  readonly type: string;
  readonly objectId: string | null;
  readonly isLive: boolean;
  readonly apiVersion: string | null;
  /** Set where the event is of a connected account. */
  readonly account: string | null;
  readonly happenedAtMs: number;
}

/**
 * Why Stripe did not do it. `unknown`: it may have (no answer, or a fault of Stripe's); `busy`: not now; `missing`: the
 * object is not there; `refused`: what was asked for is not possible, and the message says why, safe for people.
 */
export class GatewayError extends Error {
  readonly kind: "unknown" | "busy" | "missing" | "refused";
  /** Stripe's own code, such as `amount_too_small`, and the parameter that it is about. */
  readonly code: string | null;
  readonly param: string | null;

  constructor(
    kind: GatewayError["kind"],
    message: string,
    options: { code?: string | null; param?: string | null; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "GatewayError";
    this.kind = kind;
    this.code = options.code ?? null;
    this.param = options.param ?? null;
  }
}
