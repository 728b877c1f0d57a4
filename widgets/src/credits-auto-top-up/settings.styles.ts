import { css } from "../ui/css.ts";

/** What the form of the settings and its questions have of their own. */
export const settings = css`
  .of {
    color: var(--_muted);
    font-weight: 400;
  }

  .notice.good {
    background: var(--_positive-soft);
    color: var(--_positive);
  }

  .modes {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.5em;
  }

  legend {
    margin-block-end: 0.375em;
    padding: 0;
    font-size: 0.9375em;
    font-weight: 500;
  }

  .warn-hint {
    display: flex;
    align-items: start;
    gap: 0.375em;
  }

  .warn-hint,
  .warn-text {
    color: var(--_warning);
  }

  .warn-hint .icon {
    width: 1.125em;
    height: 1.125em;
    margin-block-start: 0.0625em;
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0.125em 1em;
    font-size: 0.9375em;
  }

  .row b {
    font-weight: 500;
  }

  .form .what {
    flex: 1 7em;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }

  .buttons button {
    min-height: max(2.9375em, var(--_control-height));
  }

  .buttons .primary {
    flex: 1 10em;
  }

  .danger {
    border-color: transparent;
    background: var(--_danger);
    color: var(--_surface);
  }

  .question {
    display: grid;
    gap: 0.25em;
  }

  .question b {
    font-weight: 600;
  }

  /* In a dialog the settings' own foot would cover half of a phone. */
  dialog .foot {
    position: static;
    padding-block-end: 0;
  }

  @container (width < 18em) {
    .buttons button {
      flex: 1 100%;
    }
  }

  @media (forced-colors: active) {
    .danger {
      border-color: ButtonText;
    }
  }
`;
