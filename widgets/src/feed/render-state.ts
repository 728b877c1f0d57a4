import { html, nothing } from "lit";
import { hintOf } from "../session/failure.ts";
import type { Stale } from "../session/hub.ts";
import type { Formats } from "../ui/formats.ts";
import { clockIcon, coinIcon, lockIcon, warningIcon } from "../ui/icons.ts";
import type { Translation } from "../ui/translation.ts";
import type { Failed } from "./feed-state.ts";

/** What an element says where it has no data to draw. */
export interface StateTexts {
  empty: string;
  emptyHint: string;
  forbidden: string;
  error: string;
}

export interface StateView {
  /** The words of all elements. */
  common: Translation;
  texts: StateTexts;
  retry(): void;
}

/** What went wrong, and what the person can do about it. */
export function renderFailed(failed: Failed, { common, texts, retry }: StateView) {
  const { type, code, requestId } = failed;
  return html`
    <div class="message" part="message">
      <span class="symbol">${type === "forbidden" ? lockIcon : warningIcon}</span>
      <p class="headline">${texts[type]}</p>
      <p class="note">${type === "error" ? common[hintOf(code)] : common.forbiddenHint}</p>
      ${renderRetry(failed, { common, retry })}
      ${requestId && html`<p class="caption">${common.reference(requestId)}</p>`}
    </div>
  `;
}

/** That there is nothing yet, and what will be here. */
export function renderEmpty({ texts: { empty, emptyHint } }: StateView) {
  return html`
    <div class="message" part="message">
      <span class="symbol">${coinIcon}</span>
      <p class="headline">${empty}</p>
      <p class="note">${emptyHint}</p>
    </div>
  `;
}

/** How old what is shown is, where it may be old. */
export function renderStale(
  stale: Stale | undefined,
  { common, formats, retry }: { common: Translation; formats: Formats; retry(): void },
) {
  if (!stale) return nothing;
  return html`
    <div class="stale" part="stale">
      ${clockIcon}<span>${common.updated(formats.distance(stale.sinceMs))}</span>
      ${renderRetry(stale, { common, retry })}
    </div>
  `;
}

/** Stays in place while trying: a focused button that disappears would leave the keyboard nowhere. */
function renderRetry(
  { retryable, retrying }: Pick<Failed, "retryable" | "retrying">,
  { common, retry }: { common: Translation; retry(): void },
) {
  if (!retryable) return nothing;
  return html`
    <button part="retry-button" aria-disabled=${retrying} @click=${() => retrying || retry()}>
      ${retrying ? common.retrying : common.retry}
    </button>
  `;
}
