/** Tells open streams that something of a customer changed. Tells nothing about what: readers read it themselves. */
export interface LiveHub {
  /** A pool of the customer changed, and the change is committed. */
  poolsChanged(customerId: string): void;
  /** Something without a ledger entry changed: names, thresholds, plans. */
  catalogueChanged(): void;
}
