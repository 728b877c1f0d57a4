import type { RenderingStudio } from "../../support/rendering-studio.ts";
import type { BenchContext, Figures } from "../context.ts";
import { round } from "../report.ts";
import { median } from "../statistics.ts";

const TABLES = ["credits-grants-table", "credits-ledger"];

interface Paging {
  longTasksMs: number[];
  turnsMs: number[];
}

/** A thousand rows by pages of a hundred: tasks of the main thread over 50 ms, and what a person waits for a page. */
export async function measurePaging(
  { rounds, log }: BenchContext,
  studio: RenderingStudio,
): Promise<Figures> {
  const figures: Figures = {};
  for (const tag of TABLES) {
    const all: Paging[] = [];
    for (let turn = 0; turn < rounds; turn += 1) {
      const page = await studio.open();
      const paging = await page.evaluate<Paging>(`rendering.timePaging("${tag}", "/${tag}.js")`);
      await page.context().close();
      log(`round ${turn + 1}/${rounds}  ${tag}: ${paging.longTasksMs.length} long tasks`);
      all.push(paging);
    }
    figures[tag] = {
      longTasks: median(all.map(({ longTasksMs }) => longTasksMs.length)),
      longTasksAtBest: Math.min(...all.map(({ longTasksMs }) => longTasksMs.length)),
      longestTaskMs: round(Math.max(0, ...all.flatMap(({ longTasksMs }) => longTasksMs))),
      pageMs: round(median(all.flatMap(({ turnsMs }) => turnsMs))),
      longestPageMs: round(Math.max(...all.flatMap(({ turnsMs }) => turnsMs))),
    };
  }
  return figures;
}
