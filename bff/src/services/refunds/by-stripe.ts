/** Whom the entries are put down to that follow from what Stripe tells. */
export const BY_STRIPE = { actor: { kind: "system", id: "stripe" }, requestId: "stripe" } as const;
