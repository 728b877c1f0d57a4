/**
 * Hands all parts of an element on to the page around the portal, by names that begin with its own: `grants-row`. They are
 * read from what it draws, now and whenever that changes: a part that is documented there is a part of the portal.
 */
export function exportParts(element: HTMLElement, name: string): void {
  const known = new Set<string>();
  const note = () => {
    const drawn = element.shadowRoot?.querySelectorAll("[part]") ?? [];
    const count = known.size;
    for (const { part } of drawn) for (const one of part) known.add(`${one}: ${name}-${one}`);
    if (known.size > count) element.setAttribute("exportparts", [...known].join());
  };
  note();
  if (element.shadowRoot)
    new MutationObserver(note).observe(element.shadowRoot, { subtree: true, childList: true });
}
