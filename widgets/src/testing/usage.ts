import type { UsageSeries, WidgetForecast, WidgetUsage } from "@credits-kit/client/widget";

const DAY_MS = 86_400_000;

/** What a series has: a key, and what each bucket has. */
export interface FakeSeries {
  key: string;
  label?: string;
  kind?: UsageSeries["kind"];
  points: readonly (number | string)[];
  previous?: readonly (number | string)[];
}

const FEATURES: FakeSeries[] = [
  { key: "image", label: "Image generation", points: [30, 50, 20], previous: [20, 30, 10] },
  { key: "video", label: "Video rendering", points: [10, 0, 5], previous: [10, 10, 10] },
];

const sum = (amounts: readonly (number | string)[]) =>
  String(amounts.reduce((all: number, amount) => all + Number(amount), 0));

/** An answer of days until today, as the API gives it. */
export function usageOf(
  features: readonly FakeSeries[] = FEATURES,
  change: Partial<WidgetUsage> = {},
): WidgetUsage {
  const count = features[0]?.points.length ?? 3;
  const todayMs = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const startOf = (day: number) => new Date(todayMs + (day + 1 - count) * DAY_MS).toISOString();
  const pointsOf = (amounts: readonly (number | string)[], shift: number) =>
    amounts.map((credits, day) => ({ start: startOf(day - shift), credits: String(credits), events: 1 }));
  const series = features.map(({ key, label = key, kind = "group", points, previous = points }) => ({
    ...{ kind, key, label, events: points.length, total: sum(points), points: pointsOf(points, 0) },
    groups: [{ by: "feature", kind: "value" as const, value: key, label }],
    previousTotal: sum(previous),
    previousEvents: previous.length,
    previousPoints: pointsOf(previous, count),
  }));
  return {
    ...{ creditTypeId: "tokens", resourceId: null, interval: "day", timeZone: "UTC", groupBy: ["feature"] },
    ...{ from: startOf(0), to: startOf(count), events: 6 },
    total: sum(series.map(({ total }) => total)),
    previous: { from: startOf(-count), to: startOf(0) },
    previousTotal: sum(series.map(({ previousTotal }) => previousTotal)),
    previousEvents: 6,
    series,
    creditType: {
      id: "tokens",
      name: "AI Tokens",
      symbol: null,
      unit: { singular: "token", plural: "tokens" },
    },
    ...change,
  };
}

/** A level pace of 48 a day. */
export function forecastOf(change: Partial<WidgetForecast> = {}): WidgetForecast {
  const todayMs = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  return {
    ...{
      creditTypeId: "tokens",
      resourceId: null,
      perDay: "48",
      trend: "0",
      runsOutAt: null,
      creditType: null,
    },
    basis: {
      ...{ method: "linear_trend", timeZone: "UTC", days: 30, used: "1440", spread: "1", available: "100" },
      from: new Date(todayMs - 30 * DAY_MS).toISOString(),
      to: new Date(todayMs).toISOString(),
      asOf: new Date(Date.now()).toISOString(),
      ...{ rangePercent: 80, horizonDays: 730, ignores: [] },
    },
    ...change,
  };
}
