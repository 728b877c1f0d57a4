import { poolOf } from "../balances.ts";
import { usageOfMonth } from "./chart-data.ts";
import { openInPageServer } from "./in-page-server.ts";
import { findIn, nextPaint, rest, until, watchChanges } from "./moments.ts";

interface Subject {
  tag: string;
  /** Data of the page's own; without them the element asks for a session, a stream and what it draws. */
  properties?: () => object;
  /** Is there once there is content, with text unless it is a card that waits for data. */
  shows: string;
  isBlank?: boolean;
}

const pool = () => ({ state: { type: "loaded", canTopUp: true, pools: [poolOf()] } });
const chart = () => ({ state: { type: "loaded", data: usageOfMonth() } });

/** What is measured, by name: the chart's shell is its card at its final size, its numbers are all but the picture. */
const SUBJECTS = {
  bareLit: { tag: "bare-balance", properties: () => ({ pool: poolOf() }), shows: ".figure" },
  balance: { tag: "credits-balance", properties: pool, shows: "[part~=balance]" },
  balanceBySession: { tag: "credits-balance", shows: "[part~=balance]" },
  chartShell: { tag: "credits-usage-chart", properties: chart, shows: "[part~=skeleton]", isBlank: true },
  chartNumbers: { tag: "credits-usage-chart", properties: chart, shows: "[part~=total]" },
  chartNumbersBySession: { tag: "credits-usage-chart", shows: "[part~=total]" },
} satisfies Record<string, Subject>;

export type SubjectName = keyof typeof SUBJECTS;

/**
 * Puts an element on the page that is not defined yet. What is answered defines it, by its file that was fetched but
 * never ran, and tells how long it took until its content was laid out, and until that was painted. To be used once on
 * a page: what is warm is not first.
 */
export async function prepareFirstContent(
  name: SubjectName,
  file: string,
): Promise<() => Promise<{ ms: number; paintMs: number }>> {
  openInPageServer();
  const { tag, properties, shows, isBlank = false }: Subject = SUBJECTS[name];
  const element = document.createElement(tag);
  const change = watchChanges(element);
  if (properties) Object.assign(element, properties());
  else element.setAttribute("session-url", "/session");
  document.body.append(element);
  // A page with figures of its own has formatted some: the first of a page loads the browser's data of languages.
  formatFirst();
  await rest();
  return async () => {
    const startMs = performance.now();
    const loading: Promise<unknown> = import(/* @vite-ignore */ file);
    const find = () => findIn(element, shows);
    const isThere = () => (isBlank ? find() : find()?.textContent?.trim());
    await until(`${shows} of ${tag}`, isThere, change);
    if (find()?.getBoundingClientRect().width === 0) throw new Error(`${tag} shows nothing`);
    const ms = performance.now() - startMs;
    await nextPaint();
    const paintMs = performance.now() - startMs;
    await loading;
    return { ms, paintMs };
  };
}

/** The first number that a page formats, which is told beside the rest: it is the browser's time, whoever comes first. */
export function prepareFirstFormat(): Promise<() => Promise<{ ms: number }>> {
  const start = () => {
    const startMs = performance.now();
    formatFirst();
    return Promise.resolve({ ms: performance.now() - startMs });
  };
  return Promise.resolve(start);
}

function formatFirst(): string {
  return new Intl.NumberFormat("en").format(1_234.5);
}
