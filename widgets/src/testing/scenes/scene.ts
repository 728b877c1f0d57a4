import { settle } from "../fake-clock.ts";

/** The moment of all scenes. Whoever shows them sets the page's clock to it: the data are made when a scene is put. */
export const SCENE_NOW = Date.UTC(2026, 2, 12, 9, 30);

/** An element in one of its designed states, with data of its own and no server. */
export interface Scene {
  /** The tag. */
  readonly element: string;
  /** The state, as part of a file's name: `several-pools`. */
  readonly name: string;
  /** Puts the element into `host`, in place of what is there, and ends when it is drawn. */
  put(host: HTMLElement): Promise<void>;
}

/** How an element is put on a page. */
export interface Placing<Placed> {
  attributes?: Readonly<Record<string, string>>;
  /** An element with a `state` shows that, and hears of no session. */
  properties?: Partial<Placed>;
  /** Elements inside it, for its slots. */
  children?: readonly Element[];
  /** What is in its shadow root once it is drawn; the whole of it without one. */
  shows?: string;
}

/** Puts an element into `host`, in place of what is there, and waits until it is drawn. */
export async function place<Tag extends keyof HTMLElementTagNameMap>(
  host: HTMLElement,
  tag: Tag,
  {
    attributes = {},
    properties = {},
    children = [],
    shows = "[part~=base]",
  }: Placing<HTMLElementTagNameMap[Tag]> = {},
): Promise<HTMLElementTagNameMap[Tag]> {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  Object.assign(element, "state" in properties ? { hubChanged: () => undefined } : {}, properties);
  element.append(...children);
  host.replaceChildren(element);
  await until(`${tag} ${shows}`, () => findIn(element, shows));
  return element;
}

export function findIn<Found extends Element = HTMLElement>(
  element: Element,
  selector: string,
): Found | undefined {
  return element.shadowRoot?.querySelector<Found>(selector) ?? undefined;
}

/** Presses something in an element's shadow root, and waits until `shows` is there. */
export async function press(element: Element, selector: string, shows: string): Promise<void> {
  await until(selector, () => findIn(element, selector));
  findIn(element, selector)?.click();
  await until(shows, () => findIn(element, shows));
}

const PATIENCE_MS = 8_000;

/** Waits until something is so, on the page's real time, and until everything has come to rest. */
export async function until(what: string, isSo: () => unknown): Promise<void> {
  const lateMs = performance.now() + PATIENCE_MS;
  while (!isSo()) {
    if (performance.now() > lateMs) throw new Error(`this scene never showed ${what}`);
    await settle();
  }
  await settle();
}

/** Types into a field of an element's shadow root, as a person who then leaves it. */
export function type(element: Element, selector: string, text: string): void {
  const field = findIn<HTMLInputElement>(element, selector);
  if (!field) throw new Error(`no ${selector}`);
  field.value = text;
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name));
}
