import type { BalancePoint } from "@credits-kit/client/widget";
import { html } from "lit";

const WIDTH = 120;
const HEIGHT = 36;
/** Room for the stroke and the dot at the end. */
const EDGE = 4;
/** A change of less than this part of the balance is drawn as small as it is. */
const LEAST_SPAN = 0.1;

/**
 * The balance over its last entries, one step each. Only positions are computed from doubles here; figures are written
 * elsewhere. Everything is a presentation attribute: strict pages allow no inline style.
 */
export function renderSparkline(points: readonly BalancePoint[], label: string) {
  const values = points.map((point) => Number(point.balance));
  const top = Math.max(...values);
  const bottom = Math.min(...values);
  const span = Math.max(top - bottom, Math.abs(top * LEAST_SPAN)) || 1;
  const places = values.map((value, index) => {
    const x = EDGE + (index / (values.length - 1)) * (WIDTH - 2 * EDGE);
    const y = HEIGHT - EDGE - ((value - bottom) / span) * (HEIGHT - 2 * EDGE);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  const line = `M${places.join("L")}`;
  return html`
    <svg class="sparkline" part="sparkline" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${label}>
      <path class="area" d="${line}V${HEIGHT}H${EDGE}Z"></path>
      <path class="line" d=${line}></path>
      <path class="line end" d="M${places.at(-1)}h0"></path>
    </svg>
  `;
}
