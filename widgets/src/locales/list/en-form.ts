import type { ListFormTexts } from "../../list/list-texts.ts";

export const english: ListFormTexts = {
  source: "Source",
  allSources: "All sources",
  from: "From",
  to: "To",
  group: "Group by",
  noGroups: "No groups",
  none: "None",
  coversPage: "Subtotals are of the rows on this page.",
  coversAll: "Subtotals are of all rows that match, on every page.",
  clear: "Clear filters",
};
