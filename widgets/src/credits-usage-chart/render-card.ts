import { html, nothing } from "lit";
import { renderEmpty, renderFailed, renderStale } from "../feed/render-state.ts";
import type { ChartView } from "./chart-view.ts";
import type { CreditsUsageChartState } from "./credits-usage-chart.types.ts";
import { renderControls } from "./render-controls.ts";
import { renderHead } from "./render-head.ts";
import { renderLegend } from "./render-legend.ts";
import { skeletonBody } from "./render-skeleton.ts";
import { renderTable } from "./render-table.ts";

/** What the element draws in each of its states. Controls stay where they are: they are the way back, too. */
export function renderCard(state: CreditsUsageChartState, view: ChartView, spoken = "") {
  if (state.type === "forbidden") return renderFailed(state, view);
  return html`
    <div class="head">${renderHead(view)}${renderControls(view)}</div>
    ${state.type === "error" ? renderFailed(state, view) : renderBody(view)}
    ${state.type === "loaded" ? renderStale(state.stale, view) : nothing}
    <div class="visually-hidden" role="status">${spoken}</div>
  `;
}

function renderBody(view: ChartView) {
  const { drawn, choice, texts, noDrawing, refreshing } = view;
  if (!drawn) return html`${skeletonBody}<span class="visually-hidden">${texts.loading}</span>`;
  if (drawn.isEmpty) return html`<div class="body">${renderEmpty(view)}</div>`;
  const waiting = refreshing ? "waiting" : "";
  if (choice.view === "table") return html`<div class="body ${waiting}">${renderTable(drawn, view)}</div>`;
  return html`
    <div class="body split ${waiting}">
      ${noDrawing ? renderNoDrawing(view) : html`<div class="plot" part="plot"></div>`}
      <div class="side">${renderLegend(view, drawn)}</div>
      ${noDrawing ? renderTable(drawn, view) : html`<div class="readers visually-hidden"></div>`}
    </div>
  `;
}

/** The numbers stand in. */
function renderNoDrawing({ texts, common, retry }: ChartView) {
  return html`
    <p class="note">
      ${texts.noDrawing} <button part="retry-button" @click=${retry}>${common.retry}</button>
    </p>
  `;
}
