import { css } from "../ui/css.ts";
import { floating } from "../ui/floating.styles.ts";

const card = css`
  :host {
    box-sizing: border-box;
    position: fixed;
    inset: auto;
    border: var(--_hairline) var(--_border);
    border-radius: var(--credits-radius, 0.75em);
    margin: 0;
    padding: 0;
    width: min(22em, 100vw - 1em);
    height: fit-content;
    max-height: min(30em, 100dvh - 1em);
    background: var(--_surface);
    box-shadow: var(--_shadow);
    font-variant-numeric: tabular-nums;
    overflow: auto;
    overscroll-behavior: contain;
  }

  h2,
  p,
  ol {
    margin: 0;
    padding: 0;
  }

  h2,
  footer {
    position: sticky;
    z-index: 1;
    padding: 0.75em 1.067em;
    background: var(--_surface);
    font-size: 0.9375em;
    font-weight: 500;
  }

  h2 {
    inset-block-start: 0;
    border-block-end: var(--_hairline) var(--_border);
  }

  footer {
    inset-block-end: 0;
    border-block-start: var(--_hairline) var(--_border);
  }

  ol {
    padding: 0.375em 1em;
    list-style: none;
  }

  li {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1em;
    padding-block: 0.5em;
  }

  /* Where text is large, figures stand below what they are of. */
  li > :first-child {
    flex: 1 10em;
    min-width: 0;
  }

  .figures {
    margin-inline-start: auto;
    max-width: 100%;
    text-align: end;
  }

  li + li {
    border-block-start: var(--_hairline) var(--_border);
  }

  .what,
  .delta {
    font-size: 0.9375em;
    overflow-wrap: anywhere;
  }

  .delta {
    font-weight: 500;
  }

  .gain {
    color: var(--_positive);
  }

  .when,
  .rest,
  .hint {
    color: var(--_muted);
    font-size: 0.8125em;
  }

  .what .bone {
    width: 8em;
  }

  .bone {
    width: 4em;
    max-width: 100%;
  }

  .message {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 0.375em;
    padding: 1.5em 1em;
    min-height: 6em;
    text-align: center;
  }

  .icon {
    width: 1.25em;
    height: 1.25em;
    fill: none;
    stroke: currentColor;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 1.5;
  }

  a {
    color: var(--_accent);
    text-underline-offset: 0.2em;
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }

  @media (forced-colors: active) {
    .bone {
      border: 1px solid;
    }
  }

  @media (prefers-reduced-motion: no-preference) {
    :host(:popover-open) {
      animation: arrive 160ms cubic-bezier(0.2, 0, 0, 1);
    }
  }

  @keyframes arrive {
    from {
      opacity: 0;
      transform: translateY(-0.25em);
    }
  }
`;

/** A card that floats beside the sparkline. */
export const historyStyles = floating + card;
