import type { WidgetGrants } from "@credits-kit/client/widget";
import type { Formats } from "../ui/formats.ts";
import type { Translation } from "../ui/translation.ts";
import type { ListTexts } from "./list-texts.ts";

/** What a person, or the page, chose of any list. */
export interface ListChoice {
  /** Absent: all of them. */
  source: string | undefined;
  /** Dates such as `2026-03-01`, both included, or moments, of which `to` is not. */
  from: string | undefined;
  to: string | undefined;
  groupBy: string | undefined;
  pageSize: number;
}

/** A page of a list as the API answers it. */
export interface ListPage {
  data: readonly unknown[];
  creditTypes: WidgetGrants["creditTypes"];
  prevCursor: string | null;
  nextCursor: string | null;
}

/** What the drawing functions of a list need. */
export interface ListView<
  Choice extends ListChoice = ListChoice,
  Texts extends ListTexts = ListTexts,
  Data extends ListPage = ListPage,
> {
  common: Translation;
  texts: Texts;
  formats: Formats;
  /** The language as numbers and dates are written. */
  lang: string;
  /** Whose days are meant. */
  zone: string;
  choice: Choice;
  /** Other rows are on their way. */
  isWaiting: boolean;
  /** What is listed, if it is there. */
  data: Data | undefined;
  /** Its rows in groups, where that is chosen. */
  grouped: unknown;
  creditTypes: ListPage["creditTypes"];
  /** Which page of the list it is, from 1. */
  page: number;
  /** Nothing where no file can be had. */
  exporting: boolean | undefined;
  /** All that rows can be filtered by. */
  filterNames: readonly PropertyKey[];
  /** How many filters are set that the controls do not show. */
  hiddenFilters: number;
  isFiltered: boolean;
  isFormOpen: boolean;

  /** An amount in figures. */
  amount(amount: string): string;
  /** How many of something, in figures. */
  count(number: number): string;
  /** Figures with their unit, where units are written. */
  withUnit(figures: string, amount: string, creditTypeId: string): string;
  /** The day alone, in the element's time zone. */
  day(atMs: number): string;
  choose(change: Partial<Choice>): void;
  /** Leads to another page of the same list. */
  turn(cursor: string, page: number): void;
  toggleForm(): void;
  exportCsv(): void;
  retry(): void;
}
