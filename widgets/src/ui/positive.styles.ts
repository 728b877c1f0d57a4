import { css } from "./css.ts";

/** The colours of what went well; the balance alone has no use for them. */
export const positive = css`
  :host {
    --_positive: var(--credits-positive, light-dark(#067647, #47cd89));
    --_positive-soft: var(--credits-positive-soft, color-mix(in srgb, var(--_positive) 8%, var(--_surface)));
  }
`;
