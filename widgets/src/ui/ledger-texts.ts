import type { ListFormTexts, ListTexts } from "../list/list-texts.ts";

type Types =
  | ("granted" | "activated" | "consumed" | "reversed" | "expired" | "revoked" | "frozen" | "unfrozen")
  | ("updated" | "hold_placed" | "hold_released" | "overage_repaid");

/** Every text of the ledger in one language. Amounts, units and dates come in already written in it. */
export interface LedgerTexts extends ListTexts {
  columns: Record<"at" | "type" | "source" | "delta" | "endBalance" | "actor", string>;
  allTypes: string;
  types: Record<Types, string>;
  /** Of a grant whose credits do not count yet: scheduled, or waiting for its payment. */
  grantedForLater: string;
  /** The way to the grant of an entry. */
  grant: string;
}

/** What the form of filters and groups says. */
export interface LedgerFormTexts extends ListFormTexts {
  groups: Record<"day" | "type" | "source" | "feature" | "user", string>;
  feature: string;
  allFeatures: string;
  user: string;
  allUsers: string;
  /** That only a grant's entries are shown, and the way back. */
  ofGrant: string;
  allGrants: string;
  /** Of a subtotal: how many entries. */
  entries(count: string): string;
}
