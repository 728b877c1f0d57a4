import type { WidgetGrant } from "@credits-kit/client/widget";
import { html, nothing } from "lit";
import { linkAddress } from "../paying/leave-page.ts";
import { percentOf } from "../ui/decimal.ts";
import { lockIcon } from "../ui/icons.ts";
import { unitFor } from "../ui/unit.ts";
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
        <div class="lines">${renderSource(grant, view)}</div>
      </td>
      <td role="cell" data-label=${columns.effectiveAt}>${renderTime(grant.effectiveAt, view)}</td>
      <td role="cell" data-label=${columns.expiresAt}>
        ${grant.expiresAt ? renderTime(grant.expiresAt, view) : html`<span class="nothing">${view.texts.never}</span>`}
      </td>
      <td role="cell" class="number" data-label=${columns.priority}>
        ${view.amount(String(grant.priority))}
      </td>
    </tr>
  `;
}

function renderCredits(grant: WidgetGrant, view: GrantsView) {
  const { amount, creditTypeId, resourceId, reason, category, source } = grant;
  const { texts, creditTypes, hideUnit, selectable } = view;
  const unit = creditTypes.find(({ id }) => id === creditTypeId)?.unit;
  const figure = html`<b>${view.amount(amount)}</b
    >${unit && !hideUnit ? html` ${unitFor(amount, unit)}` : nothing}`;
  // Kinds are any text: what is no name of ours must not find what every object has.
  const kind = Object.hasOwn(texts.sources, source.kind)
    ? texts.sources[source.kind]
    : texts.categories[category];
  return html`
    <span class="credits">
      ${selectable ? html`<button part="select-button" @click=${() => view.select(grant)}>${figure}</button>` : figure}
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

function renderSource({ actor, purchase }: WidgetGrant, { texts }: GrantsView) {
  const { payUrl, receiptUrl, invoice } = purchase ?? {};
  const link = (url: string | null | undefined, text: string) => {
    const href = linkAddress(url);
    return href ? html`<a part="link" href=${href} target="_blank" rel="noopener">${text}</a>` : nothing;
  };
  const paper = receiptUrl ? link(receiptUrl, texts.receipt) : link(invoice?.url, texts.invoice);
  return html`
    ${payUrl ? link(payUrl, texts.pay) : paper}
    <span class="caption">${actor.userId ? texts.by(actor.userId) : texts.actors[actor.kind]}</span>
  `;
}

/** What is near is told by its distance; the moment itself is in the title. */
function renderTime(iso: string, { formats, day }: GrantsView) {
  const atMs = Date.parse(iso);
  const awayMs = atMs - Date.now();
  const isNear = awayMs > 0 && awayMs < NEAR_MS;
  return html`
    <time datetime=${iso} title=${formats.date(atMs)}>${isNear ? formats.distance(atMs) : day(atMs)}</time>
  `;
}
