import { css } from "./css.ts";

/** A table with hairlines. */
export const lines = css`
  .scroll {
    overflow-x: auto;
    overscroll-behavior-inline: contain;
  }

  table {
    border-collapse: collapse;
    width: 100%;
    font-size: 0.9375em;
  }

  th,
  td {
    border-block-end: var(--_hairline) var(--_border);
    padding: 0.625em 0.75em;
    text-align: start;
    vertical-align: middle;
  }

  th:first-child,
  td:first-child {
    padding-inline-start: 0;
  }

  th:last-child,
  td:last-child {
    padding-inline-end: 0;
  }

  tbody tr:last-child > * {
    border-block-end: 0;
  }

  th {
    color: var(--_muted);
    font-size: 0.8667em;
    font-weight: 500;
    white-space: nowrap;
  }

  .number {
    text-align: end;
    white-space: nowrap;
  }
`;

const cards = css`
  thead {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }

  table,
  tbody {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.625em;
  }

  tbody tr {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.375em;
    border: var(--_hairline) var(--_border);
    border-radius: var(--_radius-control);
    padding: 0.75em 0.875em;
  }

  td {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.125em 1em;
    border: 0;
    padding: 0;
    text-align: end;
    white-space: normal;
  }

  td[data-label]::before {
    content: attr(data-label);
    color: var(--_muted);
    font-size: 0.8667em;
    text-align: start;
  }
`;

/**
 * In a place narrower than `width` each row is a small card, with its columns' names before their values. Roles are
 * written on the elements themselves, since a table that is no longer laid out as one loses them.
 */
export const cardsUnder = (width: string): string => `@container (width < ${width}) {${cards}}`;

export const table = lines + cardsUnder("34em");
