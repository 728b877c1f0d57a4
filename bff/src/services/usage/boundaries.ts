import { offsetStretches } from "./zone-offsets.ts";

/** How long a bucket is, by the calendar and clock of a time zone. */
export type Interval = "hour" | "day" | "week" | "month";

/** A span of time in milliseconds since 1970: `from` is included, `to` is not. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** No clock was ever put back by more: a day that comes twice began at most this long ago. */
const LONGEST_REPEAT_MS = 2 * DAY_MS;
/** 1970 began on a Thursday; weeks begin on Mondays. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/**
 * Where buckets begin in a span, with both its ends: at full hours, local midnights, Mondays or firsts of the month, as
 * the zone's clock shows them first. Where a clock jumps over such a moment, the bucket begins with the jump; a day that
 * comes twice in part begins once, and an hour that comes twice is two hours. Null when there are more than `most`.
 */
export function boundariesOf(
  { from, to }: Span,
  { interval, timeZone, most }: { interval: Interval; timeZone: string; most: number },
): number[] | null {
  const boundaries = [from];
  let latest = -Infinity;
  for (const stretch of offsetStretches(timeZone, from - LONGEST_REPEAT_MS, to)) {
    const local = stretch.from + stretch.offset;
    // On the clock's first showing, or after a jump into what it would have shown later.
    let shown = floorOf(interval, local);
    for (let at = stretch.from; at < stretch.to; at = shown - stretch.offset) {
      const begins = shown > latest || (interval === "hour" && at + stretch.offset === shown);
      if (begins && at > from) boundaries.push(at);
      if (boundaries.length > most) return null;
      latest = Math.max(latest, shown);
      shown = after(interval, shown);
    }
  }
  return [...boundaries, to];
}

/** The start of the hour, day, week or month, of a local time counted as if it were UTC. */
export function floorOf(interval: Interval, local: number): number {
  switch (interval) {
    case "hour":
      return Math.floor(local / HOUR_MS) * HOUR_MS;
    case "day":
      return Math.floor(local / DAY_MS) * DAY_MS;
    case "week":
      return Math.floor((local - FIRST_MONDAY_MS) / (7 * DAY_MS)) * 7 * DAY_MS + FIRST_MONDAY_MS;
    case "month": {
      const date = new Date(local);
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
    }
  }
}

function after(interval: Interval, start: number): number {
  switch (interval) {
    case "hour":
      return start + HOUR_MS;
    case "day":
      return start + DAY_MS;
    case "week":
      return start + 7 * DAY_MS;
    case "month": {
      const date = new Date(start);
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
    }
  }
}
