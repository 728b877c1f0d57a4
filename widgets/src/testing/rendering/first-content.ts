import { poolOf } from "../balances.ts";
import { usageOfMonth } from "./chart-data.ts";
import { openInPageServer } from "./in-page-server.ts";
import { findIn, nextPaint, rest, until, watchChanges } from "./moments.ts";

interface Subject {
  tag: string;
  /** Data of the page's own; without them the element asks for a session, a stream and what it draws. */
  properties?: () => object;
  /** Has text once there is content. */
  shows: string;
}

const pool = () => ({ state: { type: "loaded", canTopUp: true, pools: [poolOf()] } });

/** What is measured, by name. */
const SUBJECTS = {
  bareLit: { tag: "bare-balance", properties: () => ({ pool: poolOf() }), shows: ".figure" },
  balance: { tag: "credits-balance", properties: pool, shows: "[part~=balance]" },
  balanceBySession: { tag: "credits-balance", shows: "[part~=balance]" },
  chartShell: {
    tag: "credits-usage-chart",
    properties: () => ({ state: { type: "loaded", data: usageOfMonth() } }),
    shows: "[part~=total]",
  },
  chartShellBySession: { tag: "credits-usage-chart", shows: "[part~=total]" },
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
  const { tag, properties, shows }: Subject = SUBJECTS[name];
  const element = document.createElement(tag);
  const change = watchChanges(element);
  if (properties) Object.assign(element, properties());
  else element.setAttribute("session-url", "/session");
  document.body.append(element);
  await rest();
  return async () => {
    const startMs = performance.now();
    const loading: Promise<unknown> = import(/* @vite-ignore */ file);
    const find = () => findIn(element, shows);
    await until(`${shows} of ${tag}`, () => find()?.textContent?.trim(), change);
    if (find()?.getBoundingClientRect().width === 0) throw new Error(`${tag} shows nothing`);
    const ms = performance.now() - startMs;
    await nextPaint();
    const paintMs = performance.now() - startMs;
    await loading;
    return { ms, paintMs };
  };
}
