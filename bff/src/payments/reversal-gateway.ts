/** What the product needs of Stripe about money that goes back. */
export interface ReversalGateway {
  /** @throws GatewayError */
  readRefund(id: string): Promise<ReversalView>;
  /** @throws GatewayError */
  readDispute(id: string): Promise<ReversalView>;
  /** All refunds and disputes of a payment. @throws GatewayError */
  reversalsOf(paymentId: string): Promise<ReversalView[]>;
  /** The payments that refunds and disputes since a moment are of, whosever they are. @throws GatewayError */
  reversedPayments(sinceMs: number): AsyncIterable<string>;
  /** The payment that a charge belongs to; null for a charge without one. @throws GatewayError */
  paymentOfCharge(chargeId: string): Promise<string | null>;
  /** What the issuer of a card suspects. @throws GatewayError */
  readFraudWarning(id: string): Promise<FraudWarningView>;
}

export type RefundStatus = "pending" | "requires_action" | "succeeded" | "failed" | "canceled";
export type DisputeStatus =
  | "warning_needs_response"
  | "warning_under_review"
  | "warning_closed"
  | "needs_response"
  | "under_review"
  | "won"
  | "lost"
  | "prevented";

/** A refund or a dispute. */
export type ReversalView = {
  readonly id: string;
  readonly paymentId: string | null;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly reason: string | null;
  readonly happenedAtMs: number;
} & (
  | { readonly kind: "refund"; readonly status: RefundStatus }
  | { readonly kind: "dispute"; readonly status: DisputeStatus }
);

/** An early fraud warning. */
export interface FraudWarningView {
  readonly id: string;
  readonly paymentId: string | null;
  readonly chargeId: string;
  readonly fraudType: string;
}
