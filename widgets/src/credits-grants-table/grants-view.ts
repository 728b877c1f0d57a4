import type { WidgetGrant, WidgetGrants } from "@credits-kit/client/widget";
import type { Formats } from "../ui/formats.ts";
import type { GrantsTableTexts } from "../ui/grants-table-texts.ts";
import type { Translation } from "../ui/translation.ts";
import type { GrantsTableChoice } from "./credits-grants-table.events.ts";

/** What the drawing functions need. */
export interface GrantsView {
  common: Translation;
  texts: GrantsTableTexts;
  formats: Formats;
  choice: GrantsTableChoice;
  creditTypes: WidgetGrants["creditTypes"];
  /** Which page of the list it is, from 1. */
  page: number;
  selectable: boolean;
  hideUnit: boolean;
  /** Nothing where no file can be had. */
  exporting: boolean | undefined;

  /** An amount in figures. */
  amount(amount: string): string;
  /** The day alone, in the element's time zone. */
  day(atMs: number): string;
  choose(change: Partial<GrantsTableChoice>): void;
  /** Leads to another page of the same list. */
  turn(cursor: string, page: number): void;
  select(grant: WidgetGrant): void;
  exportCsv(): void;
  retry(): void;
}
