import { html, nothing } from "lit";
import type { ChartView, Drawn } from "./chart-view.ts";
import type { Part } from "./model.ts";

/** The series, largest first, with what each has: pressing one shows it alone. */
export function renderLegend(view: ChartView, drawn: Drawn) {
  const { texts, choice, choose } = view;
  const { parts, ahead } = drawn.model;
  const compared = choice.compare !== "off";
  return html`
    <ul class="legend" part="legend">
      ${parts.map((part) => html`<li>${renderPart(part, view)}</li>`)}
    </ul>
    <ul class="keys">
      <li>
        <button
          class="key"
          part="compare-button"
          aria-pressed=${compared}
          @click=${() => choose({ compare: compared ? "off" : "previous" })}
        >
          <i class="swatch dashes"></i>${texts.previous(drawn.length)}
        </button>
      </li>
      ${ahead ? html`<li class="key"><i class="swatch hatched"></i>${texts.ahead}</li>` : nothing}
    </ul>
  `;
}

function renderPart(part: Part, { drawn, formats, amount, pick }: ChartView) {
  const { id, label, tone, total, share } = part;
  const picked = drawn?.model.picked?.id;
  const isAlone = drawn?.model.parts.length === 1;
  const content = html`
    <i class="swatch tone-${tone}"></i>
    <span class="name" title=${label}>${label}</span>
    <span class="value">${amount(total)}</span>
    <span class="share">${formats.percent(share)}</span>
    <svg class="share-bar tone-${tone}" aria-hidden="true"><rect width="${share}%" height="100%"></rect></svg>
  `;
  if (isAlone) return html`<span class="row">${content}</span>`;
  return html`
    <button
      class="row ${picked && picked !== id ? "faint" : ""}"
      part="series"
      aria-pressed=${picked === id}
      @click=${() => pick(picked === id ? undefined : id)}
    >
      ${content}
    </button>
  `;
}
