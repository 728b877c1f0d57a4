import type { WidgetUsage } from "@credits-kit/client/widget";
import { type FakeSeries, usageOf } from "../usage.ts";

export const BUCKETS = 120;
export const FEATURES = 20;

/** Weeks that come and go, the first feature the largest. */
function seriesOf(count: number, days: number): FakeSeries[] {
  return Array.from({ length: count }, (_, index) => ({
    key: `feature-${index}`,
    label: `Feature ${index + 1}`,
    points: Array.from({ length: days }, (_unused, day) =>
      Math.round((400 / (index + 2)) * (1.4 + Math.sin(day * 0.9 + index))),
    ),
  }));
}

/** What people see as a rule: a month by its eight largest features. */
export function usageOfMonth(): WidgetUsage {
  return usageOf(seriesOf(8, 30));
}

/** The most that a chart draws. */
export function usageAtMost(): WidgetUsage {
  return usageOf(seriesOf(FEATURES, BUCKETS));
}
