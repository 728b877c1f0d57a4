import type { Figures } from "./context.ts";
import type { Machine } from "./machine.ts";
import type { Comparison } from "./statistics.ts";

export type BenchResult = { machine: Machine } & Record<string, Figures | Machine>;

/**
 * The figures of compared contenders: each ratio under its own name, as readers of the JSON expect it, and what it
 * rests on beside it under `pairs`.
 */
export function ratioFigures(comparisons: Record<string, Comparison>): Figures {
  const figures: Figures = {};
  const pairs: Record<string, Comparison> = {};
  for (const [name, comparison] of Object.entries(comparisons)) {
    pairs[name] = rounded(comparison);
    figures[name] = pairs[name].ratio;
  }
  return { ...figures, pairs };
}

/** One line a figure, for people. */
export function printTable(result: BenchResult): void {
  for (const [name, figures] of Object.entries(result)) {
    console.log(`\n${name}`);
    for (const [figure, value] of Object.entries(figures)) {
      for (const [label, text] of linesOf(figure, value)) console.log(`  ${label.padEnd(32)} ${text}`);
    }
  }
}

/** Two decimals, so that a reader does not take noise for a figure. */
export function round(value: number): number {
  return Number(value.toFixed(2));
}

function linesOf(label: string, value: unknown): [string, string][] {
  if (value === null) return [[label, "-"]];
  if (typeof value === "number" || typeof value === "string") return [[label, String(value)]];
  if (typeof value !== "object") return [[label, JSON.stringify(value)]];
  return Object.entries(value).map(([key, inner]) => [`${label}.${key}`, JSON.stringify(inner)]);
}

function rounded(comparison: Comparison): Comparison {
  const { ratio, spread } = comparison;
  return {
    ...comparison,
    ratio: ratio === null ? null : round(ratio),
    spread: spread && { min: round(spread.min), max: round(spread.max) },
  };
}
