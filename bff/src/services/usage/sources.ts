import type { UsageSources } from "../../storage/pools/usage-lines.ts";
import type { Span } from "./boundaries.ts";

const QUARTER_MS = 15 * 60_000;
const HOUR_MS = 60 * 60_000;

/**
 * Where the usage of spans is found: whole hours, then whole quarters of an hour, from the sums; and the quarters that a
 * boundary cuts, from their entries. A boundary may lie anywhere, so any zone and any moment is exact.
 * @param spans in the order of time, each with its boundaries, none overlapping
 */
export function sourcesOf(spans: readonly { readonly boundaries: readonly number[] }[]): UsageSources {
  const runs = { 60: new Runs(), 15: new Runs() };
  const cut = new Set<number>();
  for (const { boundaries } of spans) {
    for (const boundary of boundaries) {
      if (boundary % QUARTER_MS !== 0) cut.add(floor(boundary, QUARTER_MS));
    }
    for (const [index, from] of boundaries.slice(0, -1).entries()) {
      const to = boundaries[index + 1] ?? from;
      const quarters = { from: ceil(from, QUARTER_MS), to: floor(to, QUARTER_MS) };
      const hours = { from: ceil(quarters.from, HOUR_MS), to: floor(quarters.to, HOUR_MS) };
      if (hours.from >= hours.to) {
        runs[15].add(quarters);
        continue;
      }
      runs[15].add({ from: quarters.from, to: hours.from });
      runs[60].add(hours);
      runs[15].add({ from: hours.to, to: quarters.to });
    }
  }
  return {
    runs: [...runs[60].all.map((run) => ({ ...run, grain: 60 })), ...runs[15].all.map((run) => ({ ...run, grain: 15 }))],
    cutQuarters: [...cut],
  };
}

/** Spans in the order of time; those that touch become one. */
class Runs {
  readonly all: { from: number; to: number }[] = [];

  add({ from, to }: Span): void {
    if (from >= to) return;
    const last = this.all.at(-1);
    if (last?.to === from) last.to = to;
    else this.all.push({ from, to });
  }
}

function floor(time: number, unit: number): number {
  return Math.floor(time / unit) * unit;
}

function ceil(time: number, unit: number): number {
  return Math.ceil(time / unit) * unit;
}
