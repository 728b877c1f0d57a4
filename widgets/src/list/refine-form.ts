import { html, nothing } from "lit";
import { dateOf, edgeOf } from "../ui/days.ts";
import type { ListFormTexts, ListTexts } from "./list-texts.ts";
import type { ListChoice, ListView } from "./list-view.ts";
import type { Period, Span } from "./refinement.ts";
import { type Pick, renderPick } from "./render-controls.ts";

/** What the form needs: a view with all its texts. */
export type FormView = ListView<ListChoice, ListTexts & ListFormTexts>;

/** Dates as the API takes them: days are those of the zone. */
export function spanOf({ from = "", to = "" }: Period, zone: string): Span {
  const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());
  return { from: iso(edgeOf(from, zone)), to: iso(edgeOf(to, zone, true)) };
}

/** What stands in a field of a date, where a moment was set: its day, and of the end of a period the last one in it. */
function fieldOf(text: string | undefined, zone: string, isLast: boolean): string {
  const ms = edgeOf(text ?? "", zone, isLast);
  return ms === undefined ? "" : dateOf(isLast ? ms - 1 : ms, zone);
}

/** The platform's own date fields: they know the person's calendar and keyboard. */
export function renderDates(view: FormView) {
  const { texts, choice, zone, choose } = view;
  const dates = { from: fieldOf(choice.from, zone, false), to: fieldOf(choice.to, zone, true) };
  const field = (name: "from" | "to") => html`
    <label class="labelled">
      ${texts[name]}
      <input
        type="date"
        part="date"
        .value=${dates[name]}
        min=${(name === "to" && dates.from) || nothing}
        max=${(name === "from" && dates.to) || nothing}
        @change=${({ target }: Event) => {
          if (target instanceof HTMLInputElement && target.validity.valid)
            choose({ [name]: target.value || undefined });
        }}
      />
    </label>
  `;
  return html`${field("from")}${field("to")}`;
}

/** A list to choose from, with its name above it. */
export function renderField<Value>(pick: Pick<Value>) {
  return html`<div class="labelled"><span aria-hidden="true">${pick.label}</span>${renderPick(pick)}</div>`;
}

/** How rows are grouped. */
export function renderGroupPick(
  groups: Readonly<Record<string, string>>,
  { texts, choice, choose }: FormView,
) {
  return renderField<string | undefined>({
    part: "group-by",
    label: texts.group,
    values: [undefined, ...Object.keys(groups)],
    value: choice.groupBy,
    write: (one) => Object.entries(groups).find(([key]) => key === one)?.[1] ?? texts.noGroups,
    choose: (groupBy) => choose({ groupBy }),
  });
}

/** The fields of a form, and the way back from all of them. */
export function renderForm(fields: unknown, { texts, isFiltered, filterNames, choose }: FormView) {
  const clear = () => choose(Object.fromEntries(filterNames.map((name) => [name, undefined])));
  return html`
    <div class="form" part="filters" role="group" aria-label=${texts.filters}>
      ${fields}
      <button part="clear-button" aria-disabled=${!isFiltered} @click=${clear}>${texts.clear}</button>
    </div>
  `;
}

/** What subtotals are of: all that matches, or the rows of this page. */
export function renderCovers(isAll: boolean, { texts }: FormView) {
  return html`<p class="caption" part="covers">${isAll ? texts.coversAll : texts.coversPage}</p>`;
}
