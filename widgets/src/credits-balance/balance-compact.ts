import type { WidgetBalance } from "@credits-kit/client/widget";
import { html, nothing, type TemplateResult } from "lit";
import { clockIcon, coinIcon, faultIcon, lockIcon, warningIcon } from "../ui/icons.ts";
import { renderRetry, renderTopUp } from "./balance-buttons.ts";
import { type BalanceContext, unitFor, warningOf } from "./balance-context.ts";
import { levelOf } from "./balance-state.ts";
import type { CreditsBalanceState, Stale } from "./credits-balance.types.ts";
import { renderFigure, renderSymbol } from "./pool-card.ts";

/** The element in one line, for a top bar. */
export function renderCompact(state: CreditsBalanceState, context: BalanceContext) {
  const { localize } = context;
  switch (state.type) {
    case "loading":
      return html`
        <div class="pool">
          <span class="symbol bone"></span><span class="bone mid"></span>
          <span class="visually-hidden">${localize.term("loading")}</span>
        </div>
      `;
    case "error":
      return [renderHint(faultIcon, localize.term("failed")), renderRetry(state, "link", context)];
    case "forbidden":
      return renderHint(lockIcon, localize.term("forbidden"));
    case "empty":
      return [renderHint(coinIcon, localize.term("empty")), renderTopUp(context), renderStale(state.stale, context)];
    case "loaded":
      return [state.pools.map((pool) => renderPool(pool, context)), renderStale(state.stale, context)];
  }
}

function renderPool(pool: WidgetBalance, context: BalanceContext) {
  const warning = warningOf(pool, context);
  return html`
    <div class="pool ${levelOf(pool)}" part="pool" role="group" aria-label=${pool.name}>
      ${renderSymbol(pool)} ${renderFigure(pool, context)}
      ${context.hideUnit ? nothing : html`<span class="caption" part="caption">${unitFor(pool.available, pool)}</span>`}
      ${warning === undefined
        ? nothing
        : html`<span class="warning" part="warning" title=${warning}>
            ${warningIcon}<span class="visually-hidden">${warning}</span>
          </span>`}
      ${renderTopUp(context, pool)}
    </div>
  `;
}

function renderHint(icon: TemplateResult, text: string) {
  return html`<p class="pool hint" part="message">${icon}<span>${text}</span></p>`;
}

function renderStale(stale: Stale | undefined, context: BalanceContext) {
  if (!stale) return nothing;
  const text = context.localize.term("updated", context.formats.distance(stale.sinceMs));
  return html`
    <span class="stale" part="stale" title=${text}>
      ${clockIcon}<span class="visually-hidden">${text}</span>${renderRetry(stale, "link", context)}
    </span>
  `;
}
