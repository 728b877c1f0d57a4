import { css } from "lit";

/** Grey stand-ins inside lines of the final height: what comes moves nothing. */
export const skeleton = css`
  .bone {
    display: inline-block;
    block-size: 0.7em;
    border-radius: 0.35em;
    background: color-mix(in srgb, var(--_muted) 22%, var(--_surface));
    vertical-align: baseline;
    animation: breathe 1.6s ease-in-out infinite alternate;
  }

  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .bone {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .bone {
      background: GrayText;
    }
  }
`;
