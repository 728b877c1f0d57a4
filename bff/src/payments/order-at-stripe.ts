/** What an order says of itself at Stripe, so that whatever happens to its payment leads back to it. */
export interface OrderMark {
  readonly topUpId: string;
  readonly customerId: string;
}

/** An order that is looked for at Stripe. */
export interface OrderAtStripe {
  readonly topUpId: string;
  readonly stripeCustomerId: string;
  readonly sinceMs: number;
}
