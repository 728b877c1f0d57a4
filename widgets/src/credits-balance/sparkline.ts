import type { BalancePoint } from "@credits-kit/client/widget";
import { html } from "lit";

const WIDTH = 120;
const HEIGHT = 36;
/** Room for the stroke and the dot at the end. */
const EDGE = 4;
/** A change of less than this part of the balance is drawn as small as it is. */
const LEAST_SPAN = 0.1;

interface Shape {
  line: string;
  area: string;
  end: readonly [x: number, y: number];
  /** A line where 0 is, if the balance crossed it. */
  zero: string;
}

/**
 * The balance over its last entries, one step each. Only positions are computed from doubles here; figures are written
 * elsewhere. Everything is a presentation attribute: strict pages allow no inline style.
 */
export function renderSparkline(points: readonly BalancePoint[], label: string) {
  const { line, area, end, zero } = shapeOf(points.map((point) => Number(point.balance)));
  const [x, y] = end;
  return html`
    <svg class="sparkline" part="sparkline" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${label}>
      <path class="zero" d=${zero}></path>
      <path class="area" d=${area}></path>
      <path class="line" d=${line}></path>
      <circle class="end" cx=${x} cy=${y} r="2.5"></circle>
    </svg>
  `;
}

function shapeOf(values: readonly number[]): Shape {
  const top = Math.max(...values);
  const bottom = Math.min(...values);
  const span = Math.max(top - bottom, Math.max(Math.abs(top), Math.abs(bottom)) * LEAST_SPAN) || 1;
  const floor = (top + bottom - span) / 2;
  const yOf = (value: number) => round(HEIGHT - EDGE - ((value - floor) / span) * (HEIGHT - 2 * EDGE));
  const xOf = (index: number) => round(EDGE + (index / Math.max(1, values.length - 1)) * (WIDTH - 2 * EDGE));
  const places = values.map((value, index) => [xOf(index), yOf(value)] as const);
  const line = places.map(([x, y]) => `${x} ${y}`).join("L");
  const end = places.at(-1) ?? ([EDGE, HEIGHT / 2] as const);
  return {
    line: `M${line}`,
    area: `M${EDGE} ${HEIGHT}L${line}L${end[0]} ${HEIGHT}Z`,
    end,
    zero: bottom < 0 && top > 0 ? `M${EDGE} ${yOf(0)}H${WIDTH - EDGE}` : "",
  };
}

function round(position: number): number {
  return Math.round(position * 10) / 10;
}
