import type { CommonListTexts } from "../../list/list-texts.ts";

export const english: CommonListTexts = {
  sources: {
    top_up: "Top-up",
    auto_top_up: "Auto top-up",
    invoice: "Invoice",
    plan: "Plan",
    rollover: "Rollover",
  },
  actors: { customer: "Your team", host: "Provider", system: "Automatic" },
  by: (userId) => `By ${userId}`,
  pay: "Pay",
  receipt: "Receipt",
  invoice: "Invoice",
  filters: "Filter and group",
  pageSize: "Rows per page",
  page: (number) => `Page ${number}`,
  previous: "Previous",
  next: "Next",
  export: "Export CSV",
  exportFailed: "The file could not be made. Try again in a moment.",
  noneMatchHint: "Change the filters to see others.",
  empty: "No credits yet",
  emptyHint: "Credits that you receive or buy appear here.",
};
