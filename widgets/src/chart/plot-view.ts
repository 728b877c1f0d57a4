/** What a plot shows. Amounts are decimals of the wire; numbers are for drawing only. */
export interface PlotView {
  /** The language of figures. */
  lang: string;
  /** From the bottom of the stack to its top. */
  bars: readonly PlotBar[];
  /** What buckets are called on the axis, and in full. */
  names: { short: readonly string[]; long: readonly string[] };
  /** What each bucket has in all. */
  sums: readonly string[];
  previous: readonly string[] | undefined;
  ahead: readonly number[] | undefined;
  texts: { plot: string; hint: string; total: string; previous: string; ahead: string };
  /** An amount as people read it, with its unit or without. */
  amount(amount: string): string;
  amountWithUnit(amount: string): string;
}

export interface PlotBar {
  label: string;
  /** Which colour of the palette; 0 is the muted one. */
  tone: number;
  points: readonly string[];
}
