import { html, nothing } from "lit";
import type { ChartView } from "./chart-view.ts";
import { RANGES } from "./credits-usage-chart.types.ts";

const VIEWS = ["chart", "table"] as const;

/** Which time, told apart how, and in which form. */
export function renderControls(view: ChartView) {
  const { texts, choice, interval, intervals, groupings } = view;
  return html`
    <div class="lines" part="controls">
      <div class="line">
        ${segments(view, { name: "range", label: texts.range, values: RANGES, texts: texts.ranges })}
      </div>
      ${choice.range === "custom" ? html`<div class="line">${renderDates(view)}</div>` : nothing}
      <div class="line">
        ${select(view, { name: "groupBy", label: texts.group, values: groupings, value: choice.groupBy, write: (group) => groupName(group, view) })}
        ${select(view, { name: "interval", label: texts.interval, values: intervals, value: interval, write: (one) => texts.intervals[one] })}
        ${segments(view, { name: "view", label: texts.view, values: VIEWS, texts: texts.views })}
        ${renderExport(view)}
      </div>
    </div>
  `;
}

interface Segments<Value extends string> {
  name: "range" | "view";
  label: string;
  values: readonly Value[];
  texts: Record<Value, string>;
}

function segments<Value extends string>(
  { choice, choose }: ChartView,
  { name, label, values, texts }: Segments<Value>,
) {
  return html`
    <fieldset class="segments ${name}s" part=${name}>
      <legend class="visually-hidden">${label}</legend>
      ${values.map(
        (value) => html`
          <label>
            <input
              type="radio"
              name=${name}
              .checked=${choice[name] === value}
              @change=${() => choose({ [name]: value })}
            /><span>${texts[value]}</span>
          </label>
        `,
      )}
    </fieldset>
  `;
}

interface Select<Value extends string> {
  name: "groupBy" | "interval";
  label: string;
  values: readonly Value[];
  value: Value;
  write(value: Value): string;
}

function select<Value extends string>(
  { choose }: ChartView,
  { name, label, values, value, write }: Select<Value>,
) {
  return html`
    <select
      part=${name === "groupBy" ? "group-by" : name}
      aria-label=${label}
      @change=${({ target }: Event) => {
        if (target instanceof HTMLSelectElement) choose({ [name]: values[target.selectedIndex] });
      }}
    >
      ${values.map((one) => html`<option ?selected=${one === value} .selected=${one === value}>${write(one)}</option>`)}
    </select>
  `;
}

function groupName(group: string, { texts }: ChartView): string {
  if (group === "feature" || group === "user" || group === "none") return texts.groups[group];
  return group.replace("dimension:", "");
}

/**
 * The platform's own date fields: they know the person's calendar and keyboard. A year is typed figure by figure, and each
 * is a change: what cannot be asked for is taken back only when the field is left.
 */
function renderDates({ texts, dates, choose }: ChartView) {
  const isGood = ({ validity, value }: HTMLInputElement) => validity.valid && value !== "";
  const field = (name: "from" | "to") => html`
    <label class="labelled">
      ${texts[name]}
      <input
        type="date"
        part="date"
        .value=${dates[name]}
        min=${name === "to" ? dates.from : "1970-01-01"}
        max=${name === "from" ? dates.to : "9999-12-31"}
        @change=${({ target }: Event) => {
          if (target instanceof HTMLInputElement && isGood(target))
            choose({ ...dates, [name]: target.value });
        }}
        @blur=${({ target }: Event) => {
          if (target instanceof HTMLInputElement && !isGood(target)) target.value = dates[name];
        }}
      />
    </label>
  `;
  return html`${field("from")}${field("to")}`;
}

function renderExport({ texts, drawn, choice, exportAs }: ChartView) {
  const button = (format: "csv" | "png") => html`
    <button
      part="export-button"
      @click=${({ target }: Event) => {
        if (target instanceof Element) target.closest("details")?.removeAttribute("open");
        exportAs(format);
      }}
    >
      ${texts[format]}
    </button>
  `;
  return html`
    <details
      class="menu"
      part="export"
      @keydown=${({ key, currentTarget }: KeyboardEvent) => {
        if (key === "Escape" && currentTarget instanceof HTMLDetailsElement && currentTarget.open) {
          currentTarget.open = false;
          currentTarget.querySelector("summary")?.focus();
        }
      }}
      @focusout=${({ relatedTarget, currentTarget }: FocusEvent) => {
        if (relatedTarget instanceof Node && currentTarget instanceof HTMLDetailsElement)
          currentTarget.open &&= currentTarget.contains(relatedTarget);
      }}
    >
      <summary>${texts.export}</summary>
      <div>
        ${drawn && button("csv")}${drawn && choice.view === "chart" && !drawn.isEmpty ? button("png") : nothing}
      </div>
    </details>
  `;
}
