import { html, nothing, type TemplateResult } from "lit";
import { clockIcon, coinIcon, faultIcon, lockIcon } from "../ui/icons.ts";
import { renderRetry, renderTopUp } from "./balance-buttons.ts";
import type { BalanceContext } from "./balance-context.ts";
import type { CreditsBalanceState, Stale } from "./credits-balance.types.ts";
import { renderPool } from "./pool-card.ts";

type ErrorState = Extract<CreditsBalanceState, { type: "error" }>;

interface Message {
  icon: TemplateResult;
  title: string;
  hint: string;
  more?: unknown;
}

/** The element as a card. */
export function renderCard(state: CreditsBalanceState, context: BalanceContext) {
  const { localize } = context;
  switch (state.type) {
    case "loading":
      return renderSkeleton(localize.term("loading"));
    case "error":
      return renderError(state, context);
    case "forbidden": {
      const [title, hint] = [localize.term("forbidden"), localize.term("forbiddenHint")];
      return renderMessage({ icon: lockIcon, title, hint });
    }
    case "empty": {
      const [title, hint] = [localize.term("empty"), localize.term("emptyHint")];
      const message = renderMessage({ icon: coinIcon, title, hint, more: renderTopUp(context) });
      return [message, renderStale(state.stale, context)];
    }
    case "loaded":
      return html`
        <div class="pools ${state.pools.length > 1 ? "many" : ""}" part="pools">
          ${state.pools.map((pool, index) => renderPool(pool, index, context))}
        </div>
        ${renderStale(state.stale, context)}
      `;
  }
}

/** The lines of a pool with nothing in them, so that the card keeps its size when the balance comes. */
function renderSkeleton(label: string) {
  return html`
    <div class="pool" part="skeleton">
      <span class="visually-hidden">${label}</span>
      <div class="head"><span class="symbol bone"></span><span class="name"><span class="bone mid"></span></span></div>
      <div class="main">
        <div class="amount">
          <p class="figure"><span class="bone short"></span></p>
          <p class="caption"><span class="bone mid"></span></p>
        </div>
      </div>
      <div class="usage"><svg class="bar" aria-hidden="true"></svg><span class="caption"><span class="bone short"></span></span></div>
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
    hint: hintOf(state, context),
    more: [renderRetry(state, "", context), reference],
  });
}

/** What the person can do about it. */
function hintOf({ code }: ErrorState, { localize }: BalanceContext): string {
  if (code === "network_failed" || code === "timed_out") return localize.term("offlineHint");
  if (code === "rate_limited" || code === "overloaded") return localize.term("busyHint");
  if (code.startsWith("session") || code === "unauthenticated") return localize.term("sessionHint");
  return localize.term("failedHint");
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
  const { formats, localize } = context;
  return html`
    <p class="stale" part="stale">
      ${clockIcon}<span>${localize.term("updated", formats.distance(stale.sinceMs))}</span>
      ${renderRetry(stale, "link", context)}
    </p>
  `;
}
