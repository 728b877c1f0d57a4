/** The tabs, in the order in which they stand. */
export const TABS = ["overview", "usage", "grants", "ledger", "billing", "settings"] as const;
export type PortalTab = (typeof TABS)[number];

/** What can be left out: tabs, and what stands in them. */
export type PortalPart =
  | PortalTab
  | "header"
  | "tiles"
  | "alerts"
  | "trend"
  | "expiries"
  | "entries"
  | "plans"
  | "cards"
  | "documents"
  | "auto-top-up"
  | "notifications";
