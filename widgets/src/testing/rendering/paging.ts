import { openInPageServer } from "./in-page-server.ts";
import { findIn, nextPaint, rest, until } from "./moments.ts";

export interface Paging {
  /** How long each task of the page was that was longer than 50 ms, from the definition of the element on. */
  longTasksMs: number[];
  /** From the press of "Next" until the rows of the next page are laid out. */
  turnsMs: number[];
}

/** Turns through ten pages of a hundred rows of a table that its file, fetched but never run, defines. */
export async function timePaging(tag: string, file: string): Promise<Paging> {
  const longTasksMs: number[] = [];
  const observer = new PerformanceObserver((list) => {
    longTasksMs.push(...list.getEntries().map(({ duration }) => duration));
  });
  openInPageServer();
  const element = document.createElement(tag);
  element.setAttribute("session-url", "/session");
  element.setAttribute("page-size", "100");
  document.body.append(element);
  await rest();
  observer.observe({ type: "longtask" });
  await import(/* @vite-ignore */ file);
  /** Rows are told apart by their numbers, which count up from ten thousand. */
  const rows = (page: number) => {
    const first = findIn(element, "[part~=row]")?.textContent ?? "";
    const isThere = first.replace(/[^\d]/g, "").includes(String(10_000 + page * 100));
    const count = element.shadowRoot?.querySelectorAll("[part~=row]").length;
    return isThere && count === 100 ? findIn(element, "[part~=row]") : undefined;
  };
  await until("the first page", () => rows(0), nextPaint);
  const turnsMs: number[] = [];
  for (let page = 1; page < 10; page += 1) {
    await nextPaint();
    const [, next] = element.shadowRoot?.querySelectorAll<HTMLElement>("[part~=page-button]") ?? [];
    const startMs = performance.now();
    next?.click();
    const row = await until(`page ${page}`, () => rows(page), nextPaint);
    row.getBoundingClientRect();
    turnsMs.push(performance.now() - startMs);
  }
  await rest();
  longTasksMs.push(...observer.takeRecords().map(({ duration }) => duration));
  observer.disconnect();
  return { longTasksMs, turnsMs };
}
