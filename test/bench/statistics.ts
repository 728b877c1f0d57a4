export interface Spread {
  min: number;
  max: number;
}

export interface Comparison {
  /** Median of the ratios of the pairs; null without a baseline and when the baseline itself was too restless. */
  ratio: number | null;
  spread: Spread | null;
  pairs: number;
  /** Why there is no ratio. */
  void?: string;
}

/** Above this variation of the baseline, the machine was busy with something else and a ratio says nothing. */
export const restlessBaseline = 0.25;

export function median(values: number[]): number {
  if (values.length === 0) throw new Error("The median of nothing is nothing.");
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] ?? Number.NaN;
  const lower = sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** The value that 95 % of the values stay below. */
export function percentile95(values: number[]): number {
  return percentile(values, 0.95);
}

/** The value that a share of the values, from 0 to below 1, stay below. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.floor(sorted.length * share)];
  if (value === undefined) throw new Error("There is nothing to take a share of.");
  return value;
}

export function spreadOf(values: number[]): Spread {
  return { min: Math.min(...values), max: Math.max(...values) };
}

/** How far the values lie apart, as a share of their median. */
export function variation(values: number[]): number {
  const { min, max } = spreadOf(values);
  return (max - min) / median(values);
}

/** Ours to the baseline, pair by pair as they were measured next to each other. */
export function compare(ours: number[], baseline: (number | null)[]): Comparison {
  if (ours.length !== baseline.length) throw new Error("Pairs need two of each.");
  const measured = baseline.filter((value) => value !== null);
  const pairs = measured.length;
  if (pairs < baseline.length)
    return { ratio: null, spread: null, pairs, void: "no baseline on this machine" };
  const ratios = ours.map((value, index) => value / (measured[index] ?? Number.NaN));
  const restless = variation(measured);
  if (restless > restlessBaseline) {
    const reason = `the baseline varied by ${Math.round(restless * 100)} %`;
    return { ratio: null, spread: spreadOf(ratios), pairs, void: reason };
  }
  return { ratio: median(ratios), spread: spreadOf(ratios), pairs };
}
