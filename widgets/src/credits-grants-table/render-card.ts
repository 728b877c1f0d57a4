import { html, nothing } from "lit";
import { renderEmpty, renderFailed, renderStale } from "../feed/render-state.ts";
import type { CreditsGrantsTableState } from "./credits-grants-table.types.ts";
import type { GrantsView } from "./grants-view.ts";
import { renderControls, renderPages } from "./render-controls.ts";
import { renderSkeleton } from "./render-skeleton.ts";
import { renderTable } from "./render-table.ts";

export interface Said {
  /** For those who do not see it: what became of a choice. */
  spoken: string;
  /** What went wrong beside the grants. */
  notice: string;
}

/** What the element draws in each of its states. Controls stay where they are: they are the way back, too. */
export function renderCard(state: CreditsGrantsTableState, view: GrantsView, { spoken, notice }: Said) {
  const { texts, choice, page } = view;
  if (state.type === "forbidden") return renderFailed(state, view);
  if (state.type === "loading") return renderSkeleton(choice.pageSize, texts.loading);
  const isFiltered = Boolean(choice.status ?? choice.category);
  const isBare = state.type === "loaded" && state.data.data.length === 0 && !isFiltered && page === 1;
  return html`
    <div class="head">
      <h2 class="title" part="title">${texts.title}</h2>
      ${isBare ? nothing : renderControls(view)}
    </div>
    ${notice && html`<p class="notice" part="notice" role="alert">${notice}</p>`}
    ${state.type === "loaded" ? renderPage(state, view) : renderFailed(state, view)}
    ${state.type === "loaded" ? renderStale(state.stale, view) : nothing}
    <div class="visually-hidden" role="status">${spoken}</div>
  `;
}

function renderPage(state: Extract<CreditsGrantsTableState, { type: "loaded" }>, view: GrantsView) {
  const { texts, choice, page } = view;
  const { data: grants, ...cursors } = state.data;
  const isFiltered = Boolean(choice.status ?? choice.category);
  const words = isFiltered ? { ...texts, empty: texts.noneMatch, emptyHint: texts.noneMatchHint } : texts;
  const hasPages = cursors.nextCursor ?? cursors.prevCursor ?? (page > 1 || grants.length > 10);
  return html`
    <div class=${state.refreshing ? "waiting" : ""}>
      ${grants.length > 0 ? renderTable(grants, view) : renderEmpty({ ...view, texts: words })}
    </div>
    ${hasPages ? renderPages(cursors, view) : nothing}
  `;
}
