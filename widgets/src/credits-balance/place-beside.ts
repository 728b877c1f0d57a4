/** From the edges of the window, and from what it belongs to. */
const EDGE_PX = 8;

/** Puts what floats below the end of `anchor`, above it where there is more room, and never out of the window. */
export function placeBeside(floating: HTMLElement, anchor: Element): void {
  const { width, height } = floating.getBoundingClientRect();
  const { left, right, top, bottom } = anchor.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const fitsBelow = bottom + EDGE_PX + height <= clientHeight - EDGE_PX;
  const isAbove = !fitsBelow && top > clientHeight - bottom;
  const x = getComputedStyle(anchor).direction === "rtl" ? left : right - width;
  const y = isAbove ? top - EDGE_PX - height : bottom + EDGE_PX;
  floating.style.left = `${within(x, clientWidth - width)}px`;
  floating.style.top = `${within(y, clientHeight - height)}px`;
}

function within(wanted: number, most: number): number {
  return Math.max(EDGE_PX, Math.min(wanted, most - EDGE_PX));
}
