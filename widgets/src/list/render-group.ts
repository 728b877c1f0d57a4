import { html } from "lit";

export interface GroupRow {
  name: string;
  /** How many rows it has. */
  caption: string;
  figures: string;
  columns: number;
  /** Leads to the group alone, where that can be. */
  open?: (() => void) | undefined;
}

/** What rows have in common, and their subtotals. */
export function renderGroup({ name, caption, figures, columns, open }: GroupRow) {
  return html`
    <tr class="group" role="row" part="group">
      <th role="rowheader" scope="rowgroup" colspan=${columns}>
        <div>
          <span>
            ${open ? html`<button part="group-button" @click=${open}>${name}</button>` : html`<b>${name}</b>`}
            <span class="caption">${caption}</span>
          </span>
          <b part="subtotal">${figures}</b>
        </div>
      </th>
    </tr>
  `;
}
