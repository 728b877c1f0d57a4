import type { WidgetGrant } from "@credits-kit/client/widget";
import { html } from "lit";
import { actorName, renderPaper, renderTime, sourceName } from "../list/render-cells.ts";
import { percentOf } from "../ui/decimal.ts";
import { lockIcon } from "../ui/icons.ts";
import type { GrantsView } from "./grants-view.ts";

/** An end within so many days is told by its distance. */
const NEAR_MS = 30 * 86_400_000;

/** One grant: how much of what, what is left of it, and from when to when it can be spent. */
export function renderRow(grant: WidgetGrant, view: GrantsView) {
  const { columns } = view.texts;
  return html`
    <tr role="row" part="row">
      <th role="rowheader" scope="row">${renderCredits(grant, view)}</th>
      <td role="cell" class="left" data-label=${columns.remaining}>
        <div class="remaining">${renderRemaining(grant, view)}</div>
      </td>
      <td role="cell" class="state" data-label=${columns.status}>${renderStatus(grant, view)}</td>
      <td role="cell" data-label=${columns.source}>
        <div class="lines">
          ${renderPaper(grant.purchase, view)} <span class="caption">${actorName(grant.actor, view)}</span>
        </div>
      </td>
      <td role="cell" data-label=${columns.effectiveAt}>${renderDay(grant.effectiveAt, view)}</td>
      <td role="cell" data-label=${columns.expiresAt}>
        ${grant.expiresAt ? renderDay(grant.expiresAt, view) : html`<span class="quiet">${view.texts.never}</span>`}
      </td>
      <td role="cell" class="number" data-label=${columns.priority}>
        ${view.amount(String(grant.priority))}
      </td>
    </tr>
  `;
}

function renderCredits(grant: WidgetGrant, view: GrantsView) {
  const { amount, creditTypeId, resourceId, reason, category, source } = grant;
  const { texts, selectable, withUnit } = view;
  const figure = withUnit(view.amount(amount), amount, creditTypeId);
  const kind = sourceName(source.kind, view) ?? texts.categories[category];
  return html`
    <span class="credits">
      ${
        selectable
          ? html`<button part="select-button" @click=${() => view.select(grant)}>${figure}</button>`
          : html`<b>${figure}</b>`
      }
    </span>
    <span class="caption">${[kind, resourceId, reason].filter(Boolean).join(" · ")}</span>
  `;
}

function renderRemaining(
  { amount, remaining, held, status }: WidgetGrant,
  { texts, common, ...view }: GrantsView,
) {
  if (status === "payment_pending") return html`<span class="locked">${lockIcon}${texts.locked}</span>`;
  const percent = percentOf(remaining, amount);
  const more = /[1-9]/.test(held) ? ` · ${common.held(view.amount(held))}` : "";
  return html`
    <span><b>${view.amount(remaining)}</b> <span class="caption">/ ${view.amount(amount)}${more}</span></span>
    <svg class="bar ${status}" part="bar" aria-hidden="true">
      <rect width="${percent}%" height="100%"></rect>
    </svg>
  `;
}

const TONES: Partial<Record<WidgetGrant["status"], string>> = {
  active: "positive",
  payment_pending: "warning",
  frozen: "danger",
};

/** The colour repeats what the word says. */
function renderStatus({ status, expiringSoon, purchase }: WidgetGrant, { texts }: GrantsView) {
  const isOverdue = status === "payment_pending" && purchase?.invoice?.isOverdue === true;
  const tone = isOverdue ? "danger" : expiringSoon ? "warning" : (TONES[status] ?? "");
  const word = isOverdue ? texts.overdue : expiringSoon ? texts.expiringSoon : texts.statuses[status];
  return html`<span class="pill ${tone}" part="status">${word}</span>`;
}

/** What is near is told by its distance; the moment itself is in the title. */
function renderDay(iso: string, view: GrantsView) {
  const atMs = Date.parse(iso);
  const awayMs = atMs - Date.now();
  const isNear = awayMs > 0 && awayMs < NEAR_MS;
  return renderTime(iso, isNear ? view.formats.distance(atMs) : view.day(atMs), view);
}
