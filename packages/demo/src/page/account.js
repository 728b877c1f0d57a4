/* global HTMLSelectElement */
import { signInAs } from "./api.js";
import { element, find } from "./words.js";

/**
 * The menu of who is signed in. The widgets follow by themselves: they learn of the switch by `customer` and ask the
 * back end for a new session.
 * @param {import("./api.js").Studio} studio
 * @param {{ onSwitch: () => void, onFailure: (detail: string, retry: () => void) => void }} on
 */
export function createAccountMenu({ customerId, customers }, { onSwitch, onFailure }) {
  const menu = find("#account", HTMLSelectElement);
  for (const { id, name } of customers) {
    const option = element("option", "", name);
    option.setAttribute("value", id);
    menu.append(option);
  }

  const show = () => {
    menu.value = customerId;
    const customer = customers.find(({ id }) => id === customerId) ?? customers[0];
    const words = customer.name.split(/[\s&]+/);
    const initials = words.map((word) => word.charAt(0)).join("");
    find(".account-initials", HTMLElement).textContent = initials.slice(0, 2);
    find("#account-note", HTMLElement).textContent = `${customer.name} · ${customer.note}`;
    for (const widget of document.querySelectorAll("[session-url]")) {
      widget.setAttribute("customer", customer.id);
    }
  };

  const switchTo = async (/** @type {string} */ id) => {
    try {
      ({ customerId } = await signInAs(id));
      onSwitch();
    } catch (error) {
      onFailure(error instanceof Error ? error.message : "", () => switchTo(id));
    }
    show();
  };
  menu.addEventListener("change", () => switchTo(menu.value));
  show();
}
