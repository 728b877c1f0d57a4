import type { UsageInterval } from "@credits-kit/client/widget";
import type { Bucket } from "./bucket.ts";

type Options = Intl.DateTimeFormatOptions;

const SHORT: Record<UsageInterval, Options> = {
  hour: { hour: "numeric" },
  day: { day: "numeric", month: "short" },
  week: { day: "numeric", month: "short" },
  month: { month: "short" },
};
const LONG: Record<UsageInterval, Options> = {
  hour: { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" },
  day: { weekday: "short", day: "numeric", month: "long", year: "numeric" },
  week: { day: "numeric", month: "short", year: "numeric" },
  month: { month: "long", year: "numeric" },
};

export interface BucketNames {
  /** For an axis. */
  short: string[];
  /** In full. An hour that comes twice is told apart by its zone's name. */
  long: string[];
}

/** What buckets are called in a language, as the zone's clock shows them. */
export function namesOf(
  buckets: readonly Bucket[],
  { lang, timeZone, interval }: { lang: string; timeZone: string; interval: UsageInterval },
): BucketNames {
  const years = new Set(buckets.map(({ startMs }) => new Date(startMs).getUTCFullYear()));
  const axis = {
    ...SHORT[interval],
    ...(interval === "month" && years.size > 1 && { year: "2-digit" as const }),
  };
  const write = (options: Options) => {
    const format = new Intl.DateTimeFormat(lang, { ...options, timeZone });
    return buckets.map(({ startMs, endMs }) =>
      interval === "week" ? format.formatRange(startMs, endMs - 1) : format.format(startMs),
    );
  };
  const short = new Intl.DateTimeFormat(lang, { ...axis, timeZone });
  const long = write(LONG[interval]);
  const isClear = new Set(long).size === long.length;
  return {
    short: buckets.map(({ startMs }) => short.format(startMs)),
    long: isClear ? long : write({ ...LONG[interval], timeZoneName: "short" }),
  };
}

/** How much time some buckets are: "30 days". */
export function lengthOf(count: number, interval: UsageInterval, lang: string): string {
  return new Intl.NumberFormat(lang, { style: "unit", unit: interval, unitDisplay: "long" }).format(count);
}

/** From when to when: "1 – 12 Mar 2026". */
export function spanName(
  fromMs: number,
  toMs: number,
  { lang, timeZone }: { lang: string; timeZone: string },
) {
  const options: Options = { day: "numeric", month: "short", year: "numeric", timeZone };
  return new Intl.DateTimeFormat(lang, options).formatRange(fromMs, toMs - 1);
}
