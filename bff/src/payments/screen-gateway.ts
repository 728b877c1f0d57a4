import type { PaymentMethod, SavedCard } from "@credits-kit/contract";

/**
 * What pages ask of Stripe. It waits until nothing that is about money does, and is refused as `busy` at once where too much
 * waits: any number of open pages holds up no payment.
 */
export interface ScreenGateway {
  /** The card that is charged unless another is named, as it was some seconds ago at most. @throws GatewayError */
  findCard(stripeCustomerId: string): Promise<SavedCard | null>;
  /** The saved cards of a customer, the default first. @throws GatewayError */
  cards(stripeCustomerId: string): Promise<PaymentMethod[]>;
  /** Whose a card is; null for one that Stripe does not know. @throws GatewayError */
  readCardOwner(paymentMethodId: string): Promise<CardOwner | null>;
  /** A page on which a card is added. @throws GatewayError */
  readCardSetup(id: string): Promise<CardSetupView>;
}

/** A page on which a customer adds a card, with the card once it was added. */
export interface CardSetupView {
  readonly id: string;
  readonly status: "open" | "complete" | "expired";
  readonly url: string | null;
  readonly clientSecret: string | null;
  readonly stripeCustomerId: string | null;
  readonly paymentMethodId: string | null;
}

/** Whose a card is; null of one that was taken from its customer. */
export interface CardOwner {
  readonly stripeCustomerId: string | null;
  /** Null of something that is no card. */
  readonly card: SavedCard | null;
}
