import type { UsageInterval } from "@credits-kit/client/widget";
import { dateOf, edgeOf, startOf, wallOf } from "../ui/days.ts";
import type { UsageRange } from "./credits-usage-chart.types.ts";

export { dateOf, startOf };

export const INTERVALS = ["hour", "day", "week", "month"] as const satisfies readonly UsageInterval[];

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** How long an interval is, roughly: for counting buckets. */
const LENGTHS_MS = { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS };
/** More bars than this are asked for as weeks or months. */
const MOST_BARS = 120;
/** Hours are told apart only in less than three days. */
const HOURLY_MS = 3 * DAY_MS;
const COMFORTABLE_BARS = 62;

/** The beginning of the next interval after the one that begins at a moment. */
export function nextStart(ms: number, interval: UsageInterval, zone: string): number {
  const date = dateOf(ms, zone);
  if (interval === "hour") return ms + HOUR_MS;
  if (interval === "month") return startOf(`${date.slice(0, 7)}-01`, zone, { months: 1 });
  const weekday = (new Date(date).getUTCDay() + 6) % 7;
  return startOf(date, zone, { days: interval === "day" ? 1 : 7 - weekday });
}

/** What is looked at, as the page or the person says it. */
export interface Choice {
  range: UsageRange;
  /** With `custom`: dates, both included, or moments, of which `to` is not included. */
  from?: string | undefined;
  to?: string | undefined;
  interval?: UsageInterval | undefined;
}

/** The time that is asked for; what is left out is the server's to say: the last 30 days, until the end of today. */
export interface Span {
  from?: string;
  to?: string;
  interval: UsageInterval;
  /** The intervals that this much time can be told apart by. */
  intervals: readonly UsageInterval[];
}

/** The time of a choice, by the calendar of a zone. */
export function spanOf(choice: Choice, zone: string, nowMs = Date.now()): Span {
  const { range, interval } = choice;
  const { fromMs, toMs } = momentsOf(choice, zone, nowMs);
  const today = dateOf(nowMs, zone);
  const lengthMs =
    (toMs ?? startOf(today, zone, { days: 1 })) - (fromMs ?? startOf(today, zone, { days: -29 }));
  const intervals = intervalsOf(lengthMs);
  const wanted = interval ?? (range === "12m" ? "month" : undefined);
  const span: Span = { interval: choose(wanted, { intervals, lengthMs }), intervals };
  if (fromMs !== undefined) span.from = new Date(fromMs).toISOString();
  if (toMs !== undefined) span.to = new Date(toMs).toISOString();
  return span;
}

function momentsOf({ range, from = "", to = "" }: Choice, zone: string, nowMs: number) {
  const today = dateOf(nowMs, zone);
  const thisHour = nowMs - (nowMs % 1000) - (wallOf(nowMs, zone) % HOUR_MS);
  const moments: Record<UsageRange, { fromMs?: number | undefined; toMs?: number | undefined }> = {
    "24h": { fromMs: thisHour - 23 * HOUR_MS, toMs: thisHour + HOUR_MS },
    "7d": { fromMs: startOf(today, zone, { days: -6 }) },
    "30d": {},
    month: { fromMs: startOf(`${today.slice(0, 7)}-01`, zone) },
    "12m": { fromMs: startOf(`${today.slice(0, 7)}-01`, zone, { months: -11 }) },
    custom: {
      fromMs: edgeOf(from, zone),
      toMs: edgeOf(to, zone, true),
    },
  };
  return moments[range];
}

/** Intervals that leave neither a single bar nor too many; there is always one. */
function intervalsOf(lengthMs: number): UsageInterval[] {
  const some = INTERVALS.filter((interval) => {
    const bars = lengthMs / LENGTHS_MS[interval];
    return bars > 1 && bars <= MOST_BARS && (interval !== "hour" || lengthMs < HOURLY_MS);
  });
  return some.length > 0 ? some : [lengthMs < HOURLY_MS ? "hour" : "month"];
}

/** What is wanted if it can be had, else the next that is coarser. */
function choose(
  wanted: UsageInterval | undefined,
  { intervals, lengthMs }: { intervals: readonly UsageInterval[]; lengthMs: number },
): UsageInterval {
  const fits = (interval: UsageInterval) =>
    wanted
      ? INTERVALS.indexOf(interval) >= INTERVALS.indexOf(wanted)
      : lengthMs / LENGTHS_MS[interval] <= COMFORTABLE_BARS;
  return intervals.find(fits) ?? intervals.at(-1) ?? "day";
}
