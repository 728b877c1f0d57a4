import { css } from "./css.ts";

/** A native dialog: a card in the middle, on a phone a sheet from the bottom. */
export const dialog = css`
  dialog {
    box-sizing: border-box;
    border: 1px solid var(--_border);
    border-radius: var(--credits-radius, 0.75em);
    margin: auto;
    padding: 0;
    width: min(100vw - 2em, 29em);
    max-width: none;
    max-height: min(100dvh - 2em, 52em);
    background: var(--_surface);
    color: var(--_text);
    box-shadow:
      0 1px 3px rgb(0 0 0 / 0.12),
      0 1.25em 3em rgb(0 0 0 / 0.2);
    overflow: auto;
    overscroll-behavior: contain;
  }

  dialog::backdrop {
    background: rgb(10 12 20 / 0.5);
  }

  @media (width < 30em) {
    dialog {
      border-width: 1px 0 0;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
      margin-block-end: 0;
      width: 100vw;
      max-height: calc(100dvh - 1.5em);
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
