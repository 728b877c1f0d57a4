import type { WidgetBalance } from "@credits-kit/client/widget";
import { html, nothing } from "lit";
import { percentOf } from "../ui/decimal.ts";
import { coinIcon, warningIcon } from "../ui/icons.ts";
import { levelOf } from "./balance-state.ts";
import { type BalanceView, isSome, unitFor, warningOf } from "./balance-view.ts";
import { renderSparkline } from "./sparkline.ts";

const EXPIRES_SOON_MS = 30 * 86_400_000;

export interface PoolPlace {
  pool: WidgetBalance;
  index: number;
  /** What can be done about it. */
  action: unknown;
}

/** One pool. */
export function renderPool({ pool, index, action }: PoolPlace, view: BalanceView) {
  const name = `name-${index}`;
  const warning = warningOf(pool, view);
  return html`
    <div class="pool ${levelOf(pool)}" part="pool" role="group" aria-labelledby=${name}>
      <div class="head">
        <span class="symbol" part="symbol" aria-hidden="true">${pool.symbol ?? coinIcon}</span>
        <span class="name" part="name" id=${name}>${pool.name}</span>
        ${pool.resourceId && html`<span class="resource caption" part="resource">${pool.resourceId}</span>`}
      </div>
      <div class="main">
        <div class="amount">
          ${renderFigure(pool, view)}
          <p class="caption" part="caption">
            ${captionOf(pool, view).map((text) => html`<span>${text}</span>`)}
          </p>
        </div>
        ${renderHistory(pool, view)}
      </div>
      ${renderUsage(pool, view)} ${renderExpiry(pool, view)}
      ${warning && html`<p class="warning" part="warning" title=${warning}>${warningIcon}<span>${warning}</span></p>`}
      ${action}
    </div>
  `;
}

function renderFigure({ available }: WidgetBalance, { formats, fractionDigits }: BalanceView) {
  // What a person can spend now: what is held is not for spending.
  const text = formats.amount(available, fractionDigits);
  // Long numbers get smaller steps of type instead of being cut or breaking out.
  const size = text.length > 16 ? "longest" : text.length > 10 ? "long" : "";
  return html`<p class="figure ${size}" part="balance"><span>${text}</span></p>`;
}

/** The unit, and what is there but not for spending. */
function captionOf(pool: WidgetBalance, { texts, formats, hideUnit, compact }: BalanceView): string[] {
  const unit = hideUnit ? "" : unitFor(pool.available, pool);
  if (compact) return [unit];
  const others = (["held", "pending", "scheduled"] as const).filter((name) => isSome(pool[name]));
  return [texts.available(unit).trim(), ...others.map((name) => texts[name](formats.amount(pool[name])))];
}

function renderHistory({ history }: WidgetBalance, { texts, formats }: BalanceView) {
  const [first] = history;
  const last = history.at(-1);
  if (!first || !last || first === last) return nothing;
  return html`
    <div class="history" part="history">
      ${renderSparkline(history, texts.history(formats.amount(first.balance), formats.amount(last.balance)))}
      <p class="caption" aria-hidden="true">${formats.duration(Date.parse(first.at))}</p>
    </div>
  `;
}

function renderUsage({ used, granted }: WidgetBalance, { texts, formats }: BalanceView) {
  if (!isSome(granted)) return nothing;
  const percent = percentOf(used, granted);
  return html`
    <div class="usage" part="usage">
      <svg class="bar" part="bar" aria-hidden="true"><rect width="${percent}%" height="100%"></rect></svg>
      <span class="caption">${texts.used(formats.percent(percent))}</span>
    </div>
  `;
}

function renderExpiry({ nextExpiry }: WidgetBalance, { texts, formats }: BalanceView) {
  if (!nextExpiry) return nothing;
  const { amount, at } = nextExpiry;
  const atMs = Date.parse(at);
  if (Math.abs(atMs - Date.now()) > EXPIRES_SOON_MS) return nothing;
  const text = texts.expires(formats.amount(amount), formats.distance(atMs), formats.plural(amount));
  return html`<p class="note" part="expiry" title=${formats.date(atMs)}>${text}</p>`;
}
