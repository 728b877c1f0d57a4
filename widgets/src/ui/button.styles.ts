import { css } from "./css.ts";

/** Native buttons: quiet ones, and the one filled action of a card. */
export const button = css`
  button {
    border: var(--_hairline) var(--_border);
    border-radius: var(--_radius-control);
    padding: 0 0.875em;
    min-height: var(--_control-height);
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
    outline: var(--_focus-ring);
    outline-offset: 2px;
  }

  @media (pointer: coarse) {
    /* 2.75em of the text: buttons have smaller letters. */
    :host {
      --_control-height: max(2.9375em, var(--credits-control-height, 0em));
    }
  }
`;
