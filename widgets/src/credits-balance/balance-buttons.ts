import type { WidgetBalance } from "@credits-kit/client/widget";
import { html, nothing } from "lit";
import type { BalanceContext } from "./balance-context.ts";

interface Retry {
  retryable: boolean;
  retrying: boolean;
}

/** Stays in place while trying: a focused button that disappears would leave the keyboard nowhere. */
export function renderRetry({ retryable, retrying }: Retry, look: string, { localize, onRetry }: BalanceContext) {
  if (!retryable) return nothing;
  return html`<button
    class=${look}
    part="retry-button"
    type="button"
    aria-disabled=${retrying ? "true" : "false"}
    @click=${() => !retrying && onRetry()}
  >
    ${localize.term(retrying ? "retrying" : "retry")}
  </button>`;
}

/** The purchase flow is the host page's: without its word there is no button. */
export function renderTopUp({ localize, topUp, onTopUp }: BalanceContext, pool?: WidgetBalance) {
  if (!topUp) return nothing;
  return html`<button class="primary" part="top-up-button" type="button" @click=${() => onTopUp(pool)}>
    ${localize.term("topUp")}
  </button>`;
}
