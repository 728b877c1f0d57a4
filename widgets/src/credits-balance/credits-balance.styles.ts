import { button } from "../ui/button.styles.ts";
import { css, styleSheet } from "../ui/css.ts";
import { skeleton } from "../ui/skeleton.styles.ts";
import { tokens } from "../ui/tokens.styles.ts";
import { drawings } from "./drawings.styles.ts";
import { variants } from "./variants.styles.ts";

const card = css`
  :host {
    display: block;
    /* The card fits its own width, not the window's; in a shrinking flex row it still asks for a sensible one. */
    container-type: inline-size;
    min-inline-size: 0;
    contain-intrinsic-inline-size: 22em;
  }

  p {
    margin: 0;
  }

  .base,
  .pools,
  .pool,
  .message {
    display: grid;
    gap: 1em;
  }

  .base {
    position: relative;
    border: var(--credits-card-border, var(--_hairline) var(--_border));
    border-radius: var(--credits-radius, 0.75em);
    padding: var(--credits-padding, 1.25em);
    background: var(--credits-card-surface, var(--_surface));
  }

  .pools {
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 15em), 1fr));
  }

  .pool {
    --_level: var(--_accent);
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 0.75em;
  }

  .low {
    --_level: var(--_warning);
    --_level-soft: var(--_warning-soft);
  }

  .depleted,
  .over {
    --_level: var(--_danger);
    --_level-soft: var(--_danger-soft);
  }

  .many .pool {
    border-radius: var(--_radius-control);
    padding: 1em;
    background: var(--_sunken);
  }

  .head,
  .main,
  .usage,
  .stale,
  .warning {
    display: flex;
    align-items: center;
    gap: 0.5em;
  }

  /* The sparkline stands beside the figure where there is room for both. */
  .main {
    flex-wrap: wrap;
    align-items: end;
  }

  .amount {
    flex: 1 5em;
    min-width: min-content;
  }

  .amount:has(.longest) {
    flex-basis: 100%;
    min-width: 0;
  }

  .name {
    min-width: 0;
  }

  .symbol {
    display: grid;
    flex: none;
    place-items: center;
    width: 1.75em;
    height: 1.75em;
    border-radius: var(--_radius-control);
    background: var(--_accent-soft);
    color: var(--_accent);
  }

  .name,
  .warning {
    font-size: 0.9375em;
    font-weight: 500;
  }

  .caption,
  .note,
  .stale {
    color: var(--_muted);
    font-size: 0.8125em;
  }

  .caption > * + *::before {
    content: " · ";
  }

  .figure {
    font-size: 2.25em;
    font-weight: 600;
    letter-spacing: -0.01em;
    line-height: 1.1;
  }

  .figure > * {
    display: inline-block;
  }

  .many .figure,
  .long {
    font-size: 1.5em;
  }

  .longest {
    font-size: 1.125em;
    overflow-wrap: anywhere;
  }

  .history {
    border-color: transparent;
    margin: -0.25em -0.5em;
    padding: 0.25em 0.5em;
    font-size: 1em;
    font-weight: 400;
    text-align: end;

    .caption {
      display: block;
    }

    &:hover {
      border-color: var(--_border);
    }
  }

  .warning,
  .over .figure {
    color: var(--_level);
  }

  .warning {
    border-radius: var(--_radius-control);
    padding: 0.5em 0.75em;
    background: var(--_level-soft);
  }

  button {
    justify-self: start;
  }

  .message {
    align-content: center;
    gap: 0.375em;
    min-height: 9em;
  }

  .stale button {
    border: 0;
    padding: 0;
    text-decoration: underline;
  }

  @container (width < 20em) {
    .base {
      padding: var(--credits-padding, 1em);
    }
  }

  @media (forced-colors: active) {
    .bone,
    .warning,
    .many .pool {
      border: 1px solid;
    }
  }

  .visually-hidden,
  :host([variant="compact"]) :is(.warning, .stale) span {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
`;

export const styles = () => styleSheet(tokens, button, card, drawings, skeleton, variants);
