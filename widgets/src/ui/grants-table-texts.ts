type Statuses = "payment_pending" | "scheduled" | "active" | "depleted" | "expired" | "revoked" | "frozen";
type Fields = "createdAt" | "amount" | "remaining" | "effectiveAt" | "expiresAt" | "priority";

/** Every text of the grants table in one language. Amounts, units and dates come in already written in it. */
export interface GrantsTableTexts {
  title: string;
  loading: string;
  columns: Record<Fields | "status" | "source", string>;
  sort: string;
  allStatuses: string;
  statuses: Record<Statuses, string>;
  expiringSoon: string;
  overdue: string;
  category: string;
  allCategories: string;
  categories: Record<"promo" | "recurring" | "paid", string>;
  /** Where credits came from, by kind; what is not here is called by its category. */
  sources: Record<string, string>;
  /** Who granted. */
  actors: Record<"customer" | "host" | "system", string>;
  by(userId: string): string;
  locked: string;
  pay: string;
  receipt: string;
  invoice: string;
  never: string;
  pageSize: string;
  page(number: string): string;
  previous: string;
  next: string;
  export: string;
  exportFailed: string;
  /** What is there now that a person chose something. */
  shown(count: string): string;
  noneMatch: string;
  noneMatchHint: string;
  empty: string;
  emptyHint: string;
  forbidden: string;
  error: string;
}
