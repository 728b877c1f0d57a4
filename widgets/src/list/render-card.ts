import { html, nothing } from "lit";
import type { FeedState } from "../feed/feed-state.ts";
import { renderEmpty, renderFailed, renderStale } from "../feed/render-state.ts";
import type { ListPage, ListView } from "./list-view.ts";
import { renderPages } from "./render-controls.ts";
import { renderSkeleton } from "./render-skeleton.ts";

export interface CardParts<Data> {
  renderControls(): unknown;
  renderForm(): unknown;
  renderTable(data: Data): unknown;
  /** For those who do not see it: what became of a choice. */
  spoken: string | undefined;
  /** What went wrong beside the rows. */
  notice: string;
}

/** What a list draws in each of its states. Controls stay where they are: they are the way back, too. */
export function renderCard<Data extends ListPage>(
  state: FeedState<Data>,
  view: ListView,
  { renderControls, renderForm, renderTable, spoken, notice }: CardParts<Data>,
) {
  const { texts, choice, page, isFiltered } = view;
  if (state.type === "forbidden") return renderFailed(state, view);
  if (state.type === "loading") return renderSkeleton(choice.pageSize, texts.loading);
  const rows = state.type === "loaded" ? state.data.data.length : 0;
  const isBare = state.type === "loaded" && rows === 0 && !isFiltered && page === 1;
  const words = isFiltered ? { ...texts, empty: texts.noneMatch, emptyHint: texts.noneMatchHint } : texts;
  const renderRows = (data: Data, refreshing = false) => {
    const hasPages = data.nextCursor ?? data.prevCursor ?? (page > 1 || rows > 10);
    return html`
      <div class=${refreshing ? "waiting" : ""}>
        ${rows > 0 ? renderTable(data) : renderEmpty({ ...view, texts: words })}
      </div>
      ${hasPages ? renderPages(data, view) : nothing}
    `;
  };
  return html`
    <div class="head">
      <h2 class="title" part="title">${texts.title}</h2>
      ${isBare ? nothing : renderControls()}
    </div>
    ${renderForm()}${notice && html`<p class="notice" part="notice" role="alert">${notice}</p>`}
    ${state.type === "loaded" ? renderRows(state.data, state.refreshing) : renderFailed(state, view)}
    ${state.type === "loaded" ? renderStale(state.stale, view) : nothing}
    <div class="visually-hidden" role="status">${spoken}</div>
  `;
}
