import { Temporal } from "temporal-polyfill";
import { fieldError } from "../../field-errors.ts";
import { boundariesOf, type Interval, type Span } from "./boundaries.ts";

/** How many days a series covers when nobody says. */
const DAYS = 30;

/** Which time a series is asked for, and by whose calendar. Times in milliseconds since 1970. */
export interface AskedPeriod {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly interval: Interval;
  readonly timeZone: string;
  /** How many buckets there may be. */
  readonly mostBuckets: number;
}

/** A span of time and where its buckets begin, with its end as the last boundary. */
export interface Period extends Span {
  readonly boundaries: readonly number[];
}

/**
 * The span that is asked for: the last 30 days, today included, where nothing is said.
 * @throws ServiceError `validation_failed` when it is empty, or has too many buckets
 */
export function currentPeriod(asked: AskedPeriod, now: number): Period {
  const { timeZone } = asked;
  const to = asked.to ?? startOfDay(timeZone, now, 1);
  const from = asked.from ?? startOfDay(timeZone, to - 1, 1 - DAYS);
  if (from >= to) {
    throw asked.to === undefined
      ? fieldError("from", "must be before to")
      : fieldError("to", "must be after from");
  }
  return withBoundaries({ from, to }, asked);
}

/**
 * The same number of intervals immediately before: from and to, each so many hours, days, weeks or months earlier by the
 * calendar, so that a month that is not over is compared with the same part of the month before.
 */
export function previousPeriod({ from, to }: Period, asked: AskedPeriod): Period {
  const count = intervalsIn({ from, to }, asked);
  const span = { from: earlier(from, count, asked), to: Math.min(earlier(to, count, asked), from) };
  return withBoundaries(span, asked);
}

/** A local midnight: of the day of a moment, or so many days after it. */
export function startOfDay(timeZone: string, moment: number, daysLater = 0): number {
  return zoned(timeZone, moment).toPlainDate().add({ days: daysLater }).toZonedDateTime(timeZone)
    .epochMilliseconds;
}

function withBoundaries(span: Span, { interval, timeZone, mostBuckets }: AskedPeriod): Period {
  const boundaries = boundariesOf(span, { interval, timeZone, most: mostBuckets });
  if (boundaries === null) {
    throw fieldError("interval", `would make more than ${mostBuckets.toLocaleString("en")} buckets`);
  }
  return { ...span, boundaries };
}

/** How many intervals a span takes, a begun one counted as a whole. */
function intervalsIn({ from, to }: Span, asked: AskedPeriod): number {
  const { interval, timeZone } = asked;
  const length = zoned(timeZone, from).until(zoned(timeZone, to), { largestUnit: interval });
  const whole = { hour: length.hours, day: length.days, week: length.weeks, month: length.months }[interval];
  return earlier(to, whole, asked) > from ? whole + 1 : whole;
}

function earlier(moment: number, count: number, { interval, timeZone }: AskedPeriod): number {
  return zoned(timeZone, moment).subtract({ [`${interval}s`]: count }).epochMilliseconds;
}

function zoned(timeZone: string, moment: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(timeZone);
}
