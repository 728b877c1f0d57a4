import { isDecimal } from "../ui/decimal.ts";
import type { UsageChartTexts } from "../ui/usage-chart-texts.ts";
import type { Drawn } from "./chart-view.ts";

/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** What is seen, with the beginning of each bucket by the world's clock. Amounts are those of the API, exact. */
export function csvOf({ model, names, length }: Drawn, texts: UsageChartTexts): string {
  const { shown, sums, previous, buckets, count } = model;
  const hasTotal = shown.length > 1;
  const head = [texts.period, texts.start, ...shown.map(({ label }) => label)];
  if (hasTotal) head.push(texts.total);
  if (previous) head.push(texts.previous(length));
  const rows = Array.from({ length: count }, (_, index) => {
    const row = [names.long[index], new Date(buckets[index]?.startMs ?? 0).toISOString()];
    row.push(...shown.map(({ points }) => points[index]));
    if (hasTotal) row.push(sums[index]);
    if (previous) row.push(previous[index]);
    return row.map((cell) => cell ?? "");
  });
  return [head, ...rows].map((row) => `${row.map(cellOf).join(",")}\r\n`).join("");
}

/** Text that could be a formula begins with an apostrophe; a number stays one, whatever its sign. */
function cellOf(text: string): string {
  const safe = FORMULA.test(text) && !isDecimal(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
