/** Every text of the usage chart in one language. Amounts, shares, units and dates come in already written in it. */
export interface UsageChartTexts {
  title: string;
  loading: string;
  /** What the plot is, for those who do not see it, with how to walk through it. */
  plot(total: string, span: string): string;
  plotHint: string;
  versus(span: string): string;
  more(share: string, span: string): string;
  less(share: string, span: string): string;
  same(span: string): string;
  range: string;
  ranges: Record<"24h" | "7d" | "30d" | "month" | "12m" | "custom", string>;
  from: string;
  to: string;
  interval: string;
  intervals: Record<"hour" | "day" | "week" | "month", string>;
  group: string;
  groups: Record<"feature" | "user" | "none", string>;
  /** Usage without a feature, a user, or a value of a dimension. */
  without(group: string): string;
  noFeature: string;
  noUser: string;
  rest: string;
  all: string;
  total: string;
  previous(span: string): string;
  ahead: string;
  view: string;
  views: Record<"chart" | "table", string>;
  period: string;
  export: string;
  csv: string;
  png: string;
  start: string;
  empty: string;
  emptyHint: string;
  forbidden: string;
  error: string;
  noDrawing: string;
}
