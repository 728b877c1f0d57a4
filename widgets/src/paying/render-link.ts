import { html, nothing } from "lit";
import { webAddress } from "./leave-page.ts";

export interface Link {
  text: string;
  primary?: boolean;
  opened?: () => void;
}

/** A page of Stripe's in another tab, which gets no hold of this one. */
export function renderLink(url: string | null, { text, primary = false, opened }: Link) {
  if (!url) return nothing;
  return html`
    <a
      class="button ${primary ? "primary" : ""}"
      part=${primary ? "action-button" : nothing}
      href=${webAddress(url)}
      target="_blank"
      rel="noopener"
      @click=${opened}
      >${text}</a
    >
  `;
}
