import { css } from "lit";
import { button } from "../ui/button.styles.ts";
import { skeleton } from "../ui/skeleton.styles.ts";
import { tokens } from "../ui/tokens.styles.ts";

const card = css`
  :host {
    display: block;
    /* The card fits its own width, not the window's; in a shrinking flex row it still asks for a sensible one. */
    container-type: inline-size;
    contain-intrinsic-inline-size: 22em;
    font-variant-numeric: tabular-nums;
  }

  p {
    margin: 0;
  }

  .base {
    position: relative;
    box-sizing: border-box;
    border: 1px solid var(--_border);
    background: var(--_surface);
  }

  .card {
    display: grid;
    gap: 1em;
    border-radius: var(--_radius);
    padding: var(--credits-padding, 1.25em);
  }

  .pools {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 15em), 1fr));
    gap: 1em;
  }

  .card .pool {
    display: grid;
    align-content: start;
    gap: 0.75em;
    min-inline-size: 0;
  }

  .many .pool {
    border-radius: var(--_radius-control);
    padding: 1em;
    background: var(--_sunken);
  }

  .head {
    display: flex;
    align-items: center;
    gap: 0.5em;
    min-block-size: 1.75em;
  }

  .symbol {
    display: inline-grid;
    flex: none;
    place-items: center;
    inline-size: 1.75em;
    block-size: 1.75em;
    border-radius: 0.5em;
    background: var(--_accent-soft);
    color: var(--_accent);
  }

  .name {
    min-inline-size: 0;
    overflow-wrap: anywhere;
    font-size: 0.9375em;
    font-weight: 500;
  }

  .resource {
    border: 1px solid var(--_border);
    border-radius: 1em;
    padding: 0 0.625em;
    color: var(--_muted);
    font-size: 0.8125em;
    overflow-wrap: anywhere;
  }

  .main {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    justify-content: space-between;
    gap: 0.5em 1.5em;
  }

  .amount {
    min-inline-size: 0;
  }

  .figure {
    position: relative;
    inline-size: fit-content;
    max-inline-size: 100%;
    overflow: clip;
    font-size: 2.25em;
    font-weight: 600;
    letter-spacing: -0.01em;
    line-height: 1.1;
    overflow-wrap: anywhere;
  }

  .figure > span {
    display: inline-block;
  }

  .figure[data-from]::after {
    content: attr(data-from) / "";
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    white-space: nowrap;
  }

  .many .figure {
    font-size: 1.5em;
  }

  .figure.long {
    font-size: 1.5em;
  }

  .figure.longest {
    font-size: 1.0625em;
    line-height: 1.3;
  }

  .over .figure {
    color: var(--_danger);
  }

  .caption,
  .note,
  .stale {
    color: var(--_muted);
    font-size: 0.8125em;
  }

  .caption span + span::before {
    content: "· " / "";
  }

  .history {
    display: grid;
    justify-items: end;
    flex: none;
  }

  .sparkline {
    display: block;
    inline-size: 7.5em;
    block-size: 2.25em;
    overflow: visible;
    fill: none;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 1.5;
  }

  .area {
    fill: var(--_accent-soft);
  }

  .line {
    stroke: var(--_accent);
  }

  .zero {
    stroke: var(--_border);
    stroke-width: 1;
  }

  .end {
    fill: var(--_accent);
    stroke: var(--_surface);
  }

  .usage {
    display: flex;
    align-items: center;
    gap: 0.75em;
  }

  .bar {
    flex: 1;
    block-size: 0.375em;
    border-radius: 1em;
    background: color-mix(in srgb, var(--_muted) 18%, var(--_surface));
    overflow: hidden;
  }

  .bar rect {
    fill: var(--_accent);
  }

  .low .bar rect {
    fill: var(--_warning);
  }

  .depleted .bar rect,
  .over .bar rect {
    fill: var(--_danger);
  }

  .warning {
    display: flex;
    gap: 0.5em;
    border-radius: var(--_radius-control);
    padding: 0.5em 0.75em;
    background: var(--_warning-soft);
    color: var(--_warning);
    font-size: 0.875em;
    font-weight: 500;
  }

  .depleted .warning,
  .over .warning {
    background: var(--_danger-soft);
    color: var(--_danger);
  }

  .pool > button {
    justify-self: start;
  }

  .message {
    display: grid;
    align-content: center;
    justify-items: start;
    gap: 0.25em;
    min-block-size: 8.5em;
  }

  .message .symbol {
    margin-block-end: 0.375em;
    background: var(--_sunken);
    color: var(--_muted);
  }

  .message .title {
    font-weight: 500;
  }

  .message button {
    margin-block-start: 0.5em;
  }

  .stale {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.5em;
  }

  .icon {
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
    fill: none;
    stroke: currentColor;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 1.5;
  }

  .short {
    inline-size: 3em;
  }

  .mid {
    inline-size: 7em;
  }

  .symbol.bone {
    block-size: 1.75em;
    border-radius: 0.5em;
  }

  .sparkline:dir(rtl),
  .bar:dir(rtl) {
    transform: scaleX(-1);
  }

  @container (inline-size < 22em) {
    .card {
      padding: var(--credits-padding, 1em);
    }
  }

  @media (forced-colors: active) {
    .line,
    .zero {
      stroke: CanvasText;
    }

    .area {
      fill: none;
    }

    .end,
    .bar rect {
      fill: Highlight !important;
    }

    .bar,
    .warning,
    .many .pool {
      border: 1px solid CanvasText;
    }
  }
`;

const compact = css`
  :host([variant="compact"]) {
    display: inline-block;
    container-type: normal;
    vertical-align: middle;
  }

  .compact {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25em 0.75em;
    border-radius: 1.25em;
    padding: 0.25em 0.875em 0.25em 0.5em;
    min-block-size: 2.25em;
  }

  .compact .pool {
    display: inline-flex;
    align-items: center;
    gap: 0.375em;
  }

  .compact .symbol {
    inline-size: 1.5em;
    block-size: 1.5em;
    border-radius: 1em;
  }

  .compact .figure {
    font-size: 1em;
    line-height: 1.45;
  }

  .compact .warning {
    padding: 0;
    background: none;
  }

  .compact .pool > button {
    min-block-size: 1.875em;
    margin-inline-start: 0.375em;
    margin-inline-end: -0.5em;
    border-radius: 1em;
    font-size: 0.875em;
  }
`;

export const styles = [tokens, button, skeleton, card, compact];
