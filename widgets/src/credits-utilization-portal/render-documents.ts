import type { BillingDocument, WidgetBilling } from "@credits-kit/client/widget";
import { html, nothing } from "lit";
import { linkAddress } from "../paying/leave-page.ts";
import { writeMoney } from "../paying/money.ts";
import { unitFor } from "../ui/unit.ts";
import type { PortalView } from "./portal-view.ts";
import { type Asked, renderSection } from "./render-section.ts";

const TONES: Partial<Record<BillingDocument["status"], string>> = {
  paid: "positive",
  awaiting_payment: "warning",
  action_required: "warning",
  failed: "danger",
};

/** Everything that was bought, with its papers, page by page. */
export function renderDocuments(
  view: PortalView,
  asked: Asked<WidgetBilling>,
  turn: (cursor: string) => void,
) {
  const { texts } = view;
  return renderSection(view, asked, {
    title: texts.documents,
    lines: 5,
    content: ({ documents: { data, prevCursor, nextCursor } }) => html`
      ${data.length === 0 ? html`<p class="note">${texts.noDocuments}</p>` : nothing}
      <ul class="rows">
        ${data.map((document) => renderDocument(view, document))}
      </ul>
      ${prevCursor || nextCursor ? renderPages(view, { prevCursor, nextCursor, turn }) : nothing}
    `,
  });
}

interface Pages {
  prevCursor: string | null;
  nextCursor: string | null;
  turn(cursor: string): void;
}

/** Buttons that lead nowhere stay: a focused one that disappears leaves the keyboard nowhere. */
function renderPages({ texts }: PortalView, { prevCursor, nextCursor, turn }: Pages) {
  const button = (text: string, cursor: string | null) => html`
    <button part="page-button" aria-disabled=${!cursor} @click=${() => cursor && turn(cursor)}>
      ${text}
    </button>
  `;
  return html`
    <div class="pages">
      <div>${button(texts.previous, prevCursor)}${button(texts.nextPage, nextCursor)}</div>
    </div>
  `;
}

function renderDocument(view: PortalView, document: BillingDocument) {
  const { texts, amount, day, lang, ready } = view;
  const { credits, creditTypeId, createdAt, isAutomatic, status, total, tax, refunded, invoice } = document;
  const pool = ready.pools.balances.find((one) => one.creditTypeId === creditTypeId);
  const isOverdue = status === "awaiting_payment" && invoice?.isOverdue === true;
  const facts = [day(Date.parse(createdAt)), isAutomatic && texts.automatic, invoice?.number].filter(Boolean);
  const money = [
    tax && tax.amountMinor > 0 && texts.tax(writeMoney(tax, lang)),
    refunded.amountMinor > 0 && texts.refunded(writeMoney(refunded, lang)),
  ].filter(Boolean);
  return html`
    <li class="row document" part="row">
      <span>
        <b>${amount(credits)} ${pool ? unitFor(credits, pool.unit) : creditTypeId}</b>
        <span class="caption">${facts.join(" · ")}</span>
      </span>
      <span class="papers">
        <span class="pill ${isOverdue ? "danger" : (TONES[status] ?? "")}" part="status"
          >${isOverdue ? texts.overdue : texts.statuses[status]}</span
        >
        ${renderPapers(view, document)}
      </span>
      <span>
        <b>${writeMoney(total, lang)}</b>
        ${money.map((text) => html`<span class="caption">${text}</span>`)}
      </span>
    </li>
  `;
}

function renderPapers({ texts }: PortalView, { payUrl, receiptUrl, invoice }: BillingDocument) {
  const link = (url: string | null | undefined, text: string) => {
    const href = linkAddress(url);
    return href ? html`<a part="link" href=${href} target="_blank" rel="noopener">${text}</a>` : nothing;
  };
  return html`
    ${link(payUrl, texts.pay)}${link(receiptUrl, texts.receipt)}
    ${payUrl ? nothing : link(invoice?.url, texts.invoice)}${link(invoice?.pdfUrl, "PDF")}
  `;
}
