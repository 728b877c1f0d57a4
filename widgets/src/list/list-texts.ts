/** What every list of the kit says in one language. Amounts, units and dates come in already written in it. */
export interface ListTexts {
  title: string;
  loading: string;
  /** Where credits came from or went, by kind; of others the kind itself is shown. */
  sources: Record<string, string>;
  actors: Record<"customer" | "host" | "system", string>;
  by(userId: string): string;
  pay: string;
  receipt: string;
  invoice: string;
  /** What opens the form of filters and groups. */
  filters: string;
  pageSize: string;
  page(number: string): string;
  previous: string;
  next: string;
  export: string;
  exportFailed: string;
  /** What is there now that a person chose something. */
  shown(count: string): string;
  noneMatch: string;
  noneMatchHint: string;
  empty: string;
  emptyHint: string;
  forbidden: string;
  error: string;
}

/** What the form of filters and groups says, which few people open: English, too, comes with it. */
export interface ListFormTexts {
  source: string;
  allSources: string;
  from: string;
  to: string;
  group: string;
  noGroups: string;
  /** Of rows that have nothing of what the list is grouped by. */
  none: string;
  /** What subtotals are of. */
  coversPage: string;
  coversAll: string;
  clear: string;
}

/** What lists say alike. */
export type CommonListTexts = Omit<
  ListTexts,
  "title" | "loading" | "shown" | "forbidden" | "error" | "noneMatch"
>;
