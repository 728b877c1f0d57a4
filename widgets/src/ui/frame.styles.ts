import { css } from "./css.ts";

/** The card of an element that draws data: its heading with a figure, its messages, and what is old. */
export const frame = css`
  :host {
    display: block;
    /* The card fits its own width, not the window's; in a shrinking flex row it still asks for a sensible one. */
    container-type: inline-size;
    min-inline-size: 0;
    contain-intrinsic-inline-size: 32em;
  }

  p,
  h2,
  h3 {
    margin: 0;
  }

  .base {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1em;
    border: var(--credits-card-border, var(--_hairline) var(--_border));
    border-radius: var(--credits-radius, 0.75em);
    padding: var(--credits-padding, 1.25em);
    background: var(--credits-card-surface, var(--_surface));
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    justify-content: space-between;
    gap: 0.75em 1em;
  }

  .heading {
    display: grid;
    gap: 0.125em;
    min-width: 0;
  }

  .title {
    color: var(--_muted);
    font-size: 0.9375em;
    font-weight: 500;
  }

  .figure {
    font-size: 1.5em;
    font-weight: 600;
    letter-spacing: -0.01em;
    line-height: 1.1;
  }

  .caption,
  .note,
  .stale {
    color: var(--_muted);
    font-size: 0.8125em;
  }

  .stale {
    display: flex;
    align-items: center;
    gap: 0.5em;
  }

  .stale button {
    border: 0;
    padding: 0;
    font-size: 1em;
    text-decoration: underline;
  }

  .message {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 0.375em;
    min-height: 14em;
    text-align: center;
    text-wrap: balance;
  }

  .icon {
    flex: none;
    width: 1.25em;
    height: 1.25em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .message .symbol {
    display: grid;
    place-items: center;
    margin-block-end: 0.375em;
    width: 2.5em;
    height: 2.5em;
    border-radius: 50%;
    background: var(--_accent-soft);
    color: var(--_accent);
  }

  .message p {
    max-width: 32em;
  }

  .message button {
    margin-block-start: 0.625em;
  }

  .headline {
    font-size: 1.0625em;
    font-weight: 600;
  }

  /* What was there last stays readable while other data are on their way; rows in another colour would cost a layout. */
  .waiting {
    position: relative;
  }

  .waiting::before {
    content: "";
    position: absolute;
    inset-block-start: -3px;
    inset-inline: 0;
    height: 2px;
    background: var(--_accent);
  }

  .waiting canvas {
    opacity: 0.4;
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @container (width < 24em) {
    .base {
      padding: var(--credits-padding, 1em);
    }
  }

  @media (prefers-reduced-motion: no-preference) {
    .waiting canvas {
      transition: opacity 160ms 120ms;
    }

    /* Answers that come at once show none of it. */
    .waiting::before {
      animation: passing 0.7s 120ms infinite alternate backwards;
    }

    @keyframes passing {
      from {
        opacity: 0;
      }
    }
  }

  @media (forced-colors: active) {
    .bone,
    .waiting::before {
      border: 1px solid;
    }
  }
`;
