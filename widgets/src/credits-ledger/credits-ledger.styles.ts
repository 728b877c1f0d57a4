import { css } from "../ui/css.ts";
import { listStyles } from "../list/list.styles.ts";

const own = css`
  :host {
    --_row: 4em;
    --_card: 10.375em;
  }

  .sources {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.75em;
  }

  .what .lines {
    margin-inline-start: auto;
  }

  td.number {
    font-weight: 500;
  }

  .up {
    color: var(--_positive);
  }

  .quiet {
    color: var(--_muted);
  }
`;

export const styles = (): CSSStyleSheet => listStyles(own);
