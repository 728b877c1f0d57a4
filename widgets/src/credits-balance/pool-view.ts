import type { WidgetBalance } from "@credits-kit/client/widget";
import { html, nothing } from "lit";
import { micros, percentOf } from "../ui/decimal.ts";
import { coinIcon, warningIcon } from "../ui/icons.ts";
import { type BalanceContext, figureOf, unitFor, warningOf } from "./balance-context.ts";
import { levelOf, poolKey } from "./balance-state.ts";
import { renderSparkline } from "./sparkline.ts";

const EXPIRES_SOON_MS = 30 * 86_400_000;

export interface PoolView {
  pool: WidgetBalance;
  index: number;
  /** What can be done about it. */
  action: unknown;
}

/** One pool. */
export function renderPool({ pool, index, action }: PoolView, context: BalanceContext) {
  const name = `name-${index}`;
  const { compact } = context;
  const { resourceId, symbol } = pool;
  return html`
    <div class="pool ${levelOf(pool)}" part="pool" role="group" aria-labelledby=${name}>
      <div class="head">
        <span class="symbol" part="symbol" aria-hidden="true">${symbol ?? coinIcon}</span>
        <span class="name" part="name" id=${name}>${pool.name}</span>
        ${resourceId && html`<span class="resource" part="resource">${resourceId}</span>`}
      </div>
      <div class="main">
        ${renderFigure(pool, context)}
        <p class="caption" part="caption">${captionOf(pool, context).map((text) => html`<span>${text}</span> `)}</p>
      </div>
      ${compact ? nothing : [renderHistory(pool, context), renderUsage(pool, context), renderExpiry(pool, context)]}
      ${renderWarning(warningOf(pool, context))} ${action}
    </div>
  `;
}

function renderFigure(pool: WidgetBalance, context: BalanceContext) {
  const text = figureOf(pool, context);
  // Long numbers get smaller steps of type instead of being cut or breaking out.
  const size = text.length > 16 ? "longest" : text.length > 10 ? "long" : "";
  return html`<p class="figure ${size}" part="balance" data-key=${poolKey(pool)}><span>${text}</span></p>`;
}

/** The unit, and what is there but not for spending. */
function captionOf(pool: WidgetBalance, { formats, localize, hideUnit, compact }: BalanceContext): string[] {
  const unit = hideUnit ? "" : unitFor(pool.available, pool);
  if (compact) return [unit];
  const others = (["held", "pending", "scheduled"] as const).filter((name) => micros(pool[name]) > 0n);
  return [localize.term("available", unit).trim(), ...others.map((name) => localize.term(name, formats.exact(pool[name])))];
}

function renderHistory({ history }: WidgetBalance, { formats, localize }: BalanceContext) {
  const [first] = history;
  const last = history.at(-1);
  if (!first || !last || first === last) return nothing;
  const changes = String(history.length - 1);
  const [count, from, to] = [formats.exact(changes), formats.exact(first.balance), formats.exact(last.balance)];
  return html`
    <div class="history" part="history">
      ${renderSparkline(history, localize.term("history", count, from, to, formats.plural(changes)))}
      <p class="caption">${localize.term("since", formats.moment(Date.parse(first.at)))}</p>
    </div>
  `;
}

function renderUsage({ used, granted }: WidgetBalance, { formats, localize }: BalanceContext) {
  if (micros(granted) === 0n) return nothing;
  const percent = percentOf(used, granted);
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
  if (atMs < Date.now() || atMs > Date.now() + EXPIRES_SOON_MS) return nothing;
  const text = localize.term("expires", formats.exact(amount), formats.distance(atMs), formats.plural(amount));
  return html`<p class="note" part="expiry" title=${formats.fullDate(atMs)}>${text}</p>`;
}

function renderWarning(text: string | undefined) {
  return text && html`<p class="warning" part="warning" title=${text}>${warningIcon}<span>${text}</span></p>`;
}
