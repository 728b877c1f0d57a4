import type { WidgetBalance } from "@credits-kit/client/widget";
import { html, nothing } from "lit";
import { hintOf } from "../session/failure.ts";
import { clockIcon, coinIcon, lockIcon, warningIcon } from "../ui/icons.ts";
import type { BalanceView } from "./balance-view.ts";
import type { CreditsBalanceState, Stale } from "./credits-balance.types.ts";
import { renderPool } from "./render-pool.ts";

const ICONS = { error: warningIcon, forbidden: lockIcon, empty: coinIcon };

/** What the element draws in each of its states. The compact variant is the same, with less of it. */
export function renderBalance(state: CreditsBalanceState, view: BalanceView) {
  switch (state.type) {
    case "loading":
      return renderSkeleton(view);
    case "loaded":
      return html`
        <div class="pools ${state.pools.length > 1 ? "many" : ""}" part="pools">
          ${state.pools.map((pool, index) => (view.renderRow ?? renderPool)({ pool, index, action: renderActions(view, pool) }, view))}
        </div>
        ${renderStale(state.stale, view)}
      `;
    default:
      return renderMessage(state, view);
  }
}

/** The lines of a pool with nothing in them, so that the card keeps its size when the balance comes. */
function renderSkeleton({ texts, topUp }: BalanceView) {
  return html`
    <div class="pool" part="skeleton">
      <div class="head"><span class="symbol bone"></span><span class="name bone"></span></div>
      <div class="amount">
        <p class="figure"><span class="bone"></span></p>
        <p class="caption"><span class="bone"></span></p>
      </div>
      <div class="usage"><span class="bar"></span><span class="caption">&nbsp;</span></div>
      ${topUp ? html`<button class="bone" disabled aria-hidden="true"></button>` : nothing}
      <p class="visually-hidden">${texts.loading}</p>
    </div>
  `;
}

type MessageState = Exclude<CreditsBalanceState, { type: "loading" | "loaded" }>;

/** What happened, and what the person can do about it. */
function renderMessage(state: MessageState, view: BalanceView) {
  const { texts } = view;
  const { type } = state;
  const failed = "code" in state ? state : undefined;
  return html`
    <div class="message" part="message">
      <span class="symbol">${ICONS[type]}</span>
      <p>${texts[type]}</p>
      <p class="note">${type === "error" ? texts[hintOf(state.code)] : texts[`${type}Hint`]}</p>
      ${failed ? renderRetry(failed, view) : renderTopUp(view)}
      ${failed?.requestId && html`<p class="caption">${texts.reference(failed.requestId)}</p>`}
    </div>
    ${"stale" in state ? renderStale(state.stale, view) : nothing}
  `;
}

function renderStale(stale: Stale | undefined, view: BalanceView) {
  return stale && renderLine(view.texts.updated(view.formats.distance(stale.sinceMs)), stale, view);
}

/** What is amiss below the balances, in a line. */
export function renderLine(text: string, retry: Retry, view: Pick<BalanceView, "texts" | "onRetry">) {
  return html`
    <div class="stale" part="stale" title=${text}>
      ${clockIcon}<span>${text}</span>${renderRetry(retry, view)}
    </div>
  `;
}

interface Retry {
  retryable: boolean;
  retrying: boolean;
}

/** Stays in place while trying: a focused button that disappears would leave the keyboard nowhere. */
function renderRetry(
  { retryable, retrying }: Retry,
  { texts, onRetry }: Pick<BalanceView, "texts" | "onRetry">,
) {
  if (!retryable) return nothing;
  return html`
    <button part="retry-button" aria-disabled=${retrying} @click=${() => retrying || onRetry()}>
      ${retrying ? texts.retrying : texts.retry}
    </button>
  `;
}

/** The button, and beside it the way to the auto top-up. */
function renderActions(view: BalanceView, pool: WidgetBalance) {
  const entry = view.entry(pool);
  const button = renderTopUp(view, pool);
  return entry ? html`<div class="main">${button}${entry}</div>` : button;
}

function renderTopUp({ texts, topUp, onTopUp }: BalanceView, pool?: WidgetBalance) {
  if (!topUp) return nothing;
  return html`
    <button class="primary" part="top-up-button" @click=${() => onTopUp(pool)}>${texts.topUp}</button>
  `;
}
