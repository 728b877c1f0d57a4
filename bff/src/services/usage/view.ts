import { formatCredits } from "@credits-kit/amounts";
import type { Usage, UsageGroup, UsageInterval, UsagePoint, UsageSeries } from "@credits-kit/contract";
import type {
  UsageGroup as FoundGroup,
  UsagePoint as FoundPoint,
  UsageSeries as FoundSeries,
} from "../../storage/pools/read-usage.ts";
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

/** Series that were found, the largest first, and all usage that there is. */
interface Found {
  readonly series: readonly FoundSeries[];
  readonly all: readonly FoundPoint[];
}

/** A period whose buckets' beginnings are written once for all series. */
interface Drawn extends Period {
  readonly starts: readonly string[];
}

/** How series are told. */
interface Drawing {
  readonly current: Drawn;
  readonly previous: Drawn | null;
  readonly first: number;
}

/** What a series is called. */
type Name = Pick<UsageSeries, "kind" | "key" | "label" | "groups">;

/** Buckets by their number, those without usage left out. */
type Buckets = ReadonlyMap<number, Sum>;

const TOTAL: Name = { kind: "total", key: "total", label: "Total", groups: [] };
const REST: Name = { kind: "other", key: "other", label: "Other", groups: [] };
const NOTHING: Sum = { credits: 0n, events: 0 };

/** Usage as the API shows it: every bucket of every series, those without usage included. */
export function toUsage({ series, all }: Found, told: Told): Usage {
  const { creditTypeId, resourceId, current, interval, timeZone, groupBy } = told;
  const drawing: Drawing = {
    first: told.first,
    current: drawn(current),
    previous: told.previous && drawn(told.previous),
  };
  const total = bucketsOf(all);
  const named = series.map(({ groups, points }) =>
    toSeries(nameOf(groups, groupBy), bucketsOf(points), drawing),
  );
  const rest = restOf(total, series);
  const { points: _points, previousPoints: _previous, ...sums } = toSeries(TOTAL, total, drawing);
  const { total: used, events, previousTotal, previousEvents } = sums;
  return {
    ...{
      creditTypeId,
      resourceId,
      ...spanOf(current),
      interval,
      timeZone,
      groupBy: [...groupBy],
      total: used,
      events,
    },
    ...(told.previous ? { previous: spanOf(told.previous), previousTotal, previousEvents } : {}),
    series:
      groupBy.length === 0
        ? [toSeries(TOTAL, total, drawing)]
        : [...named, ...(rest ? [toSeries(REST, rest, drawing)] : [])],
  };
}

/** What is in none of the series; null where that is nothing. */
function restOf(total: Buckets, series: readonly FoundSeries[]): Buckets | null {
  const rest = new Map(total);
  for (const { bucket, credits, events } of series.flatMap(({ points }) => points)) {
    const left = rest.get(bucket) ?? NOTHING;
    rest.set(bucket, { credits: left.credits - credits, events: left.events - events });
  }
  return [...rest.values()].some(({ credits, events }) => credits !== 0n || events !== 0) ? rest : null;
}

function toSeries(name: Name, buckets: Buckets, { current, previous, first }: Drawing): UsageSeries {
  const now = sumsOf(buckets, current, first);
  const total = sumUp(now);
  const series = {
    ...name,
    total: formatCredits(total.credits),
    events: total.events,
    points: toPoints(now, current),
  };
  if (!previous) return series;
  const before = sumsOf(buckets, previous, 1);
  const compared = sumUp(before);
  return {
    ...series,
    previousTotal: formatCredits(compared.credits),
    previousEvents: compared.events,
    previousPoints: toPoints(before, previous),
  };
}

function bucketsOf(points: readonly FoundPoint[]): Buckets {
  return new Map(points.map(({ bucket, ...sum }) => [bucket, sum]));
}

/** The sums of a period's buckets, of which the first has this number. */
function sumsOf(buckets: Buckets, { boundaries }: Period, first: number): Sum[] {
  return boundaries.slice(0, -1).map((_, index) => buckets.get(first + index) ?? NOTHING);
}

function toPoints(sums: readonly Sum[], { starts }: Drawn): UsagePoint[] {
  return sums.map(({ credits, events }, index) => ({
    start: starts[index] ?? "",
    credits: formatCredits(credits),
    events,
  }));
}

function nameOf(groups: readonly FoundGroup[], groupBy: readonly string[]): Name {
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

function toGroup({ kind, value, name }: FoundGroup, by: string): UsageGroup {
  if (kind === "value") return { by, kind, value, label: name ?? value };
  if (kind === "other") return { by, kind, value: null, label: "Other" };
  return { by, kind, value: null, label: `No ${by.replace("dimension:", "")}` };
}

function sumUp(sums: readonly Sum[]): Sum {
  let [credits, events] = [0n, 0];
  for (const sum of sums) {
    credits += sum.credits;
    events += sum.events;
  }
  return { credits, events };
}

function spanOf({ from, to }: Period): { from: string; to: string } {
  return { from: timeOf(from), to: timeOf(to) };
}

function drawn(period: Period): Drawn {
  return { ...period, starts: period.boundaries.slice(0, -1).map(timeOf) };
}

function timeOf(time: number): string {
  return new Date(time).toISOString();
}
