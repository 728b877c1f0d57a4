import { scenes } from "./scenes/index.ts";
import { isDrawn, lookOf, nodesIn } from "./theming-look.ts";

/** What the tests of the looks do in a page that has nothing but scenes. */

const stage = document.createElement("main");
/** What a host page would write, added last. */
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);
document.body.append(stage);

export const names = scenes.map(({ element, name }) => ({ element, name }));

/** Puts a scene alone on the page. */
export async function show(element: string, name: string): Promise<void> {
  await putInto(stage, element, name);
}

/** Puts a scene into a place of the page's own. */
export async function putInto(place: HTMLElement, element: string, name: string): Promise<void> {
  const scene = scenes.find((one) => one.element === element && one.name === name);
  if (!scene) throw new Error(`no scene ${name} of ${element}`);
  style("");
  await scene.put(place);
  await settled();
}

/** The element on the stage. */
export function shown(): HTMLElement {
  const { firstElementChild } = stage;
  if (!(firstElementChild instanceof HTMLElement)) throw new Error("nothing is shown");
  return firstElementChild;
}

/** What the page's own style sheet says. */
export function style(css: string): void {
  sheet.replaceSync(css);
}

/** Puts the keyboard on the first thing that takes it, unless it is somewhere already. */
export function focusFirst(): void {
  if (document.activeElement !== document.body) return;
  const stops = "button:not([disabled]), select, input, a[href], [tabindex='0']";
  nodesIn(stage)
    .filter((node) => node instanceof HTMLElement && node.matches(stops) && isDrawn(node))
    .find((node) => {
      if (node instanceof HTMLElement) node.focus();
      return document.activeElement !== document.body;
    });
}

/** Which of the tokens change what is seen when they are given another value. */
export async function liveTokens(tokens: Record<string, string>): Promise<string[]> {
  const before = lookOf(stage);
  const live: string[] = [];
  for (const [token, value] of Object.entries(tokens)) {
    shown().style.setProperty(token, value);
    await settled();
    if (lookOf(stage) !== before) live.push(token);
    shown().style.removeProperty(token);
  }
  await settled();
  // Whatever was flipped is as it was: else the next would be compared with something else.
  if (lookOf(stage) !== before) throw new Error("a token was taken away, and its look stayed");
  return live;
}

/** Whether any of the tokens changes what is seen. */
export async function changesAny(tokens: Record<string, string>): Promise<boolean> {
  const before = lookOf(stage);
  for (const [token, value] of Object.entries(tokens)) shown().style.setProperty(token, value);
  await settled();
  const isOther = lookOf(stage) !== before;
  for (const token of Object.keys(tokens)) shown().style.removeProperty(token);
  await settled();
  return isOther;
}

const MARK = "rgb(1, 2, 3)";

/** Which parts are there to be seen, and take a host's style. */
export function liveParts(parts: readonly string[]): string[] {
  return parts.filter((part) => {
    style(`${shown().localName}::part(${part}) { outline: 1px solid ${MARK} !important; }`);
    const found = nodesIn(stage).some(
      (node) => getComputedStyle(node).outlineColor === MARK && isDrawn(node),
    );
    style("");
    return found;
  });
}

/** What a scene looks like, as text. */
export const look = (): string => lookOf(stage);

/** What a colour or a length of the page's own is in computed styles. */
export function computed(property: string, value: string): string {
  const probe = document.createElement("i");
  stage.append(probe);
  probe.style.setProperty(property, value);
  const answer = getComputedStyle(probe).getPropertyValue(property);
  probe.remove();
  return answer;
}

/** Marks the canvas that is there, to be found again. */
export function keepCanvas(): void {
  kept = canvas();
}

/** Whether it is still the canvas that was marked. */
export const isKept = (): boolean => kept !== undefined && kept === canvas();

export const pixels = (): string => canvas()?.toDataURL() ?? "";

let kept: HTMLCanvasElement | undefined;

function canvas(): HTMLCanvasElement | undefined {
  return nodesIn(stage).find((node) => node instanceof HTMLCanvasElement);
}

/** What is wider than its place, and cannot be scrolled to. */
export function overflowing(): string[] {
  const { right: end, left: start } = stage.getBoundingClientRect();
  return nodesIn(stage)
    .filter((node) => isDrawn(node) && !isScrolled(node))
    .filter((node) => {
      const { left, right } = node.getBoundingClientRect();
      return right > end + 1 || left < start - 1;
    })
    .map(nameOf);
}

/** A table that is wider than a phone lies in a box that scrolls. */
function isScrolled(node: Element): boolean {
  for (let at = node.parentElement; at; at = at.parentElement)
    if (["auto", "scroll", "hidden"].includes(getComputedStyle(at).overflowX)) return true;
  return false;
}

/** What nobody wrote: the names of values that were not meant to be read. */
export function slips(): string[] {
  const written = nodesIn(stage).flatMap((node) => [
    ...[...node.childNodes].map((child) => (child instanceof Text ? child.data : "")),
    ...["aria-label", "title"].map((name) => node.getAttribute(name) ?? ""),
  ]);
  return written.filter((text) =>
    /\b(undefined|null|NaN|Invalid Date)\b|\[object |^\s*(true|false)\s*$/.test(text),
  );
}

/** What moves, or would at the next change. */
export function moving(): string[] {
  return nodesIn(stage)
    .filter((node) => {
      const { animationName, transitionDuration } = getComputedStyle(node);
      // The colours of a canvas are heard of by a transition of a millisecond, which nobody sees.
      const isSlow = transitionDuration.split(",").some((duration) => parseFloat(duration) > 0.001);
      return animationName !== "none" || isSlow;
    })
    .map(nameOf);
}

/** What a finger may miss: lower than `leastPx`. A box or a dot is pressed by its label; links in a text are its lines. */
export function lowerThan(leastPx: number): string[] {
  return nodesIn(stage)
    .filter((node) => node.matches("button, select, input, summary, label:has(input)") && isDrawn(node))
    .filter((node) => !(node.matches("[type=radio], [type=checkbox]") && node.closest("label")))
    .filter((node) => getComputedStyle(node).textDecorationLine === "none")
    .filter((node) => pressableOf(node) < leastPx)
    .map((node) => `${nameOf(node)} ${Math.round(pressableOf(node))} px`);
}

/** How high what can be pressed is, with what lies invisibly around it. */
function pressableOf(node: Element): number {
  const { position, top, bottom } = getComputedStyle(node, "::after");
  const around = position === "absolute" ? Math.min(0, parseFloat(top)) + Math.min(0, parseFloat(bottom)) : 0;
  return node.getBoundingClientRect().height - around;
}

function nameOf(node: Element): string {
  const { localName, part, className } = node;
  const name = typeof className === "string" ? className.trim().replaceAll(/\s+/g, ".") : "";
  return `${localName}${name && `.${name}`}${part.length > 0 ? `[part=${part.value}]` : ""}`;
}

export function height(): number {
  return shown().getBoundingClientRect().height;
}

const nextFrame = () => new Promise(requestAnimationFrame);

/** A canvas hears of another colour by a transition that begins with the next frame; everything else is as it will be at once. */
export async function settled(): Promise<void> {
  const root = canvas()?.getRootNode();
  if (root instanceof ShadowRoot) {
    await nextFrame();
    const transitions = root.getAnimations().filter((animation) => animation instanceof CSSTransition);
    await Promise.allSettled(transitions.map(({ finished }) => finished));
    await nextFrame();
  }
  for (const animation of document.getAnimations()) {
    if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
  }
}

export { isDrawn, lookOf, nodesIn } from "./theming-look.ts";
export { stage };
