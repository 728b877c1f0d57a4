import { openInside, type Opener } from "../paying/open-inside.ts";
import { defineElement } from "../ui/define-element.ts";
import { AddingCard } from "./credits-adding-card.ts";

defineElement("credits-adding-card", AddingCard);

/** Opens Stripe's page for a card in a dialog of the element's, and tells once how that ended. */
export function openAddingCard(opener: Opener, ended: (isAdded: boolean) => void): void {
  const element = document.createElement("credits-adding-card");
  openInside(opener, element, {});
  element.addEventListener("credits-adding-card-close", () => ended(element.isAdded), { once: true });
}
