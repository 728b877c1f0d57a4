import type { WidgetForecast } from "@credits-kit/client/widget";
import type { Bucket } from "./bucket.ts";

const DAY_MS = 86_400_000;

/** What each bucket will have in addition if the usage goes on along its line: for days that are not over, and none else. */
export function aheadOf(buckets: readonly Bucket[], { perDay, trend, basis }: WidgetForecast): number[] {
  const nowMs = Date.parse(basis.asOf);
  const todayMs = Date.parse(basis.to);
  const [level, slope] = [Number(perDay), Number(trend)];
  /** As the server does: the line goes on for as many days as it was drawn from, and is level after that. */
  const paceOf = (day: number) =>
    Math.max(0, level + slope * (Math.min(day, basis.days) + (basis.days + 1) / 2));
  return buckets.map(({ startMs, endMs }) => {
    let amount = 0;
    for (let atMs = Math.max(startMs, nowMs); atMs < endMs;) {
      const day = Math.max(0, Math.floor((atMs - todayMs) / DAY_MS));
      const untilMs = Math.min(endMs, todayMs + (day + 1) * DAY_MS);
      amount += (paceOf(day) * (untilMs - atMs)) / DAY_MS;
      atMs = Math.max(untilMs, atMs + 1);
    }
    return amount;
  });
}
