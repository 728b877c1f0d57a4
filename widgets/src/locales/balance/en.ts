import type { BalanceTexts } from "../../ui/translation.ts";

export const english: BalanceTexts = {
  available: (unit) => `${unit} available`,
  pending: (amount) => `+${amount} on the way`,
  scheduled: (amount) => `${amount} scheduled`,
  used: (share) => `${share} used`,
  usedOf: (used, total, share) => `${used} of ${total} used · ${share}`,
  expires: (amount, when, plural) => `${amount} ${plural === "one" ? "expires" : "expire"} ${when}`,
  refreshes: (when) => `Refreshes ${when}`,
  low: "Your balance is low",
  lowFor: (duration) => `Low: about ${duration} left`,
  depleted: (unit) => `No ${unit} left`,
  over: (amount, unit) => `You are ${amount} ${unit} over. Your next top-up covers it first.`,
  history: (from, to) => `Latest changes: from ${from} to ${to}`,
  empty: "No credits yet",
  emptyHint: "Credits that you receive or buy appear here.",
  forbidden: "You do not have access to this balance",
  error: "Your balance could not be loaded",
};
