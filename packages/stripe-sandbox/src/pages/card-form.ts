import type Stripe from "stripe";
import { TEST_CARDS } from "../cards/card.ts";
import { html, type Html } from "./html.ts";

/** What a person has entered so far. */
export interface CardEntry {
  email?: string | undefined;
  number?: string | undefined;
  expiry?: string | undefined;
  cvc?: string | undefined;
  means?: string | undefined;
}

/** What a form for a payment method shows. */
export interface CardForm {
  entry: CardEntry;
  /** Methods that were saved before. */
  saved?: readonly Stripe.PaymentMethod[];
  /** Kinds of methods that are taken. */
  types: readonly string[];
}

/** Fields for a card, with the test cards as buttons that fill them in. */
export function cardFields({ entry, saved = [], types }: CardForm): Html {
  const chosen = entry.means ?? saved[0]?.id ?? "new";
  return html`${saved.length > 0 ? savedMethods(saved, chosen) : ""}
    <div class="fields" data-new-card>
      <label class="wide"
        >Card number
        <input
          name="number"
          inputmode="numeric"
          autocomplete="off"
          placeholder="4242 4242 4242 4242"
          value="${entry.number ?? ""}"
          ${saved.length > 0 ? "" : html`required`}
        />
      </label>
      <label
        >Expiry
        <input
          name="expiry"
          inputmode="numeric"
          autocomplete="off"
          placeholder="MM / YY"
          value="${entry.expiry ?? ""}"
        />
      </label>
      <label
        >CVC
        <input
          name="cvc"
          inputmode="numeric"
          autocomplete="off"
          placeholder="123"
          value="${entry.cvc ?? ""}"
        />
      </label>
    </div>
    <details class="test-cards" ${entry.number === undefined && saved.length === 0 ? html` open` : ""}>
      <summary>Test cards</summary>
      <div class="chips">
        ${TEST_CARDS.filter(({ type }) => types.includes(type)).map(
          ({ number, label }) =>
            html`<button type="submit" name="fill" value="${number}" formnovalidate data-number="${number}">
              <span>${label}</span><span class="digits">•••• ${number.slice(-4)}</span>
            </button>`,
        )}
      </div>
    </details>`;
}

function savedMethods(saved: readonly Stripe.PaymentMethod[], chosen: string): Html {
  return html`<fieldset class="saved">
    <legend>Pay with</legend>
    ${saved.map(
      (method) =>
        html`<label class="choice"
          ><input
            type="radio"
            name="means"
            value="${method.id}"
            ${method.id === chosen ? html`checked` : ""}
          />
          ${nameOf(method)}</label
        >`,
    )}<label class="choice"
      ><input type="radio" name="means" value="new" ${chosen === "new" ? html`checked` : ""} /> Another
      card</label
    >
  </fieldset>`;
}

/** A method as people know it: "Visa ending in 4242". */
export function nameOf(method: Stripe.PaymentMethod): string {
  const brand = method.card?.brand ?? "bank account";
  return `${brand.slice(0, 1).toUpperCase()}${brand.slice(1)} ending in ${method.card?.last4 ?? method.us_bank_account?.last4 ?? "0000"}`;
}

/** A card's number in groups of four. */
export const grouped = (number: string): string => number.replace(/(.{4})(?=.)/g, "$1 ");
