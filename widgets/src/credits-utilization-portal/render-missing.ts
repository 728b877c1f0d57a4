import { html } from "lit";
import { renderFailed } from "../feed/render-state.ts";
import type { PortalView } from "./portal-view.ts";

/** That a file did not come, and the way to ask for it again. */
export function renderMissing({ common, texts }: PortalView, retry: () => void) {
  const failed = { type: "error", code: "network_failed", retryable: true, retrying: false } as const;
  const words = { ...common, error: texts.partError };
  return html`<div class="section">${renderFailed(failed, { common, texts: words, retry })}</div>`;
}
