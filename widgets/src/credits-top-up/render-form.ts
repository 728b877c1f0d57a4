import { html, nothing } from "lit";
import { lockIcon, warningIcon } from "../ui/icons.ts";
import type { Notice } from "./credits-top-up.types.ts";
import { writeCard, writeMoney, writePrice } from "../paying/money.ts";
import { renderAmounts } from "./render-amounts.ts";
import { creditsText, unitFor, type TopUpView } from "./top-up-view.ts";

/** What happened before, the amounts, the price, and one button. */
export function renderForm(
  view: TopUpView,
  { busy, notice }: { busy: boolean; notice?: Notice | undefined },
) {
  return html`
    <div class="form" part="form">
      ${notice && renderNotice(notice, view)} ${renderAmounts(view)}
      <div class="foot" part="summary">${renderTotal(view)} ${renderPay(view, busy)} ${renderCard(view)}</div>
    </div>
  `;
}

function renderNotice(notice: Notice, { texts }: TopUpView) {
  const tone = notice.type === "cancelled" || notice.type === "expired" ? "calm" : "bad";
  return html`<p class="notice ${tone}" part="notice">
    ${warningIcon}<span>${noticeText(notice, texts)}</span>
  </p>`;
}

export function noticeText(notice: Notice, texts: TopUpView["texts"]): string {
  if (notice.type !== "declined") return texts[notice.type];
  return texts.declines[notice.declineCode ?? ""] ?? texts.declined;
}

function renderTotal(view: TopUpView) {
  const { form, lang, price, texts, common, actions } = view;
  const { credits } = form;
  const known = credits === undefined ? undefined : price.price;
  const failed = credits !== undefined && price.error;
  return html`
    <div class="total">
      <div class="what">
        <p>${credits ? creditsText(credits, view) : texts.total}</p>
        <p class="caption">
          ${
            failed
              ? html`${texts.error} <button class="link" @click=${actions.retry}>${common.retry}</button>`
              : known
                ? texts.perCredit(writePrice(known.pricePerCredit, lang), unitFor("1", view))
                : html`&nbsp;`
          }
        </p>
      </div>
      <p class="sum" part="total">
        ${totalText(view) ?? (credits && !failed ? html`<span class="bone"></span>` : "–")}
      </p>
    </div>
  `;
}

/** The total as the server says it; nothing while it has not. */
export function totalText({ form, price, lang }: TopUpView): string | undefined {
  const { credits } = form;
  if (credits === undefined) return undefined;
  const money = price.price?.total ?? (price.error ? undefined : form.find(credits)?.price);
  return money && writeMoney(money, lang);
}

function renderPay(view: TopUpView, busy: boolean) {
  const { card, texts, actions } = view;
  const total = totalText(view);
  const text = total && (card ? texts.payWith(total, writeCard(card)) : texts.pay(total));
  return html`
    <button
      class="primary wide"
      part="pay-button"
      aria-disabled=${busy || !total}
      @click=${() => busy || actions.pay()}
    >
      ${busy ? texts.busy : (text ?? (view.form.credits ? texts.busy : texts.chooseAmount))}
    </button>
  `;
}

function renderCard({ card, form, texts, savesCard, actions }: TopUpView) {
  const saved = form.offer?.savedCard;
  const other =
    saved &&
    html`
      <button class="link" part="card-button" @click=${() => actions.useSavedCard(!card)}>
        ${card ? texts.otherCard : texts.useCard(writeCard(saved))}
      </button>
    `;
  return html`
    ${
      card
        ? nothing
        : html`
            <label class="consent" part="save-card">
              <input
                type="checkbox"
                .checked=${savesCard}
                @change=${(event: Event) => actions.saveCard(isChecked(event))}
              />
              <span>${texts.saveCard}</span>
            </label>
          `
    }
    <p class="caption secure">${other}<span>${lockIcon}${texts.stripe}</span></p>
  `;
}

function isChecked({ target }: Event): boolean {
  return target instanceof HTMLInputElement && target.checked;
}
