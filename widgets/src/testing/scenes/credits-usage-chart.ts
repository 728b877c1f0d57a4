import "../../chart/plot.ts";
import "../../credits-usage-chart/define.ts";
import "../../credits-usage-chart/panel.ts";
import type { CreditsUsageChart } from "../../credits-usage-chart/credits-usage-chart.ts";
import { type FakeSeries, forecastOf, usageOf } from "../usage.ts";
import { findIn, place, type Scene } from "./scene.ts";
import { failed, forbidden, offline, stale } from "./states.ts";

const ELEMENT = "credits-usage-chart";
const DAYS = 30;

/** What each feature uses on an ordinary day. */
const FEATURES: Record<string, number> = {
  "Image generation": 96,
  "Video rendering": 62,
  Upscaling: 41,
  "Background removal": 33,
  Captions: 21,
  Translation: 14,
  Search: 9,
  Email: 6,
};

/** Weeks with quiet ends, which grow a little. */
function pointsOf(usual: number, offset: number): number[] {
  return Array.from({ length: DAYS }, (_, day) => {
    const week = (day + 3) % 7 > 4 ? 0.45 : 1;
    const wave = 1 + 0.35 * Math.sin(day * 0.9 + offset);
    return Math.round(usual * week * wave * (0.8 + day / 75));
  });
}

/** Each of the eight colours, and the muted one of the rest. */
function series(count: number): FakeSeries[] {
  const all = Object.entries(FEATURES).map(([label, usual], index): FakeSeries => ({
    key: label.toLowerCase().replaceAll(" ", "-"),
    label,
    points: pointsOf(usual, index),
    previous: pointsOf(usual * 0.86, index + 2),
  }));
  const rest: FakeSeries = { key: "", kind: "other", points: pointsOf(12, 9), previous: pointsOf(8, 5) };
  return count > all.length ? [...all, rest] : all.slice(0, count);
}

const usage = (count = 9) => usageOf(series(count), { events: 4_310 });

type Change = Partial<CreditsUsageChart>;

const STATES: Record<string, () => Change> = {
  loading: () => ({ state: { type: "loading" } }),
  loaded: () => ({ state: { type: "loaded", data: usage() } }),
  "three-series": () => ({ state: { type: "loaded", data: usage(3) } }),
  forecast: () => ({
    state: { type: "loaded", data: usage(4) },
    range: "month",
    forecast: forecastOf({ perDay: "230" }),
  }),
  alone: () => ({ state: { type: "loaded", data: usage(1) }, compare: "off" }),
  table: () => ({ state: { type: "loaded", data: usage(4) }, view: "table" }),
  "custom-range": () => ({
    ...{ state: { type: "loaded", data: usage(3) }, range: "custom" },
    ...{ from: "2026-02-11", to: "2026-03-12" },
  }),
  refreshing: () => ({ state: { type: "loaded", data: usage(3), refreshing: true } }),
  stale: () => ({ state: { type: "loaded", data: usage(3), stale: stale() } }),
  empty: () => ({ state: { type: "loaded", data: usageOf([], { total: "0" }) } }),
  error: () => ({ state: failed }),
  offline: () => ({ state: offline }),
  forbidden: () => ({ state: forbidden }),
};

/** What is there once all of it is. */
const SHOWS: Record<string, string> = {
  loading: "[part~=range]",
  table: "td",
  empty: "[part~=message]",
  error: "[part~=retry-button]",
  offline: "[part~=retry-button]",
  forbidden: "[part~=message]",
};

async function put(host: HTMLElement, name: string, change: Change): Promise<CreditsUsageChart> {
  const attributes = { "time-zone": "UTC" };
  return place(host, ELEMENT, { attributes, properties: change, shows: SHOWS[name] ?? "canvas" });
}

export const chartScenes: Scene[] = [
  ...Object.entries(STATES).map(([name, change]): Scene => ({
    element: ELEMENT,
    name,
    put: async (host) => {
      await put(host, name, change());
    },
  })),
  {
    element: ELEMENT,
    name: "tooltip",
    put: async (host) => {
      const element = await put(host, "tooltip", { state: { type: "loaded", data: usage(4) } });
      const stage = findIn(element, ".stage");
      stage?.focus();
      for (const key of ["End", "ArrowLeft", "ArrowLeft"])
        stage?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    },
  },
  {
    element: ELEMENT,
    name: "menu",
    put: async (host) => {
      const element = await put(host, "menu", { state: { type: "loaded", data: usage(3) } });
      const menu = findIn<HTMLDetailsElement>(element, "details");
      if (menu) menu.open = true;
    },
  },
];
