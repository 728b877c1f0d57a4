import { css } from "./css.ts";

/** A status in a word, with a dot: the colour only repeats what the word says. */
export const pill = css`
  .pill {
    display: inline-flex;
    align-items: center;
    gap: 0.375em;
    border-radius: 1em;
    padding: 0.0625em 0.625em;
    background: var(--_sunken);
    color: var(--_muted);
    font-size: 0.8667em;
    font-weight: 500;
    white-space: nowrap;
  }

  .pill::before {
    content: "";
    flex: none;
    width: 0.5em;
    height: 0.5em;
    border-radius: 50%;
    background: currentColor;
  }

  .pill.positive {
    background: var(--_positive-soft);
    color: var(--_positive);
  }

  .pill.warning {
    background: var(--_warning-soft);
    color: var(--_warning);
  }

  .pill.danger {
    background: var(--_danger-soft);
    color: var(--_danger);
  }

  @media (forced-colors: active) {
    .pill {
      border: 1px solid;
    }
  }
`;
