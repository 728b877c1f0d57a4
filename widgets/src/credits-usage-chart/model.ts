import type { UsageSeries, WidgetForecast, WidgetUsage } from "@credits-kit/client/widget";
import { micros } from "../ui/decimal.ts";
import type { UsageChartTexts } from "../ui/usage-chart-texts.ts";
import { aheadOf } from "./ahead.ts";
import type { Bucket } from "./bucket.ts";
import { nextStart } from "./ranges.ts";
import { REST_TONE, tonesOf } from "./tones.ts";

/** One series, as it is drawn. */
export interface Part {
  /** Unique among all series, whatever they are called. */
  id: string;
  label: string;
  /** Which colour of the palette; 0 is the muted one. */
  tone: number;
  total: string;
  /** How much of all it is, in hundredths. */
  share: number;
  /** What each bucket has, decimals of the wire. */
  points: readonly string[];
}

/** All that a chart shows, its legend and its table too. */
export interface Model {
  /** Series that are there, the largest first. */
  parts: readonly Part[];
  /** Those of them that are drawn: all, or the one that was picked. */
  shown: readonly Part[];
  picked: Part | undefined;
  buckets: readonly Bucket[];
  /** How many of them were asked for; the rest is yet to come. */
  count: number;
  /** What is drawn of each bucket, in all. */
  sums: readonly string[];
  total: string;
  previousTotal: string | undefined;
  previous: readonly string[] | undefined;
  /** What is still expected of each bucket at this pace; nothing where nothing is known of that. */
  ahead: readonly number[] | undefined;
}

export interface ModelOptions {
  texts: UsageChartTexts;
  picked?: string | undefined;
  compare: boolean;
  forecast?: WidgetForecast | undefined;
  /** Until when bars are expected; up to the end of what was asked if left out. */
  untilMs?: number | undefined;
}

export function modelOf(usage: WidgetUsage, options: ModelOptions): Model {
  const { picked: pickedId, compare, forecast } = options;
  const parts = partsOf(usage, options.texts);
  const series = usage.series.find((one) => idOf(one) === pickedId);
  const picked = series && parts.find(({ id }) => id === pickedId);
  const shown = picked ? [picked] : parts;
  const buckets = bucketsOf(usage, options.untilMs);
  const { previousTotal } = series ?? usage;
  const before = series ? [series] : usage.series;
  // What is yet to come has nothing to be compared with.
  const past = buckets.filter(({ startMs }) => startMs < Date.parse(usage.to));
  const ahead = picked || !forecast ? undefined : aheadOf(buckets, forecast);
  return {
    parts,
    shown,
    picked,
    buckets,
    count: past.length,
    sums: buckets.map((_, index) => sumOf(shown.map(({ points }) => points[index]))),
    total: (series ?? usage).total,
    previousTotal: compare ? previousTotal : undefined,
    previous:
      compare && previousTotal !== undefined
        ? past.map((_, index) => sumOf(before.map((one) => one.previousPoints?.[index]?.credits)))
        : undefined,
    ahead: ahead?.some((amount) => amount > 0) ? ahead : undefined,
  };
}

/** Whether there is anything to see. */
export function isEmpty({ series }: WidgetUsage): boolean {
  return series.every(({ points }) => points.every(({ credits }) => micros(credits) === 0n));
}

function partsOf({ series, total }: WidgetUsage, texts: UsageChartTexts): Part[] {
  const tones = tonesOf(series.filter(({ kind }) => kind !== "other").map(idOf));
  const all = Number(total);
  return series.map((one) => ({
    id: idOf(one),
    label: labelOf(one, texts),
    tone: one.kind === "total" ? 1 : (tones.get(idOf(one)) ?? REST_TONE),
    total: one.total,
    share: all > 0 ? Math.round((Number(one.total) / all) * 100) : 0,
    points: one.points.map(({ credits }) => credits),
  }));
}

/** Keys are unique among series of a kind only, and may be any text. */
function idOf({ kind, key }: UsageSeries): string {
  return `${kind}:${key}`;
}

function labelOf({ kind, key, label, groups }: UsageSeries, texts: UsageChartTexts): string {
  if (kind === "other") return texts.rest;
  if (kind === "total") return texts.total;
  if (kind === "group") return label || key;
  const by = groups[0]?.by ?? "";
  if (by === "feature") return texts.noFeature;
  return by === "user" ? texts.noUser : texts.without(by.replace("dimension:", ""));
}

/** The buckets of the answer, and those that are yet to come. */
function bucketsOf({ series, from, to, interval, timeZone }: WidgetUsage, untilMs = 0): Bucket[] {
  // Where nothing was used, there is no series either.
  const starts = series[0]?.points.map(({ start }) => Date.parse(start)) ?? [Date.parse(from)];
  const lastMs = Math.max(Date.parse(to), untilMs);
  for (const startMs of starts) {
    if (startMs !== starts.at(-1)) continue;
    const nextMs = nextStart(startMs, interval, timeZone);
    if (nextMs < lastMs) starts.push(nextMs);
  }
  return starts.map((startMs, index) => ({ startMs, endMs: starts[index + 1] ?? lastMs }));
}

const MICROS = 1_000_000n;

/** The exact sum of decimals of the wire. */
export function sumOf(amounts: readonly (string | undefined)[]): string {
  const sum = amounts.reduce((all, amount) => all + micros(amount ?? "0"), 0n);
  const size = sum < 0n ? -sum : sum;
  const fraction = String(size % MICROS)
    .padStart(6, "0")
    .replace(/0+$/, "");
  return `${sum < 0n ? "-" : ""}${size / MICROS}${fraction && `.${fraction}`}`;
}
