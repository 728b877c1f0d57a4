import { html, nothing } from "lit";
import { currencySign, writeCard, writeMoney, writePrice } from "../paying/money.ts";
import { lockIcon, warningIcon } from "../ui/icons.ts";
import { balanceText, creditsText, unitFor, type AutoTopUpView } from "./auto-top-up-view.ts";
import type { Fault, Field } from "./rule-form.ts";

/** When, how much, at most how much, the consent, and one button. */
export function renderForm(view: AutoTopUpView, busy: boolean) {
  const { texts, form } = view;
  const { threshold, currency } = { threshold: view.settings?.rule?.threshold, ...view.settings };
  const money = typeof threshold === "object" ? threshold.currency : undefined;
  return html`
    <div class="form" part="form">
      ${renderField(view, {
        field: "threshold",
        label: texts.threshold,
        unit: money ? currencySign(money, view.lang) : unitFor("2", view),
        hint: balanceText(view),
      })}
      ${renderModes(view)}
      ${renderField(view, {
        field: "limit",
        label: texts.limit,
        unit: currency ? currencySign(currency, view.lang) : "",
        hint: form.draft.limit.trim() ? texts.limitHint : warningHint(texts.noLimit),
      })}
      <div class="foot" part="summary">
        ${renderTotal(view)} ${renderMeans(view)} ${renderConsent(view)} ${renderButtons(view, busy)}
        <p class="caption secure"><span>${lockIcon}${texts.stripe}</span></p>
      </div>
    </div>
  `;
}

function warningHint(text: string) {
  return html`<span class="warn-hint">${warningIcon}${text}</span>`;
}

/** Up to a target, or so many more. */
function renderModes(view: AutoTopUpView) {
  const { texts, form, actions } = view;
  const option = (mode: "target" | "credits", label: string, hint: string | undefined) => html`
    <div class="option other" part="choice">
      <label>
        <input
          type="radio"
          name="mode"
          .checked=${form.draft.mode === mode}
          @change=${() => actions.type({ mode })}
        />
        <span class="credits">${label}</span>
      </label>
      ${
        form.draft.mode === mode
          ? renderField(view, { field: mode, label, hidesLabel: true, unit: unitFor("2", view), hint })
          : nothing
      }
    </div>
  `;
  return html`
    <fieldset class="modes">
      <legend>${texts.amount}</legend>
      ${option("target", texts.target, texts.targetHint)} ${option("credits", texts.add, rangeText(view))}
    </fieldset>
  `;
}

interface FieldOptions {
  field: Exclude<Field, "consent">;
  label: string;
  hidesLabel?: boolean;
  unit: string;
  hint: unknown;
}

function renderField(view: AutoTopUpView, { field, label, hidesLabel, unit, hint }: FieldOptions) {
  const { form, actions } = view;
  const fault = form.shownFault(field);
  const isBad = fault !== undefined;
  return html`
    <div class="field">
      <label for=${field} class=${hidesLabel ? "visually-hidden" : ""}>${label}</label>
      <div class="box ${isBad ? "bad" : ""}">
        <input
          id=${field}
          part="field"
          type="text"
          inputmode="decimal"
          autocomplete="off"
          maxlength="20"
          .value=${form.draft[field]}
          aria-invalid=${isBad}
          aria-describedby="${field}-unit ${field}-hint"
          @input=${(event: Event) => actions.type({ [field]: valueOf(event) })}
          @change=${() => actions.leaveField(field)}
          @keydown=${(event: KeyboardEvent) => event.key === "Enter" && actions.submit()}
        />
        <span id="${field}-unit">${unit}</span>
      </div>
      <p class="caption ${isBad ? "bad" : ""}" id="${field}-hint" part="hint">
        ${isBad ? faultText(fault, view) : (hint ?? nothing)}
      </p>
    </div>
  `;
}

function faultText(fault: Fault, view: AutoTopUpView) {
  const { texts, form, settings, lang } = view;
  switch (fault.type) {
    case "refused":
      return html`${texts.refused}: <span lang="en" dir="ltr">${fault.message}</span>`;
    case "atLeast":
      return texts.atLeast(creditsText(settings?.min ?? "0", view));
    case "atMost":
      return texts.atMost(creditsText(settings?.max ?? "0", view));
    case "lessThanOne":
      return texts.lessThanOne(form.total ? writeMoney(form.total, lang) : "");
    default:
      return texts[fault.type];
  }
}

function rangeText(view: AutoTopUpView): string | undefined {
  const { texts, formats, settings } = view;
  const { min, max } = settings ?? {};
  if (min && max) return texts.between(formats.amount(min), creditsText(max, view));
  if (min) return texts.atLeast(creditsText(min, view));
  return max ? texts.atMost(creditsText(max, view)) : undefined;
}

/** What one top-up costs; without the scope to ask for prices, only how much it is. */
function renderTotal(view: AutoTopUpView) {
  const { form, price, texts, lang } = view;
  const { eachTime } = form;
  if (eachTime === undefined) return nothing;
  const isExact = form.draft.mode === "credits";
  const known = price.price;
  const sum = known && writeMoney(known.total, lang);
  const bone = price.error ? nothing : html`<span class="bone"></span>`;
  const credits = creditsText(eachTime, view);
  return html`
    <div class="total">
      <div class="what">
        <p>${isExact ? texts.eachTime(credits) : texts.eachTimeOrMore(credits)}</p>
        <p class="caption">
          ${known ? `${writePrice(known.pricePerCredit, lang)} / ${unitFor("1", view)}` : html`&nbsp;`}
        </p>
      </div>
      <p class="sum" part="total">${sum ? (isExact ? sum : texts.from(sum)) : bone}</p>
    </div>
  `;
}

function renderMeans({ settings, texts }: AutoTopUpView) {
  const { card, rule } = settings ?? {};
  if (rule?.collectionMethod === "send_invoice") return html`<p class="note">${texts.invoice}</p>`;
  if (!card) return html`<p class="note" part="card">${texts.addCardFirst}</p>`;
  return html`<p class="row" part="card"><span>${texts.card}</span> <b>${writeCard(card)}</b></p>`;
}

/** The consent to be charged when nobody is there, where it was not given yet. */
export function renderConsent({ form, texts, actions }: AutoTopUpView) {
  if (!form.needsConsent) return nothing;
  const isBad = form.shownFault("consent") !== undefined;
  return html`
    <div>
      <label class="consent" part="consent">
        <input
          id="consent"
          type="checkbox"
          .checked=${form.draft.consent}
          aria-invalid=${isBad}
          aria-describedby="consent-hint"
          @change=${(event: Event) => actions.type({ consent: isChecked(event) })}
        />
        <span>${texts.consent}</span>
      </label>
      <p class="caption bad" id="consent-hint">${isBad ? texts.consentMissing : nothing}</p>
    </div>
  `;
}

function renderButtons(view: AutoTopUpView, busy: boolean) {
  const { settings, texts, actions } = view;
  const isNew = !settings?.rule;
  const text = !isNew ? texts.save : settings?.card ? texts.turnOn : texts.addCard;
  return html`
    <div class="buttons">
      <button
        class="primary"
        part="save-button"
        aria-disabled=${busy}
        @click=${() => busy || actions.submit()}
      >
        ${busy ? texts.busy : text}
      </button>
      <button part="cancel-button" @click=${actions.leave}>${texts.cancel}</button>
    </div>
  `;
}

function valueOf({ target }: Event): string {
  return target instanceof HTMLInputElement ? target.value : "";
}

function isChecked({ target }: Event): boolean {
  return target instanceof HTMLInputElement && target.checked;
}
