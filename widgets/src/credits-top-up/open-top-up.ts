import type { TopUpRequest } from "../credits-balance/credits-balance.events.ts";
import type { SessionOptions } from "../session/session-config.ts";
import type { CreditsElement } from "../ui/credits-element.ts";
import "./define.ts";
import { isReturn } from "./order-book.ts";

/** An element that sells what it shows. */
type Seller = CreditsElement & SessionOptions;

/**
 * Opens the purchase for a pool in a dialog of the element, with its session, its language and its looks. Without a
 * pool it only does so for a person who comes back from a payment page, unless an element on the page has seen to that.
 */
export function openTopUp(seller: Seller, pool?: TopUpRequest): void {
  if (!pool && !isReturn()) return;
  const { fetchSession, sessionUrl, sessionToken, apiBase, customer, theme, appearance, renderRoot } = seller;
  const topUp = document.createElement("credits-top-up");
  const session = { fetchSession, sessionUrl, sessionToken, apiBase, customer };
  // As the element itself is written, which need not be as its language usually is.
  const dir = getComputedStyle(renderRoot.querySelector("[lang]") ?? seller).direction;
  const lang = seller.closest<HTMLElement>("[lang]")?.lang ?? "";
  Object.assign(topUp, {
    ...session,
    theme,
    appearance,
    dir,
    lang,
    creditType: pool?.creditTypeId,
    resource: pool?.resourceId ?? undefined,
  });
  topUp.modal = true;
  topUp.addEventListener("credits-top-up-close", () => topUp.remove());
  // Inside the element's shadow root: its tokens and its session's provider reach it there.
  renderRoot.append(topUp);
  topUp.show();
}
