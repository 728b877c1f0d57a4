import { css } from "../ui/css.ts";

/** Drawings take their colour from `color`. */
export const drawings = css`
  .sparkline {
    display: block;
    width: 7.5em;
    height: 2.25em;
    color: var(--_accent);
  }

  .line,
  .icon {
    fill: none;
    stroke: currentColor;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 1.5;
  }

  .area {
    opacity: 0.1;
  }

  .area,
  rect {
    fill: currentColor;
  }

  .end {
    stroke-width: 5;
  }

  .icon {
    flex: none;
    width: 1.25em;
    height: 1.25em;
  }

  .bar {
    flex: 1;
    height: 0.375em;
    border-radius: 1em;
    background: color-mix(in srgb, var(--_text) 12%, transparent);
    color: var(--_level);
  }

  .sparkline:dir(rtl),
  .bar:dir(rtl) {
    transform: scaleX(-1);
  }

  @media (forced-colors: active) {
    .sparkline,
    .bar {
      color: CanvasText;
      border-block-end: 1px solid;
    }
  }
`;
