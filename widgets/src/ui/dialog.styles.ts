import { css } from "./css.ts";
import { floating } from "./floating.styles.ts";

const sheet = css`
  dialog {
    box-sizing: border-box;
    border: var(--_hairline) var(--_border);
    border-radius: var(--credits-radius, 0.75em);
    margin: auto;
    padding: 0;
    width: min(100vw - 2em, 29em);
    max-width: none;
    max-height: min(100dvh - 2em, 52em);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
    overflow: auto;
    overscroll-behavior: contain;
  }

  /* Whatever a card has around its content, a dialog has some. */
  dialog > .base {
    padding: 1.25em;
  }

  dialog::backdrop {
    background: var(--_backdrop);
  }

  @media (width < 30em) {
    dialog {
      border-inline-width: 0;
      border-block-end-width: 0;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
      margin-block-end: 0;
      width: 100vw;
      max-height: calc(100dvh - 1.5em);
    }
  }

  @container (width < 20em) {
    dialog > .base {
      padding: 1em;
    }
  }

  @media (prefers-reduced-motion: no-preference) {
    dialog[open] {
      animation: arrive 200ms cubic-bezier(0.2, 0, 0, 1);
    }

    dialog[open]::backdrop {
      animation: appear 200ms;
    }
  }

  @keyframes arrive {
    from {
      opacity: 0;
      transform: translateY(0.75em);
    }
  }

  @keyframes appear {
    from {
      opacity: 0;
    }
  }
`;

/** A native dialog: a card in the middle, on a phone a sheet from the bottom. */
export const dialog = floating + sheet;
