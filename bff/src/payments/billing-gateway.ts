import type { PaymentMethod } from "@credits-kit/contract";

/** What the product needs of Stripe about saved cards. */
export interface BillingGateway {
  /** The saved cards of a customer, the default first. @throws GatewayError */
  cards(stripeCustomerId: string): Promise<PaymentMethod[]>;
  /** Charges this card from now on where none is named. @throws GatewayError */
  setDefaultCard(change: CardChange): Promise<void>;
  /** Takes a card away from its customer. @throws GatewayError */
  detachCard(change: CardChange): Promise<void>;
}

export interface CardChange {
  readonly stripeCustomerId: string;
  readonly paymentMethodId: string;
  readonly idempotencyKey: string;
}
