import { html } from "lit";
import { writeMoney } from "../paying/money.ts";
import type { AutoTopUpView } from "./auto-top-up-view.ts";

/** Where the owner of a limit is told, in percent. */
const MARKS = [80, 90, 100];

/** What was spent this month, against the limit. */
export function renderSpending({ settings, texts, formats, lang }: AutoTopUpView) {
  if (!settings?.rule) return undefined;
  const { spentThisMonth, inFlight, spentPercent, rule } = settings;
  // What is being paid counts, as it does on the server.
  const isSame = inFlight?.total.currency === spentThisMonth.currency;
  const amountMinor = spentThisMonth.amountMinor + (isSame ? inFlight.total.amountMinor : 0);
  const spent = writeMoney({ ...spentThisMonth, amountMinor }, lang);
  if (!rule.monthlyLimit || spentPercent === null)
    return html`
      <div class="spending" part="spending">
        <p class="row"><span>${texts.spent}</span> <b>${spent}</b></p>
        <p class="caption warn-text">${texts.spentNoLimit}</p>
      </div>
    `;
  const level = spentPercent >= 100 ? "full" : spentPercent >= 80 ? "near" : "";
  const text = texts.spentOf(spent, writeMoney(rule.monthlyLimit, lang));
  return html`
    <div class="spending ${level}" part="spending">
      <p class="row"><span>${texts.spent}</span> <b>${text}</b></p>
      <div
        class="track"
        role="meter"
        aria-label=${texts.spent}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${Math.min(100, spentPercent)}
        aria-valuetext="${text}, ${formats.percent(spentPercent)}"
      >
        <svg class="meter" part="meter" aria-hidden="true">
          <rect width="${Math.min(100, spentPercent)}%" height="100%"></rect>
          <line x1="80%" x2="80%" y1="0" y2="100%"></line>
          <line x1="90%" x2="90%" y1="0" y2="100%"></line>
        </svg>
        <p class="marks" part="marks" aria-hidden="true">
          ${MARKS.map((mark) => html`<span>${formats.percent(mark)}</span>`)}
        </p>
      </div>
    </div>
  `;
}
