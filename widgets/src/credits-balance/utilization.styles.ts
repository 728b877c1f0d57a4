import { css } from "../ui/css.ts";

/** Rows with a wide bar, one below the other. */
export const utilizationStyles = css`
  :host([variant="utilization"]) {
    .pools {
      grid-template-columns: minmax(0, 1fr);
    }

    .many {
      gap: 1.25em;
    }

    .many .pool {
      border-radius: 0;
      padding: 0;
      background: none;
    }

    .many .pool + .pool {
      border-block-start: var(--_hairline) var(--_border);
      padding-block-start: 1.25em;
    }

    .head {
      flex-wrap: wrap;
    }

    .left {
      display: flex;
      flex-wrap: wrap;
      gap: 0 0.375em;
      align-items: baseline;
      justify-content: end;
      margin-inline-start: auto;
    }

    .figure {
      font-size: 1.0625em;
      line-height: 1.45;
    }

    .usage {
      justify-content: space-between;
    }

    .held {
      opacity: 0.4;
    }

    .key::before {
      content: "";
      display: inline-block;
      border-radius: 50%;
      margin-inline-end: 0.5em;
      width: 0.6em;
      height: 0.6em;
      background: var(--_level);
      opacity: 0.4;
    }
  }

  @media (forced-colors: active) {
    :host([variant="utilization"]) {
      .many .pool {
        border-width: 0;
      }

      .many .pool + .pool {
        border-block-start-width: 1px;
      }

      .held {
        opacity: 1;
        fill: GrayText;
      }

      .key::before {
        border: 0.3em solid GrayText;
        width: 0;
        height: 0;
        opacity: 1;
      }
    }
  }
`;
