import { html, nothing } from "lit";
import { hintOf } from "../session/failure.ts";
import { coinIcon, warningIcon } from "../ui/icons.ts";
import type { Translation } from "../ui/translation.ts";
import { crossIcon } from "./icons.ts";

/** The way out of a dialog. */
export function renderClose(label: string, close: () => void) {
  return html`
    <button class="quiet" part="close-button" aria-label=${label} @click=${close}>${crossIcon}</button>
  `;
}

/** That there is nothing to do here, and why. */
export function renderMessage({ title, hint }: { title: string; hint: string }) {
  return html`
    <div class="outcome" part="message">
      <span class="badge">${coinIcon}</span>
      <p class="headline">${title}</p>
      <p class="note">${hint}</p>
    </div>
  `;
}

interface Failure {
  code: string;
  requestId?: string | undefined;
  retryable: boolean;
  retrying: boolean;
}

/** What could not be loaded, and the way to try again. */
export function renderFailure(
  { code, requestId, retryable, retrying }: Failure,
  { title, common, retry }: { title: string; common: Translation; retry: () => void },
) {
  return html`
    <div class="outcome" part="message">
      <span class="badge">${warningIcon}</span>
      <p class="headline">${title}</p>
      <p class="note">${common[hintOf(code)]}</p>
      ${
        retryable
          ? html`
              <div class="actions">
                <button part="retry-button" aria-disabled=${retrying} @click=${() => retrying || retry()}>
                  ${retrying ? common.retrying : common.retry}
                </button>
              </div>
            `
          : nothing
      }
      ${requestId && html`<p class="caption">${common.reference(requestId)}</p>`}
    </div>
  `;
}
