import { html } from "lit";

export interface GroupRow {
  /** What it is called: words, or a button that leads to it alone. */
  name: unknown;
  /** How many rows it has. */
  caption: string;
  figures: string;
  columns: number;
}

/** What rows have in common, and their subtotals. */
export function renderGroup({ name, caption, figures, columns }: GroupRow) {
  return html`
    <tr class="group" role="row" part="group">
      <th role="rowheader" scope="rowgroup" colspan=${columns}>
        <div>
          <span>
            <b>${name}</b>
            <span class="caption">${caption}</span>
          </span>
          <b part="subtotal">${figures}</b>
        </div>
      </th>
    </tr>
  `;
}
