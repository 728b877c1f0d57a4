import { Temporal } from "temporal-polyfill";

/** A time zone's clock stands this far from UTC, from one moment until before another. All in milliseconds. */
export interface OffsetStretch {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

const NANOSECONDS_PER_MILLISECOND = 1_000_000;

/** How a zone's clock stands between two moments, without gaps: few stretches, as clocks change twice a year or so. */
export function* offsetStretches(timeZone: string, from: number, to: number): Generator<OffsetStretch> {
  let moment = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone);
  for (let start = from; start < to;) {
    const offset = moment.offsetNanoseconds / NANOSECONDS_PER_MILLISECOND;
    const next = moment.getTimeZoneTransition("next");
    const end = next ? Math.min(next.epochMilliseconds, to) : to;
    yield { from: start, to: end, offset };
    if (!next) return;
    moment = next;
    start = end;
  }
}
