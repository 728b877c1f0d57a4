import { formatCredits } from "@credits-kit/amounts";
import type { Usage, UsageGroup, UsageInterval, UsagePoint, UsageSeries } from "@credits-kit/contract";
import type { UsageGroup as ReadGroup, UsageSeries as ReadSeries } from "../../storage/pools/read-usage.ts";
import type { Period } from "./period.ts";

/** What was asked, and how buckets are numbered. */
export interface Told {
  readonly current: Period;
  readonly previous: Period | null;
  /** The number of the current period's first bucket; the previous one's is 1. */
  readonly first: number;
  readonly interval: UsageInterval;
  readonly timeZone: string;
  readonly groupBy: readonly string[];
  readonly creditTypeId: string | null;
  readonly resourceId: string | null;
}

interface Sum {
  readonly credits: bigint;
  readonly events: number;
}

/** Usage as the API shows it: every bucket of every series, those without usage included. */
export function toUsage(read: readonly ReadSeries[], told: Told): Usage {
  const { current, previous, first, groupBy } = told;
  // Nothing told apart is one series, also where nothing was used.
  const all = groupBy.length === 0 && read.length === 0 ? [{ groups: [], points: [] }] : read;
  const { creditTypeId, resourceId, interval, timeZone } = told;
  const points = all.flatMap((series) => series.points);
  const total = sumOf(points.filter(({ bucket }) => bucket >= first));
  const before = sumOf(points.filter(({ bucket }) => bucket < first));
  return {
    ...{ creditTypeId, resourceId, ...spanOf(current), interval, timeZone, groupBy: [...groupBy] },
    total: formatCredits(total.credits),
    events: total.events,
    ...(previous
      ? {
          previous: spanOf(previous),
          previousTotal: formatCredits(before.credits),
          previousEvents: before.events,
        }
      : {}),
    series: all.map((series) => toSeries(series, told)),
  };
}

function toSeries({ groups, points }: ReadSeries, { current, previous, first, groupBy }: Told): UsageSeries {
  const now = pointsOf(points, current, first);
  const total = sumOf(now.sums);
  const before = previous ? pointsOf(points, previous, 1) : null;
  const compared = before ? sumOf(before.sums) : null;
  return {
    ...nameOf(groups, groupBy),
    total: formatCredits(total.credits),
    events: total.events,
    points: now.points,
    ...(before && compared
      ? {
          previousTotal: formatCredits(compared.credits),
          previousEvents: compared.events,
          previousPoints: before.points,
        }
      : {}),
  };
}

function pointsOf(
  points: ReadSeries["points"],
  { boundaries }: Period,
  first: number,
): { points: UsagePoint[]; sums: Sum[] } {
  const sums: Sum[] = boundaries.slice(0, -1).map(() => ({ credits: 0n, events: 0 }));
  for (const { bucket, credits, events } of points) {
    if (bucket >= first && bucket < first + sums.length) sums[bucket - first] = { credits, events };
  }
  return {
    sums,
    points: sums.map(({ credits, events }, index) => ({
      start: timeOf(boundaries[index] ?? 0),
      credits: formatCredits(credits),
      events,
    })),
  };
}

function nameOf(
  groups: readonly ReadGroup[] | null,
  groupBy: readonly string[],
): Pick<UsageSeries, "kind" | "key" | "label" | "groups"> {
  if (groups === null) return { kind: "other", key: "other", label: "Other", groups: [] };
  if (groups.length === 0) return { kind: "total", key: "total", label: "Total", groups: [] };
  const told = groups.map((group, index) => toGroup(group, groupBy[index] ?? ""));
  const label = told.map((group) => group.label).join(" / ");
  const [only] = told;
  if (told.length > 1 || !only) return { kind: "group", key: keyOf(told), label, groups: told };
  // What is not told apart counts as the smallest, so that it and the rest beyond `top` are never two.
  const { kind, value } = only;
  return { kind: kind === "value" ? "group" : kind, key: value ?? kind, label, groups: told };
}

/** Several values make a list of JSON, as they may hold any character. */
function keyOf(groups: readonly UsageGroup[]): string {
  return JSON.stringify(groups.map(({ kind, value }) => (kind === "other" ? { other: true } : value)));
}

function toGroup({ kind, value, name }: ReadGroup, by: string): UsageGroup {
  if (kind === "value") return { by, kind, value, label: name ?? value };
  if (kind === "other") return { by, kind, value: null, label: "Other" };
  return { by, kind, value: null, label: `No ${by.replace("dimension:", "")}` };
}

function sumOf(sums: readonly Sum[]): Sum {
  return sums.reduce<Sum>(
    (sum, each) => ({ credits: sum.credits + each.credits, events: sum.events + each.events }),
    { credits: 0n, events: 0 },
  );
}

function spanOf({ from, to }: Period): { from: string; to: string } {
  return { from: timeOf(from), to: timeOf(to) };
}

function timeOf(time: number): string {
  return new Date(time).toISOString();
}
