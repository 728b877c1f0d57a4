import { html, nothing } from "lit";
import { renderCheckoutFrame } from "../paying/render-checkout.ts";
import { renderLink } from "../paying/render-link.ts";
import { clockIcon, lockIcon } from "../ui/icons.ts";
import type { AutoTopUpView } from "./auto-top-up-view.ts";
import type { CreditsAutoTopUpState } from "./credits-auto-top-up.types.ts";
import { renderConsent } from "./render-form.ts";

type Checkout = Extract<CreditsAutoTopUpState, { type: "checkout" }>;
type Adding = Extract<CreditsAutoTopUpState, { late: boolean }>;

/** What the person agrees to before another card is added. */
export function renderCardConsent(view: AutoTopUpView, busy: boolean) {
  const { texts, actions } = view;
  return html`
    <div class="form" part="card-step">
      <div class="question">
        <p><b>${texts.cardTitle}</b></p>
        <p class="note">${texts.cardHint}</p>
      </div>
      ${renderConsent(view)}
      <div class="foot">
        <div class="buttons">
          <button
            class="primary"
            part="action-button"
            aria-disabled=${busy}
            @click=${() => busy || actions.addCard()}
          >
            ${busy ? texts.busy : texts.toStripe}
          </button>
          <button part="cancel-button" @click=${actions.leave}>${texts.cancel}</button>
        </div>
        <p class="caption secure"><span>${lockIcon}${texts.stripe}</span></p>
      </div>
    </div>
  `;
}

/** The dialog around Stripe's form. */
export function renderCheckout({ ready }: Checkout, { texts, actions }: AutoTopUpView) {
  return renderCheckoutFrame({
    title: texts.cardTitle,
    caption: texts.cardHint,
    loading: texts.formLoading,
    ready,
    closeLabel: texts.close,
    close: actions.cancelCard,
  });
}

/** The person is on Stripe's page, or the server has not seen the card yet. */
export function renderAdding(state: Adding, { texts, actions }: AutoTopUpView) {
  const { type, setup, late } = state;
  return html`
    <div class="outcome ${type === "blocked" ? "" : "waiting"}" part="outcome">
      <span class="badge">${type === "blocked" ? lockIcon : clockIcon}</span>
      <p class="headline">${texts[type]}</p>
      <p class="note">${type === "checking" ? texts.inFlightHint : texts.tabHint}</p>
      <div class="actions">
        ${late ? html`<button part="retry-button" @click=${actions.checkAgain}>${texts.checkAgain}</button>` : nothing}
        ${
          type === "blocked"
            ? renderLink(setup.url, { text: texts.openPage, primary: true, opened: actions.opened })
            : nothing
        }
        ${type === "tab" ? renderLink(setup.url, { text: texts.openAgain }) : nothing}
        <button part="cancel-button" @click=${actions.cancelCard}>${texts.cancel}</button>
      </div>
    </div>
  `;
}
