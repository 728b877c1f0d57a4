import { html, nothing } from "lit";
import { writeMoney } from "../paying/money.ts";
import { creditsText, unitFor, type TopUpView } from "./top-up-view.ts";

/** The packages and an amount of one's own, as one choice. */
export function renderAmounts(view: TopUpView) {
  const { form, texts } = view;
  const { packages = [] } = form.offer ?? {};
  if (packages.length === 0) return renderField(view);
  return html`
    <fieldset class="amounts" part="amounts">
      <legend class="visually-hidden">${texts.amount}</legend>
      ${packages.map((one) => renderPackage(one, view))}
      <div class="option other" part="amount">
        <label>
          ${renderRadio(form.isOther, () => view.actions.choose(undefined))}
          <span class="credits">${texts.otherAmount}</span>
        </label>
        ${form.isOther ? renderField(view) : nothing}
      </div>
    </fieldset>
  `;
}

type Package = NonNullable<TopUpView["form"]["offer"]>["packages"][number];

function renderPackage(one: Package, view: TopUpView) {
  const { form, formats, lang } = view;
  return html`
    <div class="option" part="amount">
      <label>
        ${renderRadio(form.isChosen(one), () => view.actions.choose(one.credits))}
        <span class="credits">
          <span><b>${formats.amount(one.credits)}</b> ${unitFor(one.credits, view)}</span>
          ${one.label && html`<span class="tag" part="label">${one.label}</span>`}
        </span>
        <span class="cost">${writeMoney(one.price, lang)}</span>
      </label>
    </div>
  `;
}

function renderRadio(checked: boolean, choose: () => void) {
  return html`<input type="radio" name="amount" .checked=${checked} @change=${choose} />`;
}

function renderField(view: TopUpView) {
  const { form, texts, actions } = view;
  const fault = form.fault;
  // Too much stays too much whatever is typed after it; too little or nothing may only be unfinished.
  const isBad = fault !== undefined && (form.isChecked || fault === "atMost");
  const unit = unitFor("2", view);
  return html`
    <div class="field">
      <label for="amount" class=${form.offer?.packages.length ? "visually-hidden" : ""}
        >${texts.amountOf(unit)}</label
      >
      <div class="box ${isBad ? "bad" : ""}">
        <input
          id="amount"
          part="amount-field"
          type="text"
          inputmode="decimal"
          autocomplete="off"
          maxlength="20"
          .value=${form.typed}
          aria-invalid=${isBad}
          aria-describedby="hint"
          @input=${(event: Event) => actions.type(valueOf(event))}
          @change=${actions.leaveField}
          @keydown=${(event: KeyboardEvent) => event.key === "Enter" && actions.finishField()}
        />
        <span aria-hidden="true">${unit}</span>
      </div>
      <p class="caption ${isBad ? "bad" : ""}" id="hint" part="amount-hint">
        ${isBad ? faultText(view) : rangeText(view)}
      </p>
    </div>
  `;
}

/** What is wrong with the amount, in words. */
export function faultText(view: TopUpView): string {
  const { form, texts } = view;
  const { min, max } = form.offer ?? {};
  if (form.fault === "atLeast" && min) return texts.atLeast(creditsText(min, view));
  if (form.fault === "atMost" && max) return texts.atMost(creditsText(max, view));
  return texts.noNumber;
}

function rangeText(view: TopUpView) {
  const { form, formats, texts } = view;
  const { min, max } = form.offer ?? {};
  if (min && max) return texts.between(formats.amount(min), creditsText(max, view));
  if (min) return texts.atLeast(creditsText(min, view));
  return max ? texts.atMost(creditsText(max, view)) : nothing;
}

function valueOf({ target }: Event): string {
  return target instanceof HTMLInputElement ? target.value : "";
}
