import { openInPageServer } from "./in-page-server.ts";
import { findIn, nextPaint, rest, until } from "./moments.ts";

/** How many rows a page has. */
const ROWS = 100;

export interface Tasks {
  /** How long each task of the page was that was longer than 50 ms. */
  longTasksMs: number[];
}

export interface Turns extends Tasks {
  /** From the press of "Next" until the rows of the next page are laid out. */
  turnsMs: number[];
}

/** The first hundred of a thousand rows of a table that its file, fetched but never run, defines. */
export async function putTable(tag: string, file: string): Promise<Tasks> {
  openInPageServer();
  const element = document.createElement(tag);
  element.setAttribute("session-url", "/session");
  element.setAttribute("page-size", String(ROWS));
  document.body.append(element);
  await rest();
  return watchTasks(async () => {
    await import(/* @vite-ignore */ file);
    await until("the first page", () => rowOf(element, 0), nextPaint);
  });
}

/** Turns through all pages of a table that is there. */
export async function turnPages(tag: string): Promise<Turns> {
  const element = document.querySelector(tag);
  if (!element) throw new Error(`no ${tag}`);
  const turnsMs: number[] = [];
  const tasks = await watchTasks(async () => {
    for (let page = 1; page < 10; page += 1) {
      await nextPaint();
      const [, next] = element.shadowRoot?.querySelectorAll<HTMLElement>("[part~=page-button]") ?? [];
      const startMs = performance.now();
      next?.click();
      const row = await until(`page ${page}`, () => rowOf(element, page), nextPaint);
      row.getBoundingClientRect();
      turnsMs.push(performance.now() - startMs);
    }
  });
  return { ...tasks, turnsMs };
}

/** The first row of a page, once all its rows are there. Rows are told apart by their numbers, from ten thousand on. */
function rowOf(element: Element, page: number): HTMLElement | undefined {
  const row = findIn(element, "[part~=row]");
  const isThere = row?.textContent?.replace(/[^\d]/g, "").includes(String(10_000 + page * ROWS));
  const count = element.shadowRoot?.querySelectorAll("[part~=row]").length;
  return isThere && count === ROWS ? row : undefined;
}

async function watchTasks(run: () => Promise<void>): Promise<Tasks> {
  const longTasksMs: number[] = [];
  const take = (entries: PerformanceEntryList) =>
    longTasksMs.push(...entries.map(({ duration }) => duration));
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  observer.observe({ type: "longtask" });
  await run();
  await rest();
  take(observer.takeRecords());
  observer.disconnect();
  return { longTasksMs };
}
