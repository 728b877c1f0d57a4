import { css } from "../ui/css.ts";

/** What stands in the tabs with something to fill in, or to press. */
export const formStyles = css`
  .pages div {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }

  .actions,
  .papers,
  .save {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25em 0.75em;
  }

  .row > .actions {
    display: flex;
    flex: 0 1 auto;
    justify-content: end;
  }

  /* In a narrow place a long word is better broken than cut off. */
  .actions button {
    max-width: 100%;
    white-space: normal;
  }

  .row .link {
    min-height: 1.75em;
    font-size: 0.9333em;
  }

  .wide {
    flex-wrap: wrap;
  }

  .wide > span:first-child {
    flex: 1 12em;
  }

  .row.wide > span + span {
    max-width: none;
  }

  .bad {
    color: var(--_danger);
  }

  .plan {
    font-size: 1.1333em;
  }

  .document {
    display: grid;
    grid-template-columns: minmax(0, 3fr) minmax(0, 3fr) minmax(0, 2fr);
  }

  .row.document > .papers {
    display: flex;
    justify-content: start;
    max-width: none;
    text-align: start;
  }

  .row.document > :last-child {
    max-width: none;
  }

  .notice {
    font-size: 0.875em;
  }

  .notice:empty {
    display: none;
  }

  .notices {
    display: grid;
    gap: 0.875em;
  }

  .choice {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 4em 4em;
    align-items: center;
    gap: 0.25em 0.25em;
    border-block-start: var(--_hairline) var(--_border);
    padding-block: 0.5em;
    font-size: 0.9375em;
  }

  .names {
    border: 0;
    padding: 0;
    text-align: center;
  }

  .choice > label {
    display: grid;
    place-items: center;
    min-height: var(--_control-height);
    cursor: pointer;
  }

  .choice [type="checkbox"] {
    margin: 0;
    width: 1.125em;
    height: 1.125em;
    accent-color: var(--_accent);
    cursor: inherit;
  }

  .field {
    grid-column: 1 / -1;
    display: grid;
    grid-template-columns: auto minmax(0, 10em);
    align-items: center;
    gap: 0.25em 0.75em;
    justify-content: start;
    color: var(--_muted);
    font-size: 0.9333em;
  }

  .field .caption {
    grid-column: 1 / -1;
  }

  .field input {
    box-sizing: border-box;
    border: var(--_hairline) var(--_border);
    border-radius: var(--_radius-control);
    padding: 0 0.625em;
    min-width: 0;
    min-height: var(--_control-height);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
  }

  #daysBefore {
    width: 5em;
    max-width: 100%;
  }

  .field [aria-invalid="true"] {
    border-color: var(--_danger);
  }

  @media (pointer: coarse) {
    .field input,
    .choice > label {
      min-height: max(3.15em, var(--_control-height));
    }
  }

  @container (width < 20em) {
    .field {
      grid-template-columns: minmax(0, 1fr);
    }
  }

  @container (width < 34em) {
    .document {
      grid-template-columns: minmax(0, 1fr) auto;
    }

    .row.document > .papers {
      grid-row: 2;
      grid-column: 1 / -1;
    }
  }
`;
