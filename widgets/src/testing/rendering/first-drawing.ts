import { BarController, BarElement, CategoryScale, Chart, LinearScale } from "chart.js";
import type * as PlotFile from "../../chart/plot.ts";
import type { PlotView } from "../../chart/plot-view.ts";
import { BUCKETS, usageAtMost } from "./chart-data.ts";
import { findIn, rest, until } from "./moments.ts";

const TONES = ["#4f46e5", "#0891b2", "#059669", "#d97706", "#db2777", "#7c3aed", "#65a30d", "#64748b"];

/** One below the other, without anything that moves. */
const OPTIONS = {
  animation: false,
  maintainAspectRatio: false,
  scales: {
    x: { stacked: true, grid: { display: false }, ticks: { maxRotation: 0 } },
    y: { stacked: true },
  },
} as const;

const NAMES = Array.from({ length: BUCKETS }, (_, index) => `Day ${index + 1}`);

type Start = () => Promise<{ ms: number }>;

/** The amounts that both draw. */
function amounts(): string[][] {
  return usageAtMost().series.map(({ points }) => points.map(({ credits }) => credits));
}

/** The element with all but a picture. */
async function putElement(): Promise<HTMLElement> {
  const file = "/credits-usage-chart.js";
  await import(/* @vite-ignore */ file);
  const element = document.createElement("credits-usage-chart");
  document.body.append(element);
  await until("a chart without a picture", () => findIn(element, "[part~=view]"));
  return element;
}

/** A place for a picture in the element, and so in its styles. */
async function putPlace(): Promise<HTMLElement> {
  const element = await putElement();
  const place = document.createElement("div");
  place.className = "plot";
  element.shadowRoot?.querySelector(".base")?.append(place);
  await rest();
  return place;
}

/** Draws, and waits for the pixels: they are in the canvas only when somebody reads it. */
async function time(draw: () => HTMLCanvasElement | null | Promise<HTMLCanvasElement>) {
  const startMs = performance.now();
  const canvas = await draw();
  const context = canvas?.getContext("2d");
  context?.getImageData(0, 0, 1, 1);
  const ms = performance.now() - startMs;
  const pixels = context?.getImageData(0, 0, canvas?.width ?? 0, canvas?.height ?? 0).data;
  if (!pixels?.some((byte) => byte > 0)) throw new Error("nothing was drawn");
  return { ms };
}

const loadPlot: (file: string) => Promise<typeof PlotFile> = (file) => import(/* @vite-ignore */ file);

/** The first picture of our own file. */
export async function prepareOurDrawing(file: string): Promise<Start> {
  const place = await putPlace();
  const { Plot } = await loadPlot(file);
  const bars = amounts().map((points, index) => ({ label: `Feature ${index}`, tone: index % 9, points }));
  const sumOf = (day: number) => bars.reduce((sum, { points }) => sum + Number(points[day] ?? 0), 0);
  const view: PlotView = {
    ...{
      lang: "en",
      bars,
      names: { short: NAMES, long: NAMES },
      sums: NAMES.map((_, day) => String(sumOf(day))),
    },
    ...{ previous: undefined, ahead: undefined },
    texts: { plot: "Usage", hint: "Arrow keys", total: "Total", previous: "Before", ahead: "Expected" },
    amount: String,
    amountWithUnit: String,
  };
  return () =>
    time(() => {
      new Plot(place).draw(view);
      return place.querySelector("canvas");
    });
}

/** The same bars by chart.js itself, as its documentation says how. */
export async function prepareBareDrawing(): Promise<Start> {
  const place = await putPlace();
  const series = amounts();
  const stage = document.createElement("div");
  stage.className = "stage";
  place.append(stage);
  return () =>
    time(() => {
      const canvas = document.createElement("canvas");
      stage.append(canvas);
      Chart.register(BarController, BarElement, CategoryScale, LinearScale);
      const datasets = series.map((points, index) => ({
        label: `Feature ${index}`,
        data: points.map(Number),
        backgroundColor: TONES[index % TONES.length] ?? "#000",
      }));
      new Chart(canvas, { type: "bar", data: { labels: NAMES, datasets }, options: OPTIONS });
      return canvas;
    });
}

/** The whole element from an answer at hand to its picture: legend, table for screen readers and all. */
export async function prepareCard(file: string): Promise<Start> {
  const element = await putElement();
  await import(/* @vite-ignore */ file);
  await rest();
  const data = usageAtMost();
  return () =>
    time(() => {
      Object.assign(element, { state: { type: "loaded", data } });
      return until("a canvas", () => element.shadowRoot?.querySelector("canvas"));
    });
}
