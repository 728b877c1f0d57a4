import type { TopUpRequest } from "../credits-balance/credits-balance.events.ts";
import { openInside, type Opener } from "../paying/open-inside.ts";
import "./define.ts";
import { orderReturn } from "./order-book.ts";

/**
 * Opens the purchase for a pool in a dialog of the element, with its session, its language and its looks. Without a
 * pool it only does so for a person who comes back from a payment page, unless an element on the page has seen to that.
 */
export function openTopUp(seller: Opener, pool?: TopUpRequest): void {
  if (!pool && !orderReturn.isThere()) return;
  openInside(seller, document.createElement("credits-top-up"), {
    creditType: pool?.creditTypeId,
    resource: pool?.resourceId ?? undefined,
  });
}
