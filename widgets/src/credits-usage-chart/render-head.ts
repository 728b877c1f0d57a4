import { html, nothing } from "lit";
import { unitFor } from "../ui/unit.ts";
import type { ChartView, Drawn } from "./chart-view.ts";
import { percentChange } from "./change.ts";

const bone = html`<i class="bone"></i>`;

/** The title, the sum of what is shown, and how it compares. */
export function renderHead(view: ChartView) {
  const { texts, drawn } = view;
  const unit = drawn?.usage.creditType?.unit;
  const total = drawn?.model.total ?? "0";
  return html`
    <div class="heading">
      <h2 class="title" part="title">
        ${texts.title}${drawn?.model.picked && html`<span class="picked">${drawn.model.picked.label}</span>`}
      </h2>
      <p class="sum">
        ${
          drawn
            ? html`<span class="figure" part="total">${view.amount(total)}</span>
                ${unit && !view.hideUnit ? html`<span class="unit">${unitFor(total, unit)}</span>` : nothing}`
            : html`<span class="figure">${view.isLoading ? bone : "–"}</span>`
        }
      </p>
      <p class="caption change" part="change">
        ${drawn ? renderChange(drawn, view) : view.isLoading ? bone : nothing}
      </p>
    </div>
  `;
}

/** An arrow and a share for the eye, a sentence for the ear. */
function renderChange({ model, length, span }: Drawn, { texts, formats }: ChartView) {
  const { total, previousTotal } = model;
  if (previousTotal === undefined) return span;
  const change = percentChange(total, previousTotal);
  if (change === undefined) return span;
  const share = formats.percent(Math.abs(change));
  const words = change === 0 ? texts.same(length) : texts[change > 0 ? "more" : "less"](share, length);
  return html`
    <span aria-hidden="true"
      ><b class="arrow">${change === 0 ? "=" : change > 0 ? "↑" : "↓"} ${share}</b>
      ${texts.versus(length)}</span
    ><span class="visually-hidden">${words}</span>
  `;
}
