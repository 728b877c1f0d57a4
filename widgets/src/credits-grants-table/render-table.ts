import type { WidgetGrants } from "@credits-kit/client/widget";
import { html, nothing } from "lit";
import type { OrderField } from "./credits-grants-table.types.ts";
import type { GrantsView } from "./grants-view.ts";
import { nextOrder, partsOf } from "./order.ts";
import { renderRow } from "./render-row.ts";

/** The grants of a page, with columns whose names sort. */
export function renderTable({ data }: WidgetGrants, view: GrantsView) {
  const { texts, choice, choose } = view;
  const { columns } = texts;
  const sorted = partsOf(choice.sort);
  const plain = (text: string) => html`<th role="columnheader" scope="col">${text}</th>`;
  const sortable = (field: OrderField, kind: "number" | "" = "") => {
    const direction = sorted.isDescending ? "descending" : "ascending";
    const isSorted = sorted.field === field;
    return html`
      <th role="columnheader" scope="col" class=${kind} aria-sort=${isSorted ? direction : nothing}>
        <button part="sort-button" @click=${() => choose({ sort: nextOrder(field, choice.sort) })}>
          ${columns[field]}<span class="arrow" aria-hidden="true"
            >${isSorted ? (sorted.isDescending ? "↓" : "↑") : ""}</span
          >
        </button>
      </th>
    `;
  };
  return html`
    <div class="scroll" part="table" role="region" tabindex="0" aria-label=${texts.title}>
      <table role="table">
        <thead role="rowgroup">
          <tr role="row">
            ${sortable("amount")}${sortable("remaining")}${plain(columns.status)}${plain(columns.source)}
            ${sortable("effectiveAt")}${sortable("expiresAt")}${sortable("priority", "number")}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${view.grouped ?? data.map((grant) => renderRow(grant, view))}
        </tbody>
      </table>
    </div>
  `;
}
