import { html, nothing } from "lit";
import type { PortalView } from "./portal-view.ts";
import {
  CHANNELS,
  comesBy,
  type Edits,
  NOTICES,
  type NoticeName,
  type TypePreferences,
} from "./preferences.ts";

/** What became of saving. */
export type FormNotice = "saved" | "notSaved";

/** A field that can be wrong. */
export type Fault = "thresholds" | "daysBefore";

export interface FormView {
  /** Nothing where the customer has no credits of any type. */
  type: TypePreferences | undefined;
  /** There are several types: it is said which one this is. */
  isNamed: boolean;
  canChange: boolean;
  edits: Edits;
  isEdited: boolean;
  isBusy: boolean;
  notice: FormNotice | undefined;
  fault(field: Fault): boolean;
  edit(change: (edits: Edits) => void): void;
  save(): void;
}

/** What somebody is told of, and how. */
export function renderForm(view: PortalView, own: FormView) {
  const { texts, common } = view;
  const { type, isNamed, canChange, isBusy, isEdited, notice, save } = own;
  if (!type) return html`<p class="note">${common.emptyHint}</p>`;
  const submit = (event: Event) => {
    event.preventDefault();
    if (!isBusy) save();
  };
  return html`
    <form class="notices" novalidate @submit=${submit}>
      <p class="note">
        ${texts.notificationsHint} ${isNamed ? html`<b>${type.creditType.name}</b>` : nothing}
      </p>
      ${canChange ? nothing : html`<p class="note">${texts.readOnly}</p>`}
      <div class="choices">
        <div class="choice names" aria-hidden="true">
          <span></span
          >${CHANNELS.map((channel) => html`<span class="caption">${texts.channels[channel]}</span>`)}
        </div>
        ${NOTICES.map((notice) => renderNotice(view, notice, own))}
      </div>
      ${
        canChange
          ? html`
              <div class="save">
                <button class=${isEdited ? "primary" : ""} part="save-button" aria-disabled=${isBusy}>
                  ${isBusy ? texts.saving : texts.save}
                </button>
                ${isEdited && !notice ? html`<span class="caption">${texts.unsaved}</span>` : nothing}
              </div>
            `
          : nothing
      }
      <p class="notice ${notice === "saved" ? "positive" : "danger"}" part="notice" role="status">
        ${notice ? texts[notice] : nothing}
      </p>
    </form>
  `;
}

function renderNotice(view: PortalView, notice: NoticeName, own: FormView) {
  const { texts } = view;
  const { type, canChange, edits, edit } = own;
  if (!type) return nothing;
  return html`
    <div class="choice" part="choice" role="group" aria-label=${texts.notices[notice]}>
      <span>${texts.notices[notice]}</span>
      ${CHANNELS.map((channel) => {
        const isOn = edits.channels[notice]?.[channel] ?? comesBy(type, notice, channel);
        const change = ({ target }: Event) =>
          edit(({ channels }) => {
            if (target instanceof HTMLInputElement)
              channels[notice] = { ...channels[notice], [channel]: target.checked };
          });
        return html`
          <label>
            <input type="checkbox" .checked=${isOn} ?disabled=${!canChange} @change=${change} />
            <span class="visually-hidden">${texts.channels[channel]}</span>
          </label>
        `;
      })}
      ${notice === "lowBalance" ? renderThresholds(view, type, own) : nothing}
      ${notice === "expiry" ? renderDays(view, type, own) : nothing}
    </div>
  `;
}

interface Field {
  id: Fault;
  label: string;
  value: string;
  /** What it may be, or what is wrong with it. */
  hint: string;
  inputMode: "numeric" | "text";
  change(text: string): void;
}

function renderField({ id, label, value, hint, inputMode, change }: Field, own: FormView) {
  const isWrong = own.fault(id);
  return html`
    <div class="field" part="field">
      <label for=${id}>${label}</label>
      <input
        id=${id}
        type="text"
        inputmode=${inputMode}
        autocomplete="off"
        dir="ltr"
        .value=${value}
        ?disabled=${!own.canChange}
        aria-invalid=${isWrong}
        aria-describedby="${id}-hint"
        @input=${({ target }: Event) => target instanceof HTMLInputElement && change(target.value)}
      />
      <span class="caption ${isWrong ? "danger" : ""}" id="${id}-hint">${hint}</span>
    </div>
  `;
}

function renderThresholds({ texts }: PortalView, type: TypePreferences, own: FormView) {
  const { lowBalance, defaultThresholds } = type;
  const isWrong = own.fault("thresholds");
  const field: Field = {
    ...{ id: "thresholds", label: texts.thresholds, inputMode: "text" },
    value: own.edits.thresholds ?? lowBalance.thresholds?.join("  ") ?? "",
    hint: isWrong ? texts.thresholdsWrong : texts.thresholdsHint(defaultThresholds.join(", ")),
    change: (text) => own.edit((edits) => void (edits.thresholds = text)),
  };
  return renderField(field, own);
}

function renderDays({ texts }: PortalView, { expiry }: TypePreferences, own: FormView) {
  const isWrong = own.fault("daysBefore");
  const field: Field = {
    ...{ id: "daysBefore", label: texts.daysBefore, inputMode: "numeric" },
    value: own.edits.daysBefore ?? String(expiry.daysBefore),
    hint: isWrong ? texts.daysWrong : "",
    change: (text) => own.edit((edits) => void (edits.daysBefore = text)),
  };
  return renderField(field, own);
}
