import type { SessionOptions } from "../session/session-config.ts";
import type { CreditsElement } from "../ui/credits-element.ts";
import type { DialogElement } from "./dialog-element.ts";

/** An element that others open in a dialog of their own. */
export type Opener = CreditsElement & SessionOptions;

/** What the opener hands on: its session, its language and its looks. */
function handedOn(opener: Opener) {
  const { fetchSession, sessionUrl, sessionToken, apiBase, customer, theme, appearance, renderRoot } = opener;
  // As the element itself is written, which need not be as its language usually is.
  const dir = getComputedStyle(renderRoot.querySelector("[lang]") ?? opener).direction;
  const lang = opener.closest<HTMLElement>("[lang]")?.lang ?? "";
  return { fetchSession, sessionUrl, sessionToken, apiBase, customer, theme, appearance, dir, lang };
}

/** Shows an element as a dialog of the opener's, until it is closed; the keyboard is then where it was. */
export function openInside<Opened extends DialogElement>(
  opener: Opener,
  element: Opened,
  options: Partial<Opened>,
): void {
  Object.assign(element, handedOn(opener), options, { modal: true });
  const { renderRoot: root } = opener;
  const pressed = activeIn(root)?.getAttribute("part");
  element.addEventListener(`${element.localName}-close`, () => {
    element.remove();
    // The button that opened it may have been replaced meanwhile, as that of an empty balance is by the first credits.
    if (!activeIn(root) && pressed) root.querySelector<HTMLElement>(`[part="${pressed}"]`)?.focus();
  });
  // Inside the element's shadow root: its tokens and its session's provider reach it there.
  root.append(element);
  element.show();
}

function activeIn(root: HTMLElement | DocumentFragment): Element | null {
  return root instanceof ShadowRoot ? root.activeElement : null;
}
