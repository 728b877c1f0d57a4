import type { PlotView } from "../chart/plot-view.ts";
import type { ChartView, Drawn } from "./chart-view.ts";

/** What the picture needs to know. */
export function plotOf(view: ChartView, { model, names, length, spoken }: Drawn): PlotView {
  const { texts, lang, amount, amountWithUnit } = view;
  const { shown, sums, previous, ahead } = model;
  return {
    // The largest stands at the bottom.
    bars: shown,
    ...{ lang, names, sums, previous, ahead, amount, amountWithUnit },
    texts: {
      plot: spoken,
      hint: texts.plotHint,
      total: texts.total,
      previous: texts.previous(length),
      ahead: texts.ahead,
    },
  };
}
