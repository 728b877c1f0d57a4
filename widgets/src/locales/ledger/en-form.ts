import type { LedgerFormTexts } from "../../ui/ledger-texts.ts";
import { english as common } from "../list/en-form.ts";

export const english: LedgerFormTexts = {
  ...common,
  groups: { day: "Day", type: "Entry", source: "Source", feature: "Feature", user: "User" },
  feature: "Feature",
  allFeatures: "All features",
  user: "User",
  allUsers: "All users",
  ofGrant: "One grant",
  allGrants: "All grants",
  entries: (count) => `Entries: ${count}`,
};
