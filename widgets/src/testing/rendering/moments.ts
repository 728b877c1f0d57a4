const PATIENCE_MS = 20_000;

/** The next turn of the event loop, without the four milliseconds that nested timers wait. */
export function nextTurn(): Promise<unknown> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => {
      port1.close();
      resolve(event);
    };
    port2.postMessage(undefined);
  });
}

/** Waits until something is there, looking at each turn of the event loop, or as often as `next` comes. */
export async function until<Found>(
  what: string,
  find: () => Found | null | undefined | false,
  next = nextTurn,
): Promise<Found> {
  const lateMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = find();
    if (found) return found;
    if (performance.now() > lateMs) throw new Error(`there never was ${what}`);
    await next();
  }
}

let changed = Promise.withResolvers<unknown>();
const observer = new MutationObserver(() => {
  changed.resolve(undefined);
  changed = Promise.withResolvers();
});

/**
 * The next change inside an element that is not defined yet: what waits for it costs nothing meanwhile. To be called
 * before the element has its shadow root.
 */
export function watchChanges(element: Element): () => Promise<unknown> {
  element.attachShadow = (init) => {
    const root = Element.prototype.attachShadow.call(element, init);
    observer.observe(root, { childList: true, characterData: true, subtree: true });
    return root;
  };
  return () => changed.promise;
}

/** The turn after the next frame: what was there before has been painted. */
export async function nextPaint(): Promise<void> {
  await new Promise(requestAnimationFrame);
  await nextTurn();
}

/** Until nothing is under way on the page. */
export async function rest(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await nextPaint();
}

/** An element of the page, and those in shadow roots inside it, at any depth. */
export function rootsIn(element: Element): ShadowRoot[] {
  const { shadowRoot } = element;
  if (!shadowRoot) return [];
  return [shadowRoot, ...[...shadowRoot.querySelectorAll("*")].flatMap(rootsIn)];
}

/** Something in an element's own shadow root. */
export function findIn(element: Element, selector: string): HTMLElement | undefined {
  return element.shadowRoot?.querySelector<HTMLElement>(selector) ?? undefined;
}
