import type { WidgetGrant, WidgetGrants } from "@credits-kit/client/widget";
import type { ListView } from "../list/list-view.ts";
import type { GrantsFormTexts, GrantsTableTexts } from "../ui/grants-table-texts.ts";
import type { GrantsTableChoice } from "./credits-grants-table.events.ts";

/** The texts at hand: those of the form come with it, where they are not the page's own or another language's. */
export type GrantsWords = GrantsTableTexts & Partial<GrantsFormTexts>;

/** What the drawing functions need. */
export interface GrantsView extends ListView<GrantsTableChoice, GrantsWords, WidgetGrants> {
  selectable: boolean;
  select(grant: WidgetGrant): void;
}
