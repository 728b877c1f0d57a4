import { html } from "lit";

const bone = html`<i class="bone"></i>`;
const line = html`<div class="line">${bone}</div>`;

/** Lines of the final height with nothing in them. */
export function renderSkeleton(isCustom: boolean) {
  return html`
    <div class="head" part="skeleton">
      <div class="heading">
        <p class="title">${bone}</p>
        <p class="sum"><span class="figure">${bone}</span></p>
        <p class="caption change">${bone}</p>
      </div>
      <div class="lines">${line}${isCustom ? line : ""}${line}</div>
    </div>
    ${skeletonBody}
  `;
}

/** The place of the picture and of its legend. */
export const skeletonBody = html`
  <div class="body split" part="skeleton">
    <div class="plot still" part="plot"></div>
    <div class="side">
      <p class="row">${bone}</p>
      <p class="row">${bone}</p>
    </div>
  </div>
`;
