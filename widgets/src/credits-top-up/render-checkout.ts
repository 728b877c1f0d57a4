import { html, nothing } from "lit";
import type { CreditsTopUpState } from "./credits-top-up.types.ts";
import { writeMoney } from "./money.ts";
import { renderClose } from "./render-panel.ts";
import { creditsText, type TopUpView } from "./top-up-view.ts";

type Checkout = Extract<CreditsTopUpState, { type: "checkout" }>;

/** The dialog around Stripe's form: what is paid for, and the way out. */
export function renderCheckout({ order, ready }: Checkout, view: TopUpView) {
  const { texts, lang } = view;
  return html`
    <header class="head">
      <div class="names">
        <h2 id="checkout-title">${texts.pay(writeMoney(order.total, lang))}</h2>
        <p class="caption">${creditsText(order.credits, view)}</p>
      </div>
      ${renderClose(view)}
    </header>
    <div class="checkout" part="checkout" aria-busy=${!ready}>
      ${
        ready
          ? nothing
          : html`
              <div class="waiting-form">
                <p class="visually-hidden">${texts.formLoading}</p>
                ${[1, 2, 3, 4].map(() => html`<span class="bone"></span>`)}
              </div>
            `
      }
      <slot name="checkout"></slot>
    </div>
  `;
}
