import type { WidgetForecast } from "@credits-kit/client/widget";
import { micros } from "../ui/decimal.ts";

/** When the credits of a pool run out, and how sure that is. */
export type Projection =
  /** Nothing is left. */
  | { type: "depleted" }
  /** Fewer complete days than say anything. */
  | { type: "unknown" }
  /** Nothing was used in so many days. */
  | { type: "idle"; days: number }
  /** They last for more than a year, in all likelihood. */
  | { type: "beyond"; days: number }
  | {
      type: "dated";
      likelyMs: number;
      earliestMs: number;
      /** Nothing: perhaps not within a year. */
      latestMs: number | undefined;
      /** How likely it is between the two. */
      percent: number;
      days: number;
    };

/** One day, or two, are no pace. */
export const FEWEST_DAYS = 3;
/** Nobody plans by a date further away. */
export const HORIZON_MS = 365 * 86_400_000;

/**
 * What can honestly be said of when `available` runs out. The pace and its range are the server's forecast (docs/usage.md,
 * "Forecast"): the straight line by least squares through what each of the last 30 complete days burned, going on for as
 * many days as there were and level after that; an 80 % interval around it (1.2816 standard deviations of a normal
 * distribution) that widens with the root of the days ahead for how far days lie off the line, and with the days themselves
 * for how well their average is known (the prediction interval of a sum; e.g. Hyndman & Athanasopoulos, "Forecasting:
 * Principles and Practice", 5.5). Here it is only decided what of it is said: none where there are too few days, none
 * beyond a year, and never a moment that is over.
 */
export function projectionOf(
  { runsOutAt, basis }: Pick<WidgetForecast, "runsOutAt" | "basis">,
  available: string,
  nowMs: number,
): Projection {
  const { days, rangePercent: percent } = basis;
  if (micros(available) <= 0n) return { type: "depleted" };
  if (days < FEWEST_DAYS) return { type: "unknown" };
  if (micros(basis.used) <= 0n) return { type: "idle", days };
  const endMs = nowMs + HORIZON_MS;
  const momentOf = (iso: string) => Math.max(nowMs, Date.parse(iso));
  const likelyMs = runsOutAt ? momentOf(runsOutAt.likely) : Infinity;
  if (!runsOutAt || !(likelyMs <= endMs)) return { type: "beyond", days };
  const latestMs = momentOf(runsOutAt.latest ?? "");
  return {
    ...{ type: "dated", likelyMs, percent, days },
    earliestMs: Math.min(likelyMs, momentOf(runsOutAt.earliest)),
    latestMs: latestMs <= endMs ? Math.max(likelyMs, latestMs) : undefined,
  };
}
