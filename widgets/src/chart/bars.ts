import type { Chart, ChartData, ChartOptions, Plugin } from "chart.js";
import type { Inks } from "./inks.ts";
import type { PlotView } from "./plot-view.ts";

type Point = { x: number; y: number };
export type Bars = Chart<"bar", Point[], number>;

/** What is drawn beside the bars themselves. */
export interface Scene {
  view: PlotView;
  inks: Inks;
  /** The bucket that is looked at. */
  step: number | undefined;
}

const CORNER_PX = 4;

export function dataOf({ view, inks }: Scene): ChartData<"bar", Point[], number> {
  const { bars, names, ahead } = view;
  const toPoints = (amounts: readonly (string | number)[]) =>
    names.long.map((_, x) => ({ x, y: Number(amounts[x] ?? 0) }));
  const border = inks.isForced ? { borderColor: inks.text, borderWidth: 1 } : {};
  const datasets = bars.map(({ tone, points }) => ({
    data: toPoints(points),
    backgroundColor: inks.tones[tone] ?? inks.muted,
    ...border,
  }));
  if (ahead) datasets.push({ data: toPoints(ahead), backgroundColor: inks.hatched, ...border });
  return { labels: names.long.map((_, index) => index), datasets };
}

export function optionsOf({ view, inks }: Scene, place: HTMLElement): ChartOptions<"bar"> {
  const { fontFamily, fontSize, direction } = getComputedStyle(place);
  const isRtl = direction === "rtl";
  const font = { family: fontFamily, size: Math.round(parseFloat(fontSize) * 0.75) };
  const figures = new Intl.NumberFormat(view.lang, { notation: "compact", maximumSignificantDigits: 3 });
  const peaks = view.sums.map((sum, index) => Number(sum) + (view.ahead?.[index] ?? 0));
  const most = Math.max(0, ...peaks, ...(view.previous ?? []).map(Number));
  return {
    animation: false,
    events: [],
    maintainAspectRatio: false,
    parsing: false,
    normalized: true,
    font,
    layout: { padding: { top: 8 } },
    datasets: {
      bar: { categoryPercentage: 0.86, barPercentage: 0.86, maxBarThickness: 44, minBarLength: 0 },
    },
    scales: {
      x: {
        stacked: true,
        reverse: isRtl,
        grid: { display: false },
        border: { color: inks.border },
        ticks: {
          color: inks.muted,
          font,
          maxRotation: 0,
          autoSkipPadding: 16,
          callback: (index) => view.names.short[Number(index)] ?? "",
        },
      },
      y: {
        stacked: true,
        position: isRtl ? "right" : "left",
        min: 0,
        // Bars end a little below the top, at no rounder number than they must.
        ...(most > 0 && { max: most * 1.04 }),
        grid: { color: inks.border, tickLength: 0 },
        border: { display: false },
        ticks: {
          color: inks.muted,
          font,
          padding: 8,
          maxTicksLimit: 6,
          includeBounds: false,
          callback: (value) => figures.format(Number(value)),
        },
      },
    },
  };
}

/** Rounds the tops of whole stacks, marks the bucket that is looked at, and draws the period before as a line. */
export function decoration(sceneOf: () => Scene): Plugin<"bar"> {
  return {
    id: "decoration",
    beforeDatasetsDraw(chart) {
      const { view, inks, step } = sceneOf();
      const { ctx, scales, chartArea } = chart;
      const { x, y } = scales;
      if (!x || !y) return;
      const count = view.names.long.length;
      if (step !== undefined) {
        const width = chartArea.width / count;
        ctx.fillStyle = inks.isForced ? inks.border : inks.sunken;
        ctx.fillRect(x.getPixelForValue(step) - width / 2, chartArea.top, width, chartArea.height);
      }
      ctx.save();
      ctx.beginPath();
      const bars = chart.getDatasetMeta(0).data;
      const base = y.getPixelForValue(0);
      view.sums.forEach((sum, index) => {
        const bar = bars[index];
        const { width } = bar?.getProps(["width"]) ?? {};
        const top = y.getPixelForValue(Number(sum) + (view.ahead?.[index] ?? 0));
        if (!bar || typeof width !== "number" || top >= base) return;
        const radius = Math.min(CORNER_PX, width / 3, base - top);
        ctx.roundRect(bar.x - width / 2, top, width, base - top, [radius, radius, 0, 0]);
      });
      ctx.clip();
    },
    afterDatasetsDraw(chart) {
      const { view, inks } = sceneOf();
      const { ctx, scales } = chart;
      const { x, y } = scales;
      ctx.restore();
      if (!x || !y || !view.previous) return;
      ctx.save();
      ctx.strokeStyle = inks.muted;
      ctx.lineWidth = 1.25;
      ctx.lineJoin = "round";
      ctx.setLineDash([3, 3]);
      ctx.beginPath();
      view.previous.forEach((amount, index) =>
        ctx.lineTo(x.getPixelForValue(index), y.getPixelForValue(Number(amount))),
      );
      ctx.stroke();
      ctx.restore();
    },
  };
}
