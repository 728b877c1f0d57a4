import { css } from "./css.ts";

/** Grey stand-ins inside lines of the final height: what comes moves nothing. */
export const skeleton = css`
  .bone {
    display: inline-block;
    width: 5em;
    height: 0.7em;
    border-radius: 0.3em;
    background: color-mix(in srgb, var(--_text) 12%, transparent);
  }

  .figure .bone {
    width: 3em;
  }

  .symbol.bone {
    width: 1.75em;
    height: 1.75em;
  }

  @media (prefers-reduced-motion: no-preference) {
    .bone {
      animation: breathe 1s infinite alternate;
    }
  }

  @keyframes breathe {
    to {
      opacity: 0.4;
    }
  }
`;
