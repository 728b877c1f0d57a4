import type { WidgetActor, WidgetPurchase } from "@credits-kit/client/widget";
import { html, nothing } from "lit";
import { linkAddress } from "../paying/leave-page.ts";
import type { ListView } from "./list-view.ts";

/** A moment, in full where a pointer rests on it. */
export function renderTime(iso: string, text: string, { formats }: ListView) {
  return html`<time datetime=${iso} title=${formats.date(Date.parse(iso))}>${text}</time>`;
}

/** Where a purchase is paid, else its receipt or invoice. */
export function renderPaper(purchase: WidgetPurchase | null, { texts }: ListView) {
  const { payUrl, receiptUrl, invoice } = purchase ?? {};
  const [url, text] = payUrl
    ? [payUrl, texts.pay]
    : receiptUrl
      ? [receiptUrl, texts.receipt]
      : [invoice?.url, texts.invoice];
  const href = linkAddress(url);
  return href ? html`<a part="link" href=${href} target="_blank" rel="noopener">${text}</a>` : nothing;
}

/** Who did it, as far as the session may know. */
export function actorName({ kind, userId }: WidgetActor, { texts }: ListView): string {
  return userId ? texts.by(userId) : texts.actors[kind];
}

/** What a kind of source is called. Kinds are any text: one that is no name of ours must not find what every object has. */
export function sourceName(kind: string, { texts }: ListView): string | undefined {
  return Object.hasOwn(texts.sources, kind) ? texts.sources[kind] : undefined;
}
