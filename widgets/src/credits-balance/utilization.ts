import { html, nothing } from "lit";
import { styleSheet } from "../ui/css.ts";
import { micros, percentOf } from "../ui/decimal.ts";
import { levelOf } from "./balance-state.ts";
import { type BalanceView, isSome, type PoolPlace, unitFor } from "./balance-view.ts";
import { renderFigure, renderName, renderNotes } from "./render-pool.ts";
import { utilizationStyles } from "./utilization.styles.ts";

const sheet = styleSheet(utilizationStyles);

/** Gives an element the looks of the utilization variant, and back what draws its rows. */
export function utilizationIn(root: ShadowRoot | null): typeof renderRow {
  if (root && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  return renderRow;
}

/** One pool: how much of all that it was given is used, and how much is set aside. */
function renderRow({ pool, index, action }: PoolPlace, view: BalanceView) {
  const { texts, formats, hideUnit } = view;
  const { used, granted, held, available } = pool;
  const name = `name-${index}`;
  const unit = hideUnit ? "" : unitFor(available, pool);
  const level = levelOf(pool);
  return html`
    <div class="pool ${level}" part="pool" role="group" aria-labelledby=${name}>
      <div class="head">
        ${renderName(pool, name)}
        <div class="left">
          ${renderFigure(pool, view)}<span class="caption" part="caption"
            >${texts.available(unit).trim()}</span
          >
        </div>
      </div>
      <div class="usage" part="usage">
        ${renderBar(pool)}
        <span class="caption"
          >${texts.usedOf(formats.amount(used), formats.amount(granted), formats.percent(percentOf(used, granted)))}</span
        >
        ${isSome(held) ? html`<span class="caption key">${texts.held(formats.amount(held))}</span>` : nothing}
      </div>
      ${renderNotes(pool, view)} ${level === "ok" && index > 0 ? nothing : action}
    </div>
  `;
}

/** Two lengths of one bar: what is used, then what is held. Positions alone are doubles. */
function renderBar({ used, granted, held }: PoolPlace["pool"]) {
  const first = shareOf(used, granted);
  const second = Math.min(100 - first, shareOf(held, granted));
  return html`
    <svg class="bar" part="bar" aria-hidden="true">
      <rect class="held" x="${first}%" width="${second}%" height="100%"></rect>
      <rect width="${first}%" height="100%"></rect>
    </svg>
  `;
}

function shareOf(part: string, whole: string): number {
  const size = Number(micros(whole));
  return size > 0 ? Math.max(0, Math.min(100, (Number(micros(part)) / size) * 100)) : 0;
}
