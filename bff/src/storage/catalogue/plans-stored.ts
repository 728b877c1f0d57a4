/** What `plan_versions.top_up` holds: amounts as decimal strings. */
export interface StoredTopUp {
  prices: { amount: string; currency: string }[];
  min: string | null;
  max: string | null;
  packages: { credits: string; price: { amountMinor: number; currency: string }; label: string | null }[];
  /** Absent from versions that were made before there were any. */
  tiers?: { upTo: string | null; amount: string; currency: string }[];
  grantExpiresAfter?: string | null;
}

/** What `plan_versions.rates` holds: what a unit of the feature costs, said in one of three ways. */
export type StoredRate = { featureId: string } & (
  | { creditsPerUnit: string }
  | { tiers: { upTo: string | null; creditsPerUnit: string }[] }
  | { formula: string }
);

/** What `plan_versions.included` holds: amounts as decimal strings. */
export interface StoredIncluded {
  credits: string;
  every: "month" | "year";
  rollover: "none" | "all" | { upTo: string };
  priority: number;
  costBasis: { amount: string; currency: string } | null;
  perSeat: boolean;
}
