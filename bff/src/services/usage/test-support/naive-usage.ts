import { formatCredits, parseCredits } from "@credits-kit/amounts";
import type { Usage, UsageGroup, UsagePoint, UsageSeries } from "@credits-kit/contract";
import type { LedgerEntryRow } from "../../../storage/pools/test-support/ledger-rows.ts";

interface NaiveUse {
  readonly time: number;
  readonly credits: bigint;
  readonly events: number;
  readonly told: readonly (string | null)[];
}

/**
 * Works an answer out again from nothing but the entries and the starts of its own buckets: what each series adds up to.
 * Keys are JSON of what a series is of, \`*\` for the rest.
 */
export function recompute(entries: readonly LedgerEntryRow[], answer: Usage): Map<string, string[]> {
  const uses = entries.flatMap((entry) => useOf(entries, entry, answer.groupBy));
  const named = new Set(answer.series.map(keyOf));
  const sums = new Map<string, string[]>();
  for (const [name, starts, end] of [
    ["now", startsOf(answer.series[0]?.points), answer.to],
    ["before", startsOf(answer.series[0]?.previousPoints), answer.previous?.to ?? answer.from],
  ] as const) {
    for (const { time, credits, events, told } of uses) {
      const bucket = starts.findLastIndex((start) => start <= time);
      if (bucket === -1 || time >= Date.parse(end)) continue;
      const own = JSON.stringify(told);
      const key = `${name} ${named.has(own) ? own : "*"}`;
      const points = sums.get(key) ?? starts.map(() => "0 0");
      const [was = "0", count = "0"] = (points[bucket] ?? "0 0").split(" ");
      points[bucket] = `${formatCredits(parseCredits(was) + credits)} ${Number(count) + events}`;
      sums.set(key, points);
    }
  }
  // What was given back as a whole is as if it had never been.
  for (const [key, points] of sums) if (points.every((point) => point === "0 0")) sums.delete(key);
  return sums;
}

/** The same of the answer itself; series without usage in a period are left out. */
export function shownIn(answer: Usage): Map<string, string[]> {
  const sums = new Map<string, string[]>();
  for (const series of answer.series) {
    const key = series.kind === "other" && series.groups.length === 0 ? "*" : keyOf(series);
    for (const [name, points] of [
      ["now", series.points],
      ["before", series.previousPoints],
    ] as const) {
      const shown = (points ?? []).map((point) => `${point.credits} ${point.events}`);
      if (shown.some((point) => point !== "0 0")) sums.set(`${name} ${key}`, shown);
    }
  }
  return sums;
}

function useOf(
  entries: readonly LedgerEntryRow[],
  entry: LedgerEntryRow,
  groupBy: readonly string[],
): NaiveUse[] {
  if (entry.type !== "consumed" && entry.type !== "reversed") return [];
  const of =
    entry.type === "consumed"
      ? entry
      : entries.find(({ poolNo, seq }) => poolNo === entry.poolNo && seq === entry.aboutSeq);
  if (!of) throw new Error("a reversal takes back what is not there");
  const told = groupBy.map((by) => {
    if (by === "feature") return of.featureId;
    if (by === "user") return of.userId;
    const value = of.dimensions?.[by.slice("dimension:".length)];
    if (typeof value === "object" || value === undefined) return null;
    return typeof value === "string" ? value : JSON.stringify(value);
  });
  return [{ time: of.occurredAt, credits: -entry.delta, events: entry.type === "consumed" ? 1 : -1, told }];
}

function keyOf({ kind, groups }: UsageSeries): string {
  if (kind === "other" && groups.length === 0) return "*";
  return JSON.stringify(groups.map(({ value }: UsageGroup) => value));
}

function startsOf(points: readonly UsagePoint[] | undefined): number[] {
  return (points ?? []).map(({ start }) => Date.parse(start));
}
