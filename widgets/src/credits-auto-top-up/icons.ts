import { icon } from "../ui/icons.ts";

/** Round and round: what happens again by itself. */
export const refreshIcon = icon(
  "M4.5 11a7.5 7.5 0 0 1 13-4l2 2m0-5v5h-5m5 4a7.5 7.5 0 0 1-13 4l-2-2m0 5v-5h5",
);
