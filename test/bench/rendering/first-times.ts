import { type RenderingStudio, type Taken, timeOnce } from "../../support/rendering-studio.ts";
import type { BenchContext, Figures } from "../context.ts";
import { round } from "../report.ts";
import { type Contender, measureRounds } from "../rounds.ts";
import { compare, type Comparison, median, spreadOf } from "../statistics.ts";

/** What a part of the case found. */
export interface Measured {
  figures: Figures;
  comparisons: Record<string, Comparison>;
}

/** Pages of a sample, which is their median: the first time of anything is a restless figure. */
const PAGES = 5;

/**
 * First content and first drawings, each on a host's page that has fetched the files and run none. `ms` is what a person
 * waits, `cpuMs` what the page's main thread works until it is painted, which other work on the machine hardly changes:
 * ratios are of that.
 */
export async function measureFirstTimes(context: BenchContext, studio: RenderingStudio): Promise<Measured> {
  const chart = JSON.stringify(studio.chunk("chart"));
  const prepare = {
    firstFormat: `prepareFirstFormat()`,
    bareLit: `prepareFirstContent("bareLit", "/bare-balance.js")`,
    balance: `prepareFirstContent("balance", "/credits-balance.js")`,
    balanceBySession: `prepareFirstContent("balanceBySession", "/credits-balance.js")`,
    chartShell: `prepareFirstContent("chartShell", "/credits-usage-chart.js")`,
    chartNumbers: `prepareFirstContent("chartNumbers", "/credits-usage-chart.js")`,
    chartNumbersBySession: `prepareFirstContent("chartNumbersBySession", "/credits-usage-chart.js")`,
    bareChart: `prepareBareDrawing()`,
    chartDrawing: `prepareOurDrawing(${chart})`,
    chartCard: `prepareCard(${chart})`,
  };
  const taken = new Map<string, Taken[]>();
  const contenders = Object.fromEntries(
    Object.entries(prepare).map(([name, call]): [string, Contender] => {
      const all: Taken[] = [];
      taken.set(name, all);
      return [
        name,
        async () => {
          const pages: Taken[] = [];
          for (let page = 0; page < PAGES; page += 1) pages.push(await timeOnce(studio, call));
          all.push(...pages);
          return median(pages.map(({ cpuMs }) => cpuMs));
        },
      ];
    }),
  );
  const samples = await measureRounds<string>(context, contenders, " ms of CPU");

  const figures: Figures = {};
  for (const [name, all] of taken)
    figures[name] = { ms: spreadFigures(all, "ms"), cpuMs: spreadFigures(all, "cpuMs") };
  const cpu = (name: string) => samples(name).map((sample) => sample ?? Number.NaN);
  return {
    figures: { ...figures, mostMs: { balance: 50, chartShell: 50 }, mostChartDrawingToBareChart: 1.3 },
    comparisons: {
      balanceToBareLit: compare(cpu("balance"), cpu("bareLit")),
      balanceBySessionToBareLit: compare(cpu("balanceBySession"), cpu("bareLit")),
      chartShellToBareLit: compare(cpu("chartShell"), cpu("bareLit")),
      chartNumbersToBareLit: compare(cpu("chartNumbers"), cpu("bareLit")),
      chartDrawingToBareChart: compare(cpu("chartDrawing"), cpu("bareChart")),
      chartCardToBareChart: compare(cpu("chartCard"), cpu("bareChart")),
    },
  };
}

function spreadFigures(all: Taken[], name: keyof Taken) {
  const values = all.map((one) => one[name]);
  const { min, max } = spreadOf(values);
  return { median: round(median(values)), min: round(min), max: round(max) };
}
