import type { GrantsQuery, WidgetGrant, WidgetGrants } from "@credits-kit/client/widget";
import type { FeedState } from "../feed/feed-state.ts";

/** Everything the element can show. */
export type CreditsGrantsTableState = FeedState<WidgetGrants>;

export type GrantStatus = WidgetGrant["status"];
export type GrantActor = (typeof ACTORS)[number];
/** What the dates that a list is limited to are those of. */
export type GrantDate = "createdAt" | "effectiveAt" | "expiresAt";
export type GrantGrouping = "status" | "category" | "source" | "creditType" | "day";
export type GrantCategory = WidgetGrant["category"];
/** By what grants are sorted; a minus sign turns the order round. */
export type GrantOrder = NonNullable<GrantsQuery["sort"]>;

export const STATUSES = [
  "active",
  "scheduled",
  "payment_pending",
  "frozen",
  "depleted",
  "expired",
  "revoked",
] as const satisfies readonly GrantStatus[];
export const CATEGORIES = ["paid", "recurring", "promo"] as const satisfies readonly GrantCategory[];
export const ACTORS = ["customer", "host", "system"] as const;
/** What the list is sorted by where nobody says: the newest first. */
export const DEFAULT_ORDER: GrantOrder = "-createdAt";
/** The first of each pair is the way round that people mean at first. */
export const ORDERS: readonly GrantOrder[] = [
  ...(["-createdAt", "createdAt", "-amount", "amount", "-remaining", "remaining"] as const),
  ...(["-effectiveAt", "effectiveAt", "expiresAt", "-expiresAt", "priority", "-priority"] as const),
];

/** What an order sorts by, without its direction. */
export type OrderField = Exclude<GrantOrder, `-${string}`>;
