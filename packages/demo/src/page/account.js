import { tell } from "./api.js";
import { element } from "./words.js";

/** @typedef {{ id: string, name: string, note: string }} Customer */

/**
 * The menu of who is signed in. The widgets follow by themselves: they learn of the switch by `customer` and ask the
 * back end for a new session.
 * @param {{ customerId: string, customers: Customer[], onSwitch: () => void, onFailure: (detail: string, retry: () => void) => void }} options
 */
export function createAccountMenu({ customerId, customers, onSwitch, onFailure }) {
  const menu = /** @type {HTMLSelectElement} */ (document.querySelector("#account"));
  for (const { id, name } of customers) {
    const option = /** @type {HTMLOptionElement} */ (element("option", "", name));
    option.value = id;
    menu.append(option);
  }
  menu.value = customerId;

  const show = () => {
    const customer = customers.find(({ id }) => id === menu.value) ?? customers[0];
    const words = customer.name.split(/[\s&]+/);
    const initials = document.querySelector(".account-initials");
    if (initials)
      initials.textContent = words
        .map((word) => word.charAt(0))
        .join("")
        .slice(0, 2);
    const note = document.querySelector("#account-note");
    if (note) note.textContent = `${customer.name} · ${customer.note}`;
    for (const widget of document.querySelectorAll("credits-balance"))
      widget.setAttribute("customer", customer.id);
  };

  const switchTo = async (/** @type {string} */ id) => {
    try {
      await tell("customer", { id });
      customerId = id;
      onSwitch();
    } catch (error) {
      onFailure(error instanceof Error ? error.message : "", () => switchTo(id));
    }
    menu.value = customerId;
    show();
  };
  menu.addEventListener("change", () => switchTo(menu.value));
  show();
}
