import { html } from "lit";
import type { PortalView } from "./portal-view.ts";

/** That a file did not come, and the way to ask for it again. */
export function renderMissing({ common }: Pick<PortalView, "common">, retry: () => void) {
  return html`
    <div class="section">
      <div class="message" part="message">
        <p class="note">${common.offlineHint}</p>
        <button part="retry-button" @click=${retry}>${common.retry}</button>
      </div>
    </div>
  `;
}
