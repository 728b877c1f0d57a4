import { html } from "lit";

const bone = html`<i class="bone"></i>`;
const ghost = html`<div class="ghost">${bone}${bone}${bone}</div>`;

/** Lines of the final height with nothing in them. */
export function renderSkeleton(rows: number, spoken = "") {
  return html`
    <div class="head" part="skeleton">
      <p class="title">${bone}</p>
      <div class="controls">${bone}${bone}${bone}</div>
    </div>
    <div class="ghosts">${Array.from({ length: Math.min(rows, 5) }, () => ghost)}</div>
    <span class="visually-hidden">${spoken}</span>
  `;
}
