import { html } from "lit";
import { dateOf, edgeOf } from "../ui/days.ts";
import type { ListFormTexts, ListTexts } from "./list-texts.ts";
import type { ListChoice, ListView } from "./list-view.ts";
import type { Period, Span } from "./refinement.ts";
import { type Pick, renderPick } from "./render-controls.ts";

/** What the form needs: a view with all its texts. */
export type FormView = ListView<ListChoice, ListTexts & ListFormTexts>;

/** Adds the form's texts, which come later, to those of a view: a page may have its own word for one group alone. */
export const wordedBy =
  <Form extends { groups: object }>(form: Form) =>
  <View extends { texts: { groups?: object } }>(view: View) => ({
    ...view,
    texts: { ...form, ...view.texts, groups: { ...form.groups, ...view.texts.groups } },
  });

const FIRST_DAY = "1970-01-01";
const LAST_DAY = "2999-12-31";
const DAY_MS = 86_400_000;

/** An end of a period, in a year that clocks of zones and the API can write. */
function boundOf(text: string, zone: string, isLast = false): number | undefined {
  const ms = edgeOf(text, zone, isLast) ?? Number.NaN;
  return ms >= -DAY_MS && ms < Date.UTC(9_999, 0) ? ms : undefined;
}

/** Dates as the API takes them: days are those of the zone. */
export function spanOf({ from = "", to = "" }: Period, zone: string): Span {
  const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());
  return { from: iso(boundOf(from, zone)), to: iso(boundOf(to, zone, true)) };
}

/** What stands in a field of a date, where a moment was set: its day, and of the end of a period the last one in it. */
function fieldOf(text: string | undefined, zone: string, isLast: boolean): string {
  const ms = boundOf(text ?? "", zone, isLast);
  return ms === undefined ? "" : dateOf(isLast ? ms - 1 : ms, zone);
}

/** Leaves nothing in a field that is not what the list is filtered by. */
export const restoreTo =
  (value: string) =>
  ({ target }: Event) => {
    if (target instanceof HTMLInputElement && !target.validity.valid) target.value = value;
  };

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
        min=${(name === "to" && dates.from) || FIRST_DAY}
        max=${LAST_DAY}
        @change=${({ target }: Event) => {
          // Years pass through others while they are typed.
          if (!(target instanceof HTMLInputElement && target.validity.valid)) return;
          const { value } = target;
          choose({
            [name]: value || undefined,
            ...(name === "from" && value > dates.to && { to: undefined }),
          });
        }}
        @blur=${restoreTo(dates[name])}
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
      <button part="clear-button" aria-disabled=${!isFiltered} @click=${() => isFiltered && clear()}>
        ${texts.clear}
      </button>
    </div>
  `;
}

/** What subtotals are of: all that matches, or the rows of this page. */
export function renderCovers(isAll: boolean, { texts }: FormView) {
  return html`<p class="caption" part="covers">${isAll ? texts.coversAll : texts.coversPage}</p>`;
}
