import { css } from "./css.ts";

/**
 * The colours of series: told apart with any of the common deficiencies, in both schemes, and each 3:1 on the surface.
 * A key has the same one everywhere; what is left over is muted.
 */
export const palette = css`
  :host {
    --_series-1: var(--credits-series-1, light-dark(#4f46e5, #8b85ff));
    --_series-2: var(--credits-series-2, light-dark(#068976, #97dfc8));
    --_series-3: var(--credits-series-3, light-dark(#d48121, #eca240));
    --_series-4: var(--credits-series-4, light-dark(#e0355b, #f32d60));
    --_series-5: var(--credits-series-5, light-dark(#1693f0, #00bdff));
    --_series-6: var(--credits-series-6, light-dark(#566300, #d2ed3f));
    --_series-7: var(--credits-series-7, light-dark(#a23faa, #ac4ac1));
    --_series-8: var(--credits-series-8, light-dark(#354d65, #a3aab7));
    --_series-other: var(--credits-series-other, light-dark(#8895a7, #72818f));
  }
`;
