import { button } from "../ui/button.styles.ts";
import { css, styleSheet } from "../ui/css.ts";
import { frame } from "../ui/frame.styles.ts";
import { skeleton } from "../ui/skeleton.styles.ts";
import { tokens } from "../ui/tokens.styles.ts";

/** Where everything has its place, so that the skeleton has the size of what comes. */
const layout = css`
  :host {
    --_row: 4.5em;
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
    border-block-start: 1px solid var(--_border);
    height: var(--_row);
  }

  .controls {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }

  @media (pointer: coarse) {
    :host {
      --_line: 2.75em;
    }
  }

  @container (width < 34em) {
    .head > * {
      flex: 1 0 100%;
    }

    .controls > * {
      flex: 1 1 40%;
      min-width: 0;
    }

    .ghosts {
      display: grid;
      gap: 0.625em;
      padding: 0;
    }

    .ghost {
      border: 1px solid var(--_border);
      border-radius: var(--_radius-control);
      padding: 0.875em;
      height: 14em;
      align-items: start;
    }
  }
`;

export const styles = (): CSSStyleSheet => styleSheet(tokens, button, frame, skeleton, layout);
