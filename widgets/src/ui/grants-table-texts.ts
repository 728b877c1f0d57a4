import type { ListFormTexts, ListTexts } from "../list/list-texts.ts";

type Statuses = "payment_pending" | "scheduled" | "active" | "depleted" | "expired" | "revoked" | "frozen";
type Fields = "createdAt" | "amount" | "remaining" | "effectiveAt" | "expiresAt" | "priority";

/** Every text of the grants table in one language. Amounts, units and dates come in already written in it. */
export interface GrantsTableTexts extends ListTexts {
  columns: Record<Fields | "status" | "source", string>;
  allStatuses: string;
  statuses: Record<Statuses, string>;
  expiringSoon: string;
  overdue: string;
  categories: Record<"promo" | "recurring" | "paid", string>;
  locked: string;
  never: string;
}

/** What the form of filters and groups says. */
export interface GrantsFormTexts extends ListFormTexts {
  category: string;
  allCategories: string;
  /** Who granted. */
  actor: string;
  allActors: string;
  /** What dates are those of. */
  dateField: string;
  groups: Record<"status" | "category" | "source" | "creditType" | "day", string>;
  /** Of a subtotal: how many grants. */
  grants(count: string): string;
}
