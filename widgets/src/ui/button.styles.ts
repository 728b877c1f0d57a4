import { css } from "lit";

/** Native buttons in two weights: one filled action per card, and links for the small ones. */
export const button = css`
  button {
    appearance: none;
    margin: 0;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    padding: 0 0.875em;
    min-block-size: 2.25em;
    background: transparent;
    color: inherit;
    font: inherit;
    font-weight: 500;
    cursor: pointer;
    transition: background-color 160ms ease-out;
  }

  button.primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }

  button.link {
    border: 0;
    padding: 0 0.25em;
    margin: 0 -0.25em;
    min-block-size: 1.75em;
    color: inherit;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  button:hover:not(.primary, .link, [aria-disabled="true"]) {
    background: var(--_sunken);
  }

  button.primary:hover {
    background: color-mix(in srgb, var(--_accent) 88%, var(--_text));
  }

  button[aria-disabled="true"] {
    cursor: progress;
    opacity: 0.7;
  }

  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  @media (pointer: coarse) {
    button:not(.link) {
      min-block-size: 2.75em;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    button {
      transition: none;
    }
  }
`;
