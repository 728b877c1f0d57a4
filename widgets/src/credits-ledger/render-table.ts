import type { WidgetLedger } from "@credits-kit/client/widget";
import { html } from "lit";
import type { LedgerView } from "./ledger-view.ts";
import { renderRow } from "./render-row.ts";

/** The entries of a page. */
export function renderTable({ data }: WidgetLedger, view: LedgerView) {
  const { title, columns } = view.texts;
  const { at, type, source, delta, endBalance, actor } = columns;
  const head = (text: string, kind = "") =>
    html`<th role="columnheader" scope="col" class=${kind}>${text}</th>`;
  return html`
    <div class="scroll" part="table" role="region" tabindex="0" aria-label=${title}>
      <table role="table">
        <thead role="rowgroup">
          <tr role="row">
            ${head(at)}${head(type)}${head(source)}${head(delta, "number")}${head(endBalance, "number")}${head(actor)}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${view.grouped ?? data.map((entry) => renderRow(entry, view))}
        </tbody>
      </table>
    </div>
  `;
}
