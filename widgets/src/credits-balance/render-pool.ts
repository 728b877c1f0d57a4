import type { WidgetBalance } from "@credits-kit/client/widget";
import { html, nothing } from "lit";
import { percentOf } from "../ui/decimal.ts";
import { coinIcon, warningIcon } from "../ui/icons.ts";
import { levelOf } from "./balance-state.ts";
import { type BalanceView, isSome, type PoolPlace, unitFor, warningOf } from "./balance-view.ts";

const EXPIRES_SOON_MS = 30 * 86_400_000;

/** One pool. */
export function renderPool({ pool, index, action }: PoolPlace, view: BalanceView) {
  const name = `name-${index}`;
  return html`
    <div class="pool ${levelOf(pool)}" part="pool" role="group" aria-labelledby=${name}>
      <div class="head">${renderName(pool, name)}</div>
      <div class="main">
        <div class="amount">
          ${renderFigure(pool, view)}
          <p class="caption" part="caption">
            ${captionOf(pool, view).map((text) => html`<span>${text}</span>`)}
          </p>
        </div>
        ${renderHistory(pool, view)}
      </div>
      ${renderUsage(pool, view)} ${renderNotes(pool, view)} ${action}
    </div>
  `;
}

/** What the pool is called; `id` is for what is named by it. */
export function renderName({ symbol, name, resourceId }: WidgetBalance, id: string) {
  return html`
    <span class="symbol" part="symbol" aria-hidden="true">${symbol ?? coinIcon}</span>
    <span class="name" part="name" id=${id}>${name}</span>
    ${resourceId && html`<span class="resource caption" part="resource">${resourceId}</span>`}
  `;
}

/** What will become of it: what expires, when credits come again, and what is wrong. */
export function renderNotes(pool: WidgetBalance, view: BalanceView) {
  const notes = [expiryOf(pool, view), refreshOf(pool, view)].filter((note) => note);
  const warning = warningOf(pool, view);
  return html`
    ${notes.length > 0 ? html`<p class="note caption">${notes}</p>` : nothing}
    ${warning && html`<p class="warning" part="warning" title=${warning}>${warningIcon}<span>${warning}</span></p>`}
  `;
}

/** The figure: what a person can spend now. What is held is not for spending. */
export function renderFigure({ available }: WidgetBalance, { formats, fractionDigits }: BalanceView) {
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

/** A short drawing of what the balance was; pressed, it shows what happened. */
function renderHistory(pool: WidgetBalance, view: BalanceView) {
  const { texts, formats, onHistory } = view;
  const { history } = pool;
  const [first] = history;
  const last = history.at(-1);
  if (!first || !last || first === last) return nothing;
  const pressed = ({ currentTarget: anchor }: Event) => {
    // What is open already the platform closes with this very press.
    if (anchor instanceof HTMLElement && !anchor.ariaExpanded) onHistory?.(pool, anchor);
  };
  const label = texts.history(formats.amount(first.balance), formats.amount(last.balance));
  return html`
    <button class="history" part="history" aria-haspopup="dialog" ?disabled=${!onHistory} @click=${pressed}>
      ${view.sparkline?.(history, label) ?? html`<span class="sparkline"></span>`}
      <span class="caption">${formats.duration(Date.parse(first.at))}</span>
    </button>
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

function expiryOf({ nextExpiry }: WidgetBalance, { texts, formats }: BalanceView) {
  if (!nextExpiry) return undefined;
  const { amount, at } = nextExpiry;
  const atMs = Date.parse(at);
  if (Math.abs(atMs - Date.now()) > EXPIRES_SOON_MS) return undefined;
  const text = texts.expires(formats.amount(amount), formats.distance(atMs), formats.plural(amount));
  return html`<span part="expiry" title=${formats.date(atMs)}>${text}</span>`;
}

function refreshOf({ nextRefreshAt }: WidgetBalance, { texts, formats }: BalanceView) {
  const atMs = Date.parse(nextRefreshAt ?? "");
  if (!(atMs > Date.now())) return undefined;
  return html`<span part="refresh" title=${formats.date(atMs)}
    >${texts.refreshes(formats.distance(atMs))}</span
  >`;
}
