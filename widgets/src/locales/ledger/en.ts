import type { LedgerTexts } from "../../ui/ledger-texts.ts";
import { english as common } from "../list/en.ts";

export const english: LedgerTexts = {
  ...common,
  title: "Ledger",
  loading: "Loading your ledger",
  columns: {
    at: "Time",
    type: "Entry",
    source: "Source",
    delta: "Change",
    endBalance: "Balance",
    actor: "By",
  },
  sources: {
    ...common.sources,
    api: common.actors.host,
    event: "Usage",
    consume: "Usage",
    hold: "Hold",
    grant: "Grant",
  },
  allTypes: "All entries",
  types: {
    granted: "Granted",
    activated: "Activated",
    consumed: "Used",
    reversed: "Taken back",
    expired: "Expired",
    revoked: "Withdrawn",
    frozen: "Frozen",
    unfrozen: "Unfrozen",
    updated: "Changed",
    hold_placed: "Held",
    hold_released: "Hold released",
    overage_repaid: "Overage repaid",
  },
  grant: "Grant",
  shown: (count) => `Entries shown: ${count}`,
  noneMatch: "No entries match",
  forbidden: "You do not have access to this ledger",
  error: "Your ledger could not be loaded",
};
