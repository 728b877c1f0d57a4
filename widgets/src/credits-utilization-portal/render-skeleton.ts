import { html, nothing } from "lit";

const bone = html`<i class="bone"></i>`;
const tile = html`
  <div class="section">
    <p class="title">${bone}</p>
    <p class="figure">${bone}</p>
    <p class="caption">${bone}</p>
  </div>
`;

/** The header, the tabs and the overview with nothing in them. */
export function renderSkeleton(spoken: string, canTopUp: boolean) {
  return html`
    <div class="section header" part="skeleton">
      <div class="main">
        <div class="amount">
          <p class="title">${bone}</p>
          <p class="figure">${bone}</p>
          <p class="caption">${bone}</p>
          <p class="note pace">${bone}</p>
        </div>
        ${canTopUp ? html`<button class="primary bone" disabled aria-hidden="true"></button>` : nothing}
      </div>
      <div class="tabs">${[1, 2, 3, 4, 5].map(() => html`<span class="tab">${bone}</span>`)}</div>
    </div>
    ${renderTileBones()} ${renderBones(3)}
    <div class="columns">${renderBones(3)}${renderBones(5)}</div>
    <span class="visually-hidden">${spoken}</span>
  `;
}

/** The three tiles of the overview, while they load. */
export function renderTileBones() {
  return html`<div class="tiles">${tile}${tile}${tile}</div>`;
}

/** A card with so many empty lines. */
export function renderBones(lines: number) {
  return html`
    <div class="section" part="skeleton">
      <p class="title">${bone}</p>
      ${Array.from({ length: lines }, () => html`<div class="row">${bone}${bone}</div>`)}
    </div>
  `;
}
