import { button } from "../ui/button.styles.ts";
import { fields } from "../ui/control.styles.ts";
import { css, styleSheet } from "../ui/css.ts";
import { frame } from "../ui/frame.styles.ts";
import { positive } from "../ui/positive.styles.ts";
import { skeleton } from "../ui/skeleton.styles.ts";
import { cardsUnder, lines } from "../ui/table.styles.ts";
import { tokens } from "../ui/tokens.styles.ts";

/** Where everything has its place, so that the skeleton has the size of what comes. */
const layout = css`
  :host {
    --_row: 4.5em;
    --_card: 14em;
    --_line: 2.125em;
  }

  .head {
    align-items: center;
    min-height: var(--_line);
  }

  .controls .bone {
    width: 7em;
    height: var(--_line);
    border-radius: var(--_radius-control);
    opacity: 0.5;
  }

  .ghosts {
    padding-block-start: 2.1667em;
    font-size: 0.9375em;
  }

  .ghost {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1em;
    box-sizing: border-box;
    border-block-start: var(--_hairline) var(--_border);
    height: var(--_row);
  }

  [aria-disabled="true"] {
    opacity: 0.45;
    cursor: default;
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

  th.number button {
    flex-direction: row-reverse;
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

  b {
    font-weight: 600;
  }

  td button {
    border: 0;
    padding: 0;
    min-height: 2em;
    font-size: 1em;
    font-weight: 400;
  }

  a,
  tbody button {
    color: inherit;
    text-decoration: underline;
    text-decoration-color: var(--_muted);
    text-underline-offset: 0.2em;
  }

  a:hover {
    text-decoration-color: currentColor;
  }

  .lines {
    display: grid;
    justify-items: start;
  }

  time {
    white-space: nowrap;
  }

  .notice {
    color: var(--_danger);
    font-size: 0.875em;
  }

  .pages,
  .pages div {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5em;
  }

  .pages button {
    min-height: var(--credits-control-height, 2.375em);
    font-size: 0.875em;
  }

  @media (pointer: coarse) {
    :host {
      --_line: 2.75em;
    }

    .pages button {
      min-height: max(3.125em, var(--credits-control-height, 0em));
    }

    .pages select {
      min-height: max(3.8462em, var(--credits-control-height, 0em));
    }

    th button {
      min-height: 3.3846em;
    }

    .ghosts {
      padding-block-start: 2.9333em;
    }
  }
`;

/** Rows are cards, as many side by side as there is place for. */
const narrow = css`
  @container (width < 52em) {
    .head > * {
      flex: 1 0 100%;
    }

    .controls > * {
      flex: 1 1 8em;
      min-width: 0;
    }

    .ghosts,
    tbody {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(19em, 100%), 1fr));
      gap: 0.625em;
      padding: 0;
    }

    .ghost {
      border: var(--_hairline) var(--_border);
      border-radius: var(--_radius-control);
      padding: 0.875em;
      height: var(--_card);
      align-items: start;
    }

    /* The names of columns that sort stay, in a row of their own. */
    thead:has(button) {
      position: static;
      width: auto;
      height: auto;
      clip-path: none;
    }

    thead:has(button) tr {
      display: flex;
      flex-wrap: wrap;
      gap: 0 1em;
    }

    thead:has(button) th {
      border: 0;
      padding: 0;
      height: auto;
    }

    thead:has(button) th:not(:has(button)) {
      display: none;
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

    td.state::before {
      display: none;
    }

    .lines {
      display: flex;
      flex-wrap: wrap;
      gap: 0 0.75em;
      align-items: baseline;
      justify-content: end;
    }

    .pages > * {
      flex: 1 1 auto;
    }
  }
`;

/** The looks of a list, and what is its own. */
export const listStyles = (own: string): CSSStyleSheet =>
  styleSheet(
    tokens,
    positive,
    button,
    frame,
    skeleton,
    fields,
    lines,
    layout,
    cardsUnder("52em"),
    narrow,
    own,
  );
