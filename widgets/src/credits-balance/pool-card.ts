import type { WidgetBalance } from "@credits-kit/client/widget";
import { html, nothing } from "lit";
import { percentOf } from "../ui/decimal.ts";
import { coinIcon, warningIcon } from "../ui/icons.ts";
import { renderTopUp } from "./balance-buttons.ts";
import { type BalanceContext, figureOf, isSome, unitFor, warningOf } from "./balance-context.ts";
import { levelOf, poolKey } from "./balance-state.ts";
import { renderSparkline } from "./sparkline.ts";

const EXPIRES_SOON_MS = 30 * 86_400_000;

/** One pool in full. */
export function renderPool(pool: WidgetBalance, index: number, context: BalanceContext) {
  const name = `name-${index}`;
  const warning = warningOf(pool, context);
  const level = levelOf(pool);
  return html`
    <div class="pool ${level}" part="pool" role="group" aria-labelledby=${name}>
      <div class="head">
        ${renderSymbol(pool)}
        <span class="name" part="name" id=${name}>${pool.name}</span>
        ${pool.resourceId === null ? nothing : html`<span class="resource" part="resource">${pool.resourceId}</span>`}
      </div>
      <div class="main">
        <div class="amount">
          ${renderFigure(pool, context)}
          <p class="caption" part="caption">${captionOf(pool, context).map((text) => html`<span>${text}</span> `)}</p>
        </div>
        ${renderHistory(pool, context)}
      </div>
      ${renderUsage(pool, context)} ${renderExpiry(pool, context)}
      ${warning === undefined
        ? nothing
        : html`<p class="warning" part="warning">${warningIcon}<span>${warning}</span></p>`}
      ${renderTopUp(context, pool)}
    </div>
  `;
}

export function renderSymbol({ symbol }: WidgetBalance) {
  return html`<span class="symbol" part="symbol" aria-hidden="true">${symbol ?? coinIcon}</span>`;
}

export function renderFigure(pool: WidgetBalance, context: BalanceContext) {
  const text = figureOf(pool, context);
  // Long numbers get smaller steps of type instead of being cut or breaking out.
  const size = text.length > 16 ? "longest" : text.length > 10 ? "long" : "";
  return html`<p class="figure ${size}" part="balance" data-key=${poolKey(pool)}><span>${text}</span></p>`;
}

function captionOf(pool: WidgetBalance, { formats, localize, hideUnit }: BalanceContext): string[] {
  const { available, held, pending, scheduled } = pool;
  const texts = [localize.term("available", hideUnit ? "" : unitFor(available, pool)).trim()];
  if (isSome(held)) texts.push(localize.term("held", formats.exact(held)));
  if (isSome(pending)) texts.push(localize.term("pending", formats.exact(pending)));
  if (isSome(scheduled)) texts.push(localize.term("scheduled", formats.exact(scheduled)));
  return texts;
}

function renderHistory({ history }: WidgetBalance, { formats, localize }: BalanceContext) {
  const [first] = history;
  const last = history.at(-1);
  if (!first || !last || history.length < 2) return nothing;
  const changes = String(history.length - 1);
  const label = localize.term(
    "history",
    formats.exact(changes),
    formats.exact(first.balance),
    formats.exact(last.balance),
    formats.plural(changes),
  );
  return html`
    <div class="history" part="history">
      ${renderSparkline(history, label)}
      <p class="caption">${localize.term("since", formats.moment(Date.parse(first.at)))}</p>
    </div>
  `;
}

function renderUsage({ used, granted }: WidgetBalance, { formats, localize }: BalanceContext) {
  if (!isSome(granted)) return nothing;
  const percent = Math.min(100, percentOf(used, granted));
  return html`
    <div class="usage" part="usage">
      <svg class="bar" part="bar" aria-hidden="true"><rect width="${percent}%" height="100%"></rect></svg>
      <span class="caption">${localize.term("used", formats.percent(percent))}</span>
    </div>
  `;
}

function renderExpiry({ nextExpiry }: WidgetBalance, { formats, localize }: BalanceContext) {
  if (!nextExpiry) return nothing;
  const { amount } = nextExpiry;
  const atMs = Date.parse(nextExpiry.at);
  const isSoon = atMs > Date.now() && atMs - Date.now() < EXPIRES_SOON_MS;
  if (!isSoon) return nothing;
  const text = localize.term("expires", formats.exact(amount), formats.distance(atMs), formats.plural(amount));
  return html`<p class="note" part="expiry" title=${formats.fullDate(atMs)}>${text}</p>`;
}
