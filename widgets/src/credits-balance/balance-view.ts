import type { WidgetBalance } from "@credits-kit/client/widget";
import { html, nothing, type TemplateResult } from "lit";
import { clockIcon, coinIcon, faultIcon, lockIcon } from "../ui/icons.ts";
import type { BalanceContext } from "./balance-context.ts";
import type { CreditsBalanceState, Stale } from "./credits-balance.types.ts";
import { renderPool } from "./pool-view.ts";

type ErrorState = Extract<CreditsBalanceState, { type: "error" }>;

/** What the element draws in each of its states. The compact variant is the same, with less of it. */
export function renderBalance(state: CreditsBalanceState, context: BalanceContext) {
  const { localize } = context;
  switch (state.type) {
    case "loading":
      return renderSkeleton(localize.term("loading"));
    case "error":
      return renderError(state, context);
    case "forbidden":
      return renderMessage({ icon: lockIcon, title: localize.term("forbidden"), hint: localize.term("forbiddenHint") });
    case "empty": {
      const [title, hint] = [localize.term("empty"), localize.term("emptyHint")];
      const message = renderMessage({ icon: coinIcon, title, hint, more: renderTopUp(context) });
      return [message, renderStale(state.stale, context)];
    }
    case "loaded":
      return html`
        <div class="pools ${state.pools.length > 1 ? "many" : ""}" part="pools">
          ${state.pools.map((pool, index) => renderPool({ pool, index, action: renderTopUp(context, pool) }, context))}
        </div>
        ${renderStale(state.stale, context)}
      `;
  }
}

/** The lines of a pool with nothing in them, so that the card keeps its size when the balance comes. */
function renderSkeleton(label: string) {
  return html`
    <div class="pool" part="skeleton">
      <div class="head"><span class="symbol bone"></span><span class="name"><span class="bone"></span></span></div>
      <div class="main">
        <p class="figure"><span class="bone"></span></p>
        <p class="caption"><span class="bone"></span></p>
      </div>
      <div class="usage"><span class="bar bone"></span><span class="caption">&nbsp;</span></div>
      <span class="visually-hidden">${label}</span>
    </div>
  `;
}

function renderError(state: ErrorState, context: BalanceContext) {
  const { localize } = context;
  const { requestId } = state;
  const reference = requestId ? html`<p class="caption">${localize.term("reference", requestId)}</p>` : nothing;
  return renderMessage({
    icon: faultIcon,
    title: localize.term("failed"),
    hint: localize.term(hintOf(state)),
    more: [renderRetry(state, context), reference],
  });
}

/** What the person can do about it. */
function hintOf({ code }: ErrorState) {
  if (code === "network_failed" || code === "timed_out") return "offlineHint";
  if (code === "rate_limited" || code === "overloaded") return "busyHint";
  return code.startsWith("session") || code === "unauthenticated" ? "sessionHint" : "failedHint";
}

interface Message {
  icon: TemplateResult;
  title: string;
  hint: string;
  more?: unknown;
}

function renderMessage({ icon, title, hint, more = nothing }: Message) {
  return html`
    <div class="message" part="message">
      <span class="symbol">${icon}</span>
      <p class="title">${title}</p>
      <p class="note">${hint}</p>
      ${more}
    </div>
  `;
}

function renderStale(stale: Stale | undefined, context: BalanceContext) {
  if (!stale) return nothing;
  const text = context.localize.term("updated", context.formats.distance(stale.sinceMs));
  return html`
    <p class="stale" part="stale" title=${text}>${clockIcon}<span>${text}</span>${renderRetry(stale, context)}</p>
  `;
}

interface Retry {
  retryable: boolean;
  retrying: boolean;
}

/** Stays in place while trying: a focused button that disappears would leave the keyboard nowhere. */
function renderRetry({ retryable, retrying }: Retry, { localize, onRetry }: BalanceContext) {
  if (!retryable) return nothing;
  return html`
    <button part="retry-button" type="button" aria-disabled=${retrying} @click=${() => retrying || onRetry()}>
      ${localize.term(retrying ? "retrying" : "retry")}
    </button>
  `;
}

/** The purchase flow is the host page's: without its word there is no button. */
function renderTopUp({ localize, topUp, onTopUp }: BalanceContext, pool?: WidgetBalance) {
  if (!topUp) return nothing;
  return html`
    <button class="primary" part="top-up-button" type="button" @click=${() => onTopUp(pool)}>
      ${localize.term("topUp")}
    </button>
  `;
}
