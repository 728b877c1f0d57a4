import { control } from "../ui/control.styles.ts";
import { css } from "../ui/css.ts";
import { positive } from "../ui/positive.styles.ts";
import { table } from "../ui/table.styles.ts";

/** What stands in the card: rows, what is left of each, the ways to other pages. */
const content = css`
  .order {
    display: none;
  }

  [aria-disabled="true"] {
    opacity: 0.45;
    cursor: default;
  }

  tbody th {
    color: inherit;
    font-size: 1em;
    font-weight: 400;
    white-space: normal;
  }

  tbody :is(th, td) {
    box-sizing: border-box;
    height: var(--_row);
  }

  thead th {
    box-sizing: border-box;
    height: 2.5em;
    padding-block: 0;
  }

  /* As wide as in the rows, whose letters are larger. */
  thead th:not(:first-child, :last-child) {
    padding-inline: 0.8654em;
  }

  .arrow {
    width: 0.75em;
  }

  b {
    font-weight: 600;
  }

  .credits,
  tbody th .caption {
    display: block;
    min-width: 6em;
    max-width: 18em;
  }

  tbody th button {
    color: inherit;
    font-weight: 400;
    text-decoration: underline;
    text-decoration-color: var(--_muted);
    text-underline-offset: 0.2em;
  }

  .remaining {
    display: grid;
    gap: 0.25em;
    min-width: 7em;
    max-width: 12em;
    white-space: nowrap;
  }

  .bar {
    border-radius: 0.25em;
    width: 100%;
    height: 0.375em;
    background: var(--_sunken);
    fill: var(--_muted);
  }

  .bar.active {
    fill: var(--_accent);
  }

  .bar:dir(rtl) {
    transform: scaleX(-1);
  }

  .locked {
    display: flex;
    align-items: center;
    gap: 0.375em;
    color: var(--_muted);
    font-size: 0.8667em;
  }

  .lines {
    display: grid;
    justify-items: start;
  }

  time {
    white-space: nowrap;
  }

  .nothing {
    color: var(--_muted);
  }

  .notice {
    color: var(--_danger);
    font-size: 0.875em;
  }

  .pages div {
    align-items: center;
  }

  .pages button {
    min-height: 2.375em;
    font-size: 0.875em;
  }

  @container (width < 34em) {
    /* Without columns the order is chosen from a list; their names stand before the values. */
    thead {
      visibility: hidden;
    }

    .order {
      display: block;
    }

    tbody :is(th, td) {
      height: auto;
    }

    tbody th {
      border: 0;
      padding: 0;
      max-width: none;
    }

    /* A card's head: how much of what, and how it stands. */
    tbody tr {
      grid-template-columns: minmax(0, 1fr) auto;
    }

    tbody td {
      grid-column: 1 / -1;
    }

    tbody .state {
      grid-area: 1 / 2;
      align-self: start;
    }

    td:is(.state, .left)::before {
      display: none;
    }

    .remaining {
      flex: 1;
      max-width: none;
      text-align: start;
    }

    .lines {
      display: flex;
      flex-wrap: wrap;
      gap: 0 0.75em;
      align-items: baseline;
      justify-content: end;
    }

    .pages > * {
      flex: 1 0 auto;
      justify-content: space-between;
    }
  }

  @media (forced-colors: active) {
    .bar {
      border: 1px solid;
      fill: CanvasText;
    }
  }
`;

export const panelStyles = positive + control + table + content;
