import { html, nothing } from "lit";
import { renderClose } from "./render-message.ts";

export interface CheckoutFrame {
  title: string;
  caption: string;
  /** Said while the form is on its way. */
  loading: string;
  ready: boolean;
  closeLabel: string;
  close(): void;
}

/** The dialog around Stripe's form: what it is for, and the way out. */
export function renderCheckoutFrame(frame: CheckoutFrame) {
  const { title, caption, loading, ready, closeLabel, close } = frame;
  return html`
    <header class="head">
      <div class="names">
        <h2 id="checkout-title">${title}</h2>
        <p class="caption">${caption}</p>
      </div>
      ${renderClose(closeLabel, close)}
    </header>
    <div class="checkout" part="checkout" aria-busy=${!ready}>
      ${
        ready
          ? nothing
          : html`
              <div class="waiting-form">
                <p class="visually-hidden">${loading}</p>
                ${[1, 2, 3, 4].map(() => html`<span class="bone"></span>`)}
              </div>
            `
      }
      <slot name="checkout"></slot>
    </div>
  `;
}
