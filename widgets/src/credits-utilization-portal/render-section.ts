import { html, nothing } from "lit";
import { renderFailed, renderStale } from "../feed/render-state.ts";
import type { FeedState } from "../feed/feed-state.ts";
import type { PortalView } from "./portal-view.ts";
import { renderBones } from "./render-skeleton.ts";

export interface Section<Data> {
  title: string;
  /** So many lines stand in for it while it loads. */
  lines: number;
  /** What stands beside the title. */
  beside?: unknown;
  content(data: Data): unknown;
}

/** What is asked, and how to ask again. */
export interface Asked<Data> {
  readonly state: FeedState<Data>;
  retry(): void;
}

/** A card of the portal, in each of the states of its own answer: one that fails leaves the others as they are. */
export function renderSection<Data>(
  view: PortalView,
  asked: Asked<Data>,
  { title, lines, beside, content }: Section<Data>,
) {
  const { common, texts, formats } = view;
  const { state } = asked;
  const retry = () => asked.retry();
  if (state.type === "loading") return renderBones(lines);
  const words = { ...common, error: texts.partError, forbidden: texts.partForbidden };
  const isLoaded = state.type === "loaded";
  return html`
    <section class="section" part="section" aria-busy=${isLoaded && state.refreshing === true}>
      <div class="head">
        <h2 class="title" part="title">${title}</h2>
        ${isLoaded ? beside : nothing}
      </div>
      ${
        isLoaded
          ? html`<div class=${state.refreshing ? "content waiting" : "content"}>${content(state.data)}</div>`
          : renderFailed(state, { common, texts: words, retry })
      }
      ${isLoaded ? renderStale(state.stale, { common, formats, retry }) : nothing}
    </section>
  `;
}

/** The way to another tab, where that is not switched off. */
export function renderWay(view: PortalView, tab: PortalView["shown"][number], text: string) {
  if (!view.shown.includes(tab)) return nothing;
  return html`<button class="link" part="action" @click=${() => view.open(tab)}>${text}</button>`;
}
