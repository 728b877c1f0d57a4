import "../chart/plot.ts";
import "./define.ts";
import "./panel.ts";
import type { CreditsUsageChart } from "./credits-usage-chart.ts";
import { type FakeSeries, forecastOf, usageOf } from "../testing/usage.ts";
import { findIn, place } from "../testing/scenes/scene.ts";
import { failed, forbidden, offline, stale } from "../testing/scenes/states.ts";
import { story } from "../testing/scenes/story.ts";

const ELEMENT = "credits-usage-chart";

export default { title: "Elements/credits-usage-chart", component: ELEMENT };

export const Playground = { tags: ["playground"] };
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

const attributes = { "time-zone": "UTC" };

/** What an element shows that has these properties, and what is there once all of it is. */
const show = (change: () => Change, shows = "canvas") =>
  story(async (host) => {
    await place(host, ELEMENT, { attributes, properties: change(), shows });
  });

export const Loading = show(() => ({ state: { type: "loading" } }), "[part~=range]");
export const Loaded = show(() => ({ state: { type: "loaded", data: usage() } }));
export const ThreeSeries = show(() => ({ state: { type: "loaded", data: usage(3) } }));
export const Forecast = show(() => ({
  state: { type: "loaded", data: usage(4) },
  range: "month",
  forecast: forecastOf({ perDay: "230" }),
}));
export const Alone = show(() => ({ state: { type: "loaded", data: usage(1) }, compare: "off" }));
export const Table = show(() => ({ state: { type: "loaded", data: usage(4) }, view: "table" }), "td");
export const CustomRange = show(() => ({
  ...{ state: { type: "loaded", data: usage(3) }, range: "custom" },
  ...{ from: "2026-02-11", to: "2026-03-12" },
}));
export const Refreshing = show(() => ({ state: { type: "loaded", data: usage(3), refreshing: true } }));
export const Stale = show(() => ({ state: { type: "loaded", data: usage(3), stale: stale() } }));
export const Empty = show(
  () => ({ state: { type: "loaded", data: usageOf([], { total: "0" }) } }),
  "[part~=message]",
);
export const Error = show(() => ({ state: failed }), "[part~=retry-button]");
export const Offline = show(() => ({ state: offline }), "[part~=retry-button]");
export const Forbidden = show(() => ({ state: forbidden }), "[part~=message]");

export const Tooltip = story(async (host) => {
  const element = await place(host, ELEMENT, {
    attributes,
    properties: { state: { type: "loaded", data: usage(4) } },
    shows: "canvas",
  });
  const stage = findIn(element, ".stage");
  stage?.focus();
  for (const key of ["End", "ArrowLeft", "ArrowLeft"])
    stage?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
});

export const Menu = story(async (host) => {
  const element = await place(host, ELEMENT, {
    attributes,
    properties: { state: { type: "loaded", data: usage(3) } },
    shows: "canvas",
  });
  const menu = findIn<HTMLDetailsElement>(element, "details");
  if (menu) menu.open = true;
});
