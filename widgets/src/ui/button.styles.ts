import { css } from "./css.ts";

/** Native buttons: quiet ones, and the one filled action of a card. */
export const button = css`
  button {
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    padding: 0 0.875em;
    min-height: 2.25em;
    background: none;
    color: inherit;
    font: inherit;
    font-size: 0.9375em;
    font-weight: 500;
    cursor: pointer;
  }

  .primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }

  button:hover {
    border-color: currentColor;
  }

  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  @media (pointer: coarse) {
    button {
      min-height: 2.75em;
    }
  }
`;
