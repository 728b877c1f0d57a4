import type Stripe from "stripe";

/** What a session keeps for the moment in which the person pays. */
export interface CheckoutDetails {
  lineItems: Stripe.LineItem[];
  /** For the payment that will be made. */
  payment: {
    description: string | null;
    metadata: Record<string, string>;
    receiptEmail: string | null;
    setupFutureUsage: string | null;
    statementDescriptor: string | null;
  };
  /** Whether the price includes what automatic tax adds. */
  taxed: boolean;
  /** The discount on the whole session, in the currency's smallest unit. */
  couponId: string | null;
  promotionCodeId: string | null;
}
