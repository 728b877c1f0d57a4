import type { RenderingStudio } from "../../support/rendering-studio.ts";
import type { BenchContext, Figures } from "../context.ts";
import { round } from "../report.ts";
import { median } from "../statistics.ts";

const TABLES = ["credits-grants-table", "credits-ledger"];

const LONG_MS = 50;

/** What widgets/src/testing/rendering/paging.ts tells. */
interface Tasks {
  longTasksMs: number[];
}

interface Turns extends Tasks {
  turnsMs: number[];
}

interface Paging extends Turns {
  /** Of the first page. */
  firstTasksMs: number[];
  /** What the longest task of the page's main thread worked while pages were turned. */
  longestCpuMs: number;
}

/**
 * A thousand rows by pages of a hundred: tasks of the main thread over 50 ms while they are turned, and what a person
 * waits for a page; beside it the longest task until the first hundred are there, with all that runs for the first time.
 * Where the machine is busy with something else a task lasts longer than it works: the longest is told by its work, too.
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
      longestFirstTaskMs: round(median(all.map(({ firstTasksMs }) => Math.max(0, ...firstTasksMs)))),
    };
  }
  return figures;
}

async function measure(studio: RenderingStudio, tag: string): Promise<Paging> {
  const page = await studio.open();
  const first = await page.evaluate<Tasks>(`rendering.putTable("${tag}", "/${tag}.js")`);
  await studio.browser.startTracing(page, { categories: ["toplevel"] });
  const turns = await page.evaluate<Turns>(`rendering.turnPages("${tag}")`);
  const read: (text: string) => { traceEvents: TraceEvent[] } = JSON.parse;
  const { traceEvents } = read((await studio.browser.stopTracing()).toString());
  await page.context().close();
  const isMain = ({ name, args }: TraceEvent) => name === "thread_name" && args?.name === "CrRendererMain";
  const threads = new Set(traceEvents.filter(isMain).map(threadOf));
  const tasks = traceEvents.filter((event) => event.tdur !== undefined && threads.has(threadOf(event)));
  const longestCpuMs = Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1_000;
  return { ...turns, firstTasksMs: first.longTasksMs, longestCpuMs };
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
