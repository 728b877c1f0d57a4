import { CreditsTopUpRequestEvent, type TopUpRequest } from "../credits-balance/credits-balance.events.ts";
import type { DialogElement } from "../paying/dialog-element.ts";
import type { Opener } from "../paying/open-inside.ts";

/** Tells the page that a person wants to buy. False where the page sells itself. */
export function requestTopUp(element: EventTarget, detail: TopUpRequest): boolean {
  return element.dispatchEvent(new CreditsTopUpRequestEvent(detail));
}

/** Opens the purchase, which is a file of its own; without a pool, only for who comes back from a payment page. */
export async function openPurchase(element: Opener, pool?: TopUpRequest): Promise<void> {
  const { openTopUp } = await import("../credits-top-up/open-top-up.ts");
  openTopUp(element, pool);
}

/** Closes what a person buys credits in, or adds a card: the credits are somebody else's. */
export function closeDialogs({ renderRoot }: Opener): void {
  const dialogs = renderRoot.querySelectorAll<DialogElement>("credits-adding-card, credits-top-up");
  for (const dialog of dialogs) dialog.close();
}
