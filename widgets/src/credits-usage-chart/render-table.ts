import { html, nothing } from "lit";
import type { ChartView, Drawn } from "./chart-view.ts";

/** The numbers as a table: for the eye, or, where the chart is shown, for screen readers. */
export function renderTable({ model, names, span }: Drawn, view: ChartView) {
  const { texts, amount } = view;
  const isShown = view.choice.view === "table" || view.noDrawing;
  const { shown, previous, sums, count } = model;
  const columns = shown.length > 1 ? shown : [];
  const total = shown.length > 1 ? texts.total : (shown[0]?.label ?? texts.total);
  const cell = (text: string, label: string) => html`
    <td role="cell" class="number ${text === "0" ? "nothing" : ""}" data-label=${label}>${amount(text)}</td>
  `;
  return html`
    <div
      class=${isShown ? "scroll" : "visually-hidden"}
      part="table"
      tabindex=${isShown ? 0 : nothing}
      role=${isShown ? "region" : nothing}
      aria-label=${isShown ? texts.title : nothing}
    >
      <table role="table">
        <caption class="visually-hidden">
          ${texts.title}, ${span}: ${view.amountWithUnit(model.total)}
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">${texts.period}</th>
            ${columns.map(({ label }) => html`<th role="columnheader" scope="col" class="number">${label}</th>`)}
            <th role="columnheader" scope="col" class="number">${total}</th>
            ${previous ? html`<th role="columnheader" scope="col" class="number">${texts.previous(view.drawn?.length ?? "")}</th>` : nothing}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${names.long.slice(0, count).map(
            (name, index) => html`
              <tr role="row">
                <th role="rowheader" scope="row">${name}</th>
                ${columns.map(({ points, label }) => cell(points[index] ?? "0", label))}
                ${cell(sums[index] ?? "0", total)}
                ${previous ? cell(previous[index] ?? "0", texts.previous(view.drawn?.length ?? "")) : nothing}
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `;
}
