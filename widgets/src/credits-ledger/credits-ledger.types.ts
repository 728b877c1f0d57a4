import type { LedgerFilters, LedgerGrouping, WidgetLedger } from "@credits-kit/client/widget";
import type { FeedState } from "../feed/feed-state.ts";

/** Everything the element can show. */
export type CreditsLedgerState = FeedState<WidgetLedger>;

export type EntryType = NonNullable<LedgerFilters["type"]>;

export const TYPES = [
  ...(["granted", "activated", "consumed", "reversed", "expired", "revoked", "frozen"] as const),
  ...(["unfrozen", "updated", "hold_placed", "hold_released", "overage_repaid"] as const),
] as const satisfies readonly EntryType[];
export const GROUPINGS = [
  "day",
  "type",
  "source",
  "feature",
  "user",
] as const satisfies readonly LedgerGrouping[];
