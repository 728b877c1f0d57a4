import { html, nothing } from "lit";
import { clockIcon, lockIcon, warningIcon } from "../ui/icons.ts";
import type { CreditsTopUpState } from "./credits-top-up.types.ts";
import { checkIcon } from "../paying/icons.ts";
import { renderLink } from "../paying/render-link.ts";
import { type TopUpView, unitFor } from "./top-up-view.ts";

/** States in which a payment is under way or over, outside the form. */
export type Outcome = Exclude<Extract<CreditsTopUpState, { order: unknown }>, { type: "checkout" }>;

const LOOKS = {
  tab: { tone: "waiting", icon: clockIcon },
  blocked: { tone: "", icon: lockIcon },
  confirming: { tone: "waiting", icon: clockIcon },
  action: { tone: "warn", icon: warningIcon },
  paid: { tone: "good", icon: checkIcon },
};

/** What is happening to the payment, and what can be done about it. */
export function renderOutcome(state: Outcome, view: TopUpView) {
  const { tone, icon } = LOOKS[state.type];
  return html`
    <div class="outcome ${tone}" part="outcome">
      <span class="badge">${icon}</span>
      <p class="headline">${outcomeText(state, view)}</p>
      <p class="note">${hintText(state, view)}</p>
      <div class="actions">${renderActions(state, view)}</div>
    </div>
  `;
}

/** What happened, in one sentence: also what is said aloud. */
export function outcomeText({ type, order }: Outcome, view: TopUpView): string {
  const { texts, formats } = view;
  if (type === "paid") return texts.paid(formats.amount(order.credits), unitFor(order.credits, view));
  if (type === "confirming") return order.status === "processing" ? texts.processing : texts.confirming;
  return texts[type];
}

function hintText({ type, order }: Outcome, view: TopUpView) {
  const { texts, formats, pool } = view;
  if (type === "confirming")
    return order.status === "processing" ? texts.processingHint : texts.confirmingHint;
  if (type !== "paid") return texts[`${type}Hint`];
  return pool ? texts.youHave(formats.amount(pool.available), unitFor(pool.available, view)) : nothing;
}

function renderActions(state: Outcome, view: TopUpView) {
  const { texts, actions, modal } = view;
  const { url, receiptUrl } = state.order;
  const button = (text: string, click: () => void) => html`<button @click=${click}>${text}</button>`;
  const cancel = button(texts.cancel, actions.cancel);
  const checkAgain = "late" in state && state.late ? button(texts.checkAgain, actions.checkAgain) : nothing;
  switch (state.type) {
    case "blocked":
      return html`${renderLink(url, { text: texts.openPage, primary: true, opened: actions.opened })}${cancel}`;
    case "tab":
      return html`${checkAgain}${renderLink(url, { text: texts.openAgain })}${cancel}`;
    case "confirming":
      return html`${checkAgain}${modal ? button(texts.close, actions.close) : nothing}`;
    case "action":
      return html`${renderConfirm(state, view)}${cancel}`;
    case "paid":
      return html`
        ${modal ? renderPrimary(texts.done, actions.close) : button(texts.again, actions.again)}
        ${renderLink(receiptUrl, { text: texts.receipt })}
      `;
  }
}

function renderConfirm({ busy, order }: Extract<Outcome, { type: "action" }>, { texts, actions }: TopUpView) {
  if (!busy && order.url)
    return renderLink(order.url, { text: texts.confirm, primary: true, opened: actions.opened });
  return renderPrimary(busy ? texts.busy : texts.confirm, actions.confirm, busy);
}

function renderPrimary(text: string, click: () => void, busy = false) {
  return html`
    <button class="primary" part="action-button" aria-disabled=${busy} @click=${() => busy || click()}>
      ${text}
    </button>
  `;
}
