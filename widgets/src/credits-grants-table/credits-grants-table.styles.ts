import { listStyles } from "../list/list.styles.ts";
import { css } from "../ui/css.ts";
import { pill } from "../ui/pill.styles.ts";

/** What a row says of a grant: what is left of it, and how it stands. */
const content = css`
  .arrow {
    width: 0.75em;
  }

  .credits,
  tbody th .caption {
    display: block;
    min-width: 6em;
    max-width: 18em;
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

  @container (width < 52em) {
    .ghosts {
      padding-block-start: 4.05em;
    }

    td.left::before {
      display: none;
    }

    .remaining {
      flex: 1;
      max-width: none;
      text-align: start;
    }
  }

  @media (forced-colors: active) {
    .bar {
      border: 1px solid;
      fill: CanvasText;
    }
  }
`;

export const styles = (): CSSStyleSheet => listStyles(pill + content);
