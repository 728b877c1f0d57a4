import type { WidgetLedgerEntry } from "@credits-kit/client/widget";
import { html, nothing } from "lit";
import { actorName, renderPaper, renderTime, sourceName } from "../list/render-cells.ts";
import type { LedgerView } from "./ledger-view.ts";

/** Entries that are about a grant itself, and not about what was done with its credits. */
const OF_A_GRANT = ["granted", "activated", "expired", "revoked", "frozen", "unfrozen", "updated"];

/** What a sign says is also said by the colour. */
const toneOf = (delta: string) => (delta.startsWith("-") ? "down" : /[1-9]/.test(delta) ? "up" : "quiet");

/** One entry: when, what, from where, how much, and what there was then. */
export function renderRow(entry: WidgetLedgerEntry, view: LedgerView) {
  const { at, type, creditTypeId, resourceId, delta, endBalance, feature, userId, actor } = entry;
  const { texts, signed, amount, withUnit, hasUnits } = view;
  const { columns } = texts;
  const figure = signed(delta);
  // "Granted 0" would say that there were none.
  const isForLater = type === "granted" && toneOf(delta) === "quiet";
  const about = [feature?.label, resourceId, userId !== actor.userId && userId].filter(Boolean).join(" · ");
  return html`
    <tr role="row" part="row">
      <th role="rowheader" scope="row">${renderTime(at, view.time(Date.parse(at)), view)}</th>
      <td role="cell" class="what" data-label=${columns.type}>
        <div class="lines">
          <span>${isForLater ? texts.grantedForLater : texts.types[type]}</span>
          ${about && html`<span class="caption">${about}</span>`}
        </div>
      </td>
      <td role="cell" data-label=${columns.source}>
        <div class="sources">${renderSource(entry, view)}</div>
      </td>
      <td role="cell" class="number state ${toneOf(delta)}" part="delta" data-label=${columns.delta}>
        ${hasUnits ? withUnit(figure, delta, creditTypeId) : figure}
      </td>
      <td role="cell" class="number" part="balance" data-label=${columns.endBalance}>
        ${amount(endBalance)}
      </td>
      <td role="cell" data-label=${columns.actor}>${actorName(actor, view)}</td>
    </tr>
  `;
}

/** Where credits came from or went: on paper, to the grant, or in a word. */
function renderSource(entry: WidgetLedgerEntry, view: LedgerView) {
  const { source, purchase, grantIds, type } = entry;
  const { texts, request } = view;
  const [grantId] = grantIds;
  const isOfGrant = grantId !== undefined && OF_A_GRANT.includes(type);
  return html`
    ${isOfGrant && source.kind === "grant" ? nothing : html`<span>${sourceName(source.kind, view) ?? source.kind}</span>`}
    ${renderPaper(purchase, view)}
    ${
      isOfGrant
        ? html`<button part="grant-button" @click=${() => request(grantId, entry)}>${texts.grant}</button>`
        : nothing
    }
  `;
}
