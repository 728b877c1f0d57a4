import type { RenderingStudio } from "../../support/rendering-studio.ts";
import type { BenchContext, Figures } from "../context.ts";
import { round } from "../report.ts";
import { median } from "../statistics.ts";

const TABLES = ["credits-grants-table", "credits-ledger"];

const LONG_MS = 50;

interface Paging {
  longTasksMs: number[];
  turnsMs: number[];
  /** What the longest task of the page's main thread worked. */
  longestCpuMs: number;
}

/**
 * A thousand rows by pages of a hundred: tasks of the main thread over 50 ms, and what a person waits for a page. Where the
 * machine is busy with something else a task lasts longer than it works: the longest is told by its work, too.
 */
export async function measurePaging(
  { rounds, log }: BenchContext,
  studio: RenderingStudio,
): Promise<Figures> {
  const figures: Figures = {};
  for (const tag of TABLES) {
    const all: Paging[] = [];
    for (let turn = 0; turn < rounds; turn += 1) {
      const paging = await measure(studio, tag);
      log(`round ${turn + 1}/${rounds}  ${tag}: ${paging.longTasksMs.length} long tasks`);
      all.push(paging);
    }
    figures[tag] = {
      longTasks: median(all.map(({ longTasksMs }) => longTasksMs.length)),
      longTasksAtBest: Math.min(...all.map(({ longTasksMs }) => longTasksMs.length)),
      longestTaskMs: round(median(all.map(({ longTasksMs }) => Math.max(0, ...longTasksMs)))),
      longestTaskCpuMs: round(median(all.map(({ longestCpuMs }) => longestCpuMs))),
      mostMs: LONG_MS,
      pageMs: round(median(all.flatMap(({ turnsMs }) => turnsMs))),
      longestPageMs: round(Math.max(...all.flatMap(({ turnsMs }) => turnsMs))),
    };
  }
  return figures;
}

async function measure(studio: RenderingStudio, tag: string): Promise<Paging> {
  const page = await studio.open();
  await studio.browser.startTracing(page, { categories: ["toplevel"] });
  const paging = await page.evaluate<Omit<Paging, "longestCpuMs">>(
    `rendering.timePaging("${tag}", "/${tag}.js")`,
  );
  const read: (text: string) => { traceEvents: TraceEvent[] } = JSON.parse;
  const { traceEvents } = read((await studio.browser.stopTracing()).toString());
  await page.context().close();
  const isMain = ({ name, args }: TraceEvent) => name === "thread_name" && args?.name === "CrRendererMain";
  const threads = new Set(traceEvents.filter(isMain).map(threadOf));
  const tasks = traceEvents.filter((event) => event.tdur !== undefined && threads.has(threadOf(event)));
  return { ...paging, longestCpuMs: Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1_000 };
}

/** Of Chromium's trace: what a thread did, and how many microseconds it worked at it. */
interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  tdur?: number;
  args?: { name?: string };
}

const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
