import { css } from "./css.ts";

/** A table with hairlines; in a narrow place each row is a small card, with its columns' names before their values. */
export const table = css`
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
    border-block-end: 1px solid var(--_border);
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

  th button {
    display: inline-flex;
    align-items: center;
    gap: 0.25em;
    border: 0;
    padding: 0;
    min-height: 2em;
    color: inherit;
    font-size: 1em;
  }

  th button:hover,
  th[aria-sort] button {
    color: var(--_text);
  }

  .number {
    text-align: end;
    white-space: nowrap;
  }

  th.number button {
    flex-direction: row-reverse;
  }

  a {
    color: inherit;
    text-decoration-color: var(--_muted);
    text-underline-offset: 0.2em;
  }

  a:hover {
    text-decoration-color: currentColor;
  }

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

  .pages {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5em 1em;
  }

  .pages div {
    display: flex;
    gap: 0.5em;
  }

  .pages button[disabled] {
    opacity: 0.45;
    cursor: default;
  }

  /* Roles are written on the elements themselves, since a table that is no longer laid out as one loses them. */
  @container (width < 34em) {
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
      border: 1px solid var(--_border);
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
  }

  @media (forced-colors: active) {
    .pill {
      border: 1px solid;
    }
  }
`;
