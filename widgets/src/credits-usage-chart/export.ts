import type { Plot } from "../chart/plot.ts";
import type { ChartView, Drawn } from "./chart-view.ts";
import { csvOf } from "./csv.ts";
import { dateOf } from "./ranges.ts";

export interface Exported {
  view: ChartView;
  drawn: Drawn;
  plot: Plot | undefined;
}

/** Hands what is seen to the person as a file, made here: nothing is asked of any server. */
export async function exportUsage(format: "csv" | "png", { view, drawn, plot }: Exported): Promise<void> {
  const { from, to, timeZone } = drawn.usage;
  const days = [Date.parse(from), Date.parse(to) - 1].map((ms) => dateOf(ms, timeZone));
  const name = `usage-${days.join("-to-")}.${format}`;
  if (format === "csv") {
    // The mark at the beginning tells spreadsheets which encoding it is.
    return save(new Blob(["\uFEFF", csvOf(drawn, view.texts)], { type: "text/csv;charset=utf-8" }), name);
  }
  const { model, span } = drawn;
  const picture = await plot?.toPicture({
    title: model.picked ? `${view.texts.title} · ${model.picked.label}` : view.texts.title,
    total: view.amountWithUnit(model.total),
    span,
    legend: model.shown.map(({ label, tone, total }) => ({ label, tone, value: view.amount(total) })),
  });
  if (picture) save(picture, name);
}

function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // Some browsers fetch it a moment later.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
