import type { BalanceHistoryTexts } from "../../ui/balance-history-texts.ts";

export const english: BalanceHistoryTexts = {
  title: (pool) => `${pool}: latest entries`,
  loading: "Loading the latest entries",
  empty: "No entries yet",
  error: "The latest entries could not be loaded",
  forbidden: "You do not have access to these entries",
  balance: (amount) => `Balance ${amount}`,
  all: "All entries",
  types: {
    granted: "Credits received",
    activated: "Credits activated",
    consumed: "Used",
    reversed: "Given back",
    expired: "Expired",
    revoked: "Withdrawn",
    frozen: "Frozen",
    unfrozen: "Available again",
    updated: "Changed",
    hold_placed: "Set aside",
    hold_released: "No longer set aside",
    overage_repaid: "Overage settled",
  },
  grantedForLater: "Credits for later",
  sources: {
    top_up: "Top-up",
    auto_top_up: "Auto top-up",
    invoice: "Invoice",
    plan: "Plan",
    rollover: "Rollover",
  },
};
