import type { GrantsFormTexts } from "../../ui/grants-table-texts.ts";
import { english as common } from "../list/en-form.ts";

export const english: GrantsFormTexts = {
  ...common,
  category: "Kind",
  allCategories: "All kinds",
  actor: "Granted by",
  allActors: "By anyone",
  dateField: "Date",
  groups: { status: "Status", category: "Kind", source: "Source", creditType: "Credit type", day: "Day" },
  grants: (count) => `Grants: ${count}`,
};
