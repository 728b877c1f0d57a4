import { css } from "../ui/css.ts";

/** One line for a top bar, and rows with a wide bar: the same parts, with the least of them. */
export const variants = css`
  :host([variant="utilization"]) {
    .amount {
      display: none;
    }

    .usage {
      flex-wrap: wrap;
    }

    .bar {
      flex-basis: 100%;
      height: 0.5em;
    }
  }

  :host([variant="compact"]) {
    display: inline-block;
    container-type: normal;
    vertical-align: middle;

    .base,
    .pools,
    .pool,
    .amount,
    .message {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.5em;
      min-height: 0;
      padding: 0;
      background: none;
    }

    .base {
      border-radius: 1.5em;
      padding: 0.25em;
      padding-inline: 0.375em 0.75em;
      background: var(--credits-card-surface, var(--_surface));
    }

    .figure {
      font-size: 1em;
    }

    .warning {
      padding: 0;
      background: none;
    }

    .symbol,
    button {
      border-radius: 2em;
      min-width: 2em;
      min-height: 2em;
    }

    button {
      min-height: var(--credits-control-height, 2em);
    }

    .name,
    .note,
    .usage,
    .history,
    .resource,
    .message .caption {
      display: none;
    }

    @media (pointer: coarse) {
      button {
        min-height: var(--_control-height);
      }
    }
  }
`;
