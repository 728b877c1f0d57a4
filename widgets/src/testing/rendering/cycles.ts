import type { FakeServer } from "../fake-server.ts";
import { usageOf } from "../usage.ts";
import { openInPageServer } from "./in-page-server.ts";
import { nextTurn, rootsIn, until } from "./moments.ts";

export interface Mounts {
  /** What stood open when the elements were removed, the most of all times: dialogs, popovers, menus, tooltips. */
  open: number;
  /** Streams that a server would still hold, after the last was removed. */
  streams: number;
}

/** What a person opens: the last of them is open when the element goes. */
const OPENERS = "[part~=top-up-button], [aria-haspopup], [aria-expanded=false], summary";
const OPEN = ":modal, :popover-open, details[open], [aria-expanded=true], .tip";
const WAITING = "[part~=skeleton], [aria-busy=true], .plot:not(:has(canvas))";
/** Enough for what opens to ask for what it shows. */
const TURNS = 6;

let server: FakeServer | undefined;

export interface Cycles {
  tag: string;
  attributes: string;
  count: number;
  /** So many elements come and go together, on one session. */
  atOnce: number;
}

/**
 * Puts new elements on the page, lets them draw what they ask for, opens what there is to be opened in them, moves them,
 * and removes them: until so many have come and gone.
 */
export async function mountAndUnmount({ tag, attributes, count, atOnce }: Cycles): Promise<Mounts> {
  server ??= openInPageServer(usageOf());
  const places = ["main", "section"].map((name) => document.createElement(name));
  document.body.append(...places);
  const markup = `<${tag} session-url="/session" ${attributes}></${tag}>`.repeat(atOnce);
  let open = 0;
  for (let gone = 0; gone < count; gone += atOnce) {
    open = Math.max(open, await mountOnce(places, markup));
    // What the double counts is no leak of the element's.
    server.requests.length = 0;
  }
  for (const place of places) place.remove();
  return { open, streams: server.streams.size };
}

/** The elements that are still in memory, or none of them, once the garbage is collected. */
const kept: WeakRef<Element>[] = [];

export function countKept(): number {
  return kept.filter((reference) => reference.deref()).length;
}

async function mountOnce([place, other]: HTMLElement[], markup: string): Promise<number> {
  if (!place || !other) throw new Error("there is no place");
  place.innerHTML = markup;
  const elements = [...place.children];
  for (const element of elements) {
    kept.push(new WeakRef(element));
    if (isDialog(element)) element.show();
  }
  await until(`all of ${markup}`, () => elements.every(isDrawn));
  const roots = () => elements.flatMap(rootsIn);
  for (const root of roots()) {
    const step = new KeyboardEvent("keydown", { key: "Home", bubbles: true });
    root.querySelector(".stage")?.dispatchEvent(step);
    for (const opener of root.querySelectorAll<HTMLElement>(OPENERS)) opener.click();
  }
  await pass(TURNS);
  const open = roots().reduce((sum, root) => sum + root.querySelectorAll(OPEN).length, 0);
  // As frameworks do that sort a list.
  other.append(...elements);
  await nextTurn();
  other.replaceChildren();
  await pass(TURNS);
  return open;
}

function isDialog(element: Element): element is Element & { show(): void } {
  return "show" in element;
}

async function pass(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await nextTurn();
}

/** Whether an element, with all in it, shows what it asked for. */
export function isDrawn(element: Element): boolean {
  const roots = rootsIn(element);
  return (
    roots.length > 0 && roots.every((root) => root.childElementCount > 0 && !root.querySelector(WAITING))
  );
}
