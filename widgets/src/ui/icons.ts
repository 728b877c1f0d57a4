import { html } from "lit";

/** One path in the common frame. */
export const icon = (path: string) =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${path}></path></svg>`;

export const coinIcon = icon("M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 5.2 3.8 3.8-3.8 3.8L8.2 12 12 8.2Z");
export const warningIcon = icon(
  "M12 9.5v4m0 3.2v.1M10.3 4.4 3 17.2a2 2 0 0 0 1.7 3h14.6a2 2 0 0 0 1.7-3L13.7 4.4a2 2 0 0 0-3.4 0Z",
);
export const clockIcon = icon("M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 4.5V12l3 2");
export const lockIcon = icon(
  "M8 11V7.5a4 4 0 0 1 8 0V11M6 11h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1Z",
);
