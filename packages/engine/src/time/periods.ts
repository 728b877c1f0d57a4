import { Temporal } from "temporal-polyfill";
import type { Instant } from "../pool/types.ts";

/** How long one period of a subscription is. */
export type PeriodLength = "month" | "year";

/** What periods are counted from, and how long each is. */
export interface Periods {
  readonly anchorAt: Instant;
  readonly every: PeriodLength;
}

/**
 * When a period begins, the first being number 0. Counted from the anchor in UTC and never from the period before, so
 * that what began on the 31st ends on the last day of a short month and comes back to the 31st.
 */
export function periodStart({ anchorAt, every }: Periods, number: number): Instant {
  const anchor = Temporal.Instant.fromEpochMilliseconds(anchorAt).toZonedDateTimeISO("UTC");
  const length = every === "month" ? { months: number } : { years: number };
  return anchor.add(length).epochMilliseconds;
}

/** The number of the period in which an instant lies; negative before the anchor. */
export function periodNumberAt(periods: Periods, at: Instant): number {
  const anchor = Temporal.Instant.fromEpochMilliseconds(periods.anchorAt).toZonedDateTimeISO("UTC");
  const moment = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO("UTC");
  const months = (moment.year - anchor.year) * 12 + moment.month - anchor.month;
  let number = periods.every === "month" ? months : moment.year - anchor.year;
  while (periodStart(periods, number) > at) number -= 1;
  while (periodStart(periods, number + 1) <= at) number += 1;
  return number;
}
