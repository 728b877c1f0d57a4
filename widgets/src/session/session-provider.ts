import type { SessionOptions } from "./session-config.ts";

export const PROVIDER_TAG = "credits-session";

/** What elements see of the `<credits-session>` around them. */
export interface SessionProvider extends HTMLElement, SessionOptions {
  /** Calls `onChange` whenever an option changed; returns what ends it. */
  followSession(onChange: () => void): () => void;
  /** One of the elements inside found the session token over. */
  sessionExpired(): void;
}

/** The nearest provider around the element, through shadow roots, whether it is upgraded already or not. */
export function findProvider(element: Element): Element | undefined {
  const parent = element.assignedSlot ?? element.parentNode;
  for (let node: Node | null = parent; node; node = node instanceof ShadowRoot ? node.host : node.parentNode) {
    if (node instanceof Element && node.localName === PROVIDER_TAG) return node;
  }
  return undefined;
}

export function isProvider(element: Element): element is SessionProvider {
  return "followSession" in element;
}
