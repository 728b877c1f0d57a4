import { css } from "./css.ts";

/**
 * The colours of series: told apart with any of the common deficiencies, in both schemes, and each 3:1 on the surface.
 * A key has the same one everywhere; what is left over is muted.
 */
export const palette = css`
  :host {
    --_series-1: var(--credits-series-1, light-dark(#4f46e5, #8b85ff));
    --_series-2: var(--credits-series-2, light-dark(#0d8f83, #2dd4bf));
    --_series-3: var(--credits-series-3, light-dark(#b7791f, #fbbf24));
    --_series-4: var(--credits-series-4, light-dark(#d6336c, #fb7299));
    --_series-5: var(--credits-series-5, light-dark(#0284c7, #38bdf8));
    --_series-6: var(--credits-series-6, light-dark(#4d7c0f, #a3e635));
    --_series-7: var(--credits-series-7, light-dark(#9333ea, #c99bff));
    --_series-8: var(--credits-series-8, light-dark(#475569, #94a3b8));
    --_series-other: var(--credits-series-other, light-dark(#8a94a6, #6b7585));
  }
`;
