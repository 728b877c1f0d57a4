let places = 0;

/**
 * An element in the document itself that is shown in a slot of `element`: Stripe's frames do not work inside shadow
 * roots. Where the element stands in a shadow root itself, slots hand it on, from host to host, up to the page.
 */
export function placeInDocument(element: HTMLElement, slot: string): { place: HTMLElement; remove(): void } {
  const added: HTMLElement[] = [];
  let host: Element = element;
  let name = slot;
  for (;;) {
    const root = host.getRootNode();
    const isInside = root instanceof ShadowRoot;
    const place = document.createElement(isInside ? "slot" : "div");
    place.slot = name;
    host.append(place);
    added.push(place);
    if (!(place instanceof HTMLSlotElement) || !isInside) {
      return { place, remove: () => added.forEach((node) => node.remove()) };
    }
    places += 1;
    name = place.name = `credits-${slot}-${places}`;
    host = root.host;
  }
}
