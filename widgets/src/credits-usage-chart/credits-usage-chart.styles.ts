import { button } from "../ui/button.styles.ts";
import { css, styleSheet } from "../ui/css.ts";
import { frame } from "../ui/frame.styles.ts";
import { skeleton } from "../ui/skeleton.styles.ts";
import { tokens } from "../ui/tokens.styles.ts";

/** Where everything has its place, so that the skeleton has the size of what comes. */
const layout = css`
  :host {
    --_line: 2.125em;
  }

  .sum {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.375em;
    min-height: 1.75em;
  }

  .change {
    min-height: 1.45em;
  }

  /* Lines of controls wrap around the heading. */
  .lines {
    display: contents;
  }

  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em;
    min-height: var(--_line);
  }

  .line:last-child {
    flex: 1 0 100%;
  }

  .line .bone {
    width: 18em;
    height: var(--_line);
    border-radius: var(--_radius-control);
    max-width: 100%;
    opacity: 0.5;
  }

  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1em 1.5em;
  }

  .plot,
  .body .message {
    position: relative;
    height: 17em;
  }

  .plot.still {
    background: repeating-linear-gradient(var(--_border) 0 1px, transparent 1px 25%);
  }

  .side {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 0.5em;
    min-height: 8.625em;
  }

  @media (pointer: coarse) {
    :host {
      --_line: 3.125em;
    }

    .side {
      min-height: 9em;
    }
  }

  @container (width >= 56em) {
    .body.split {
      grid-template-columns: minmax(0, 1fr) 17em;
    }

    .split .side {
      height: 17em;
      overflow: auto;
    }
  }

  @container (width < 34em) {
    .line {
      width: 100%;
    }

    .line:last-child {
      min-height: calc(2 * var(--_line) + 0.5em);
    }

    .side {
      min-height: 14.75em;
    }
  }
`;

export const styles = (): CSSStyleSheet => styleSheet(tokens, button, frame, skeleton, layout);
