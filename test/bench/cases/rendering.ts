import { openRenderingStudio } from "../../support/rendering-studio.ts";
import type { BenchCase } from "../context.ts";
import { measureFirstTimes } from "../rendering/first-times.ts";
import { measureMany } from "../rendering/many.ts";
import { measurePaging } from "../rendering/paging.ts";

/** How fast the elements of the CDN are drawn in Chromium, with a server inside the page: no network is measured. */
export const rendering: BenchCase = {
  name: "rendering",
  async run(context) {
    await using studio = await openRenderingStudio();
    return {
      browser: studio.browser.version(),
      ...(await measureFirstTimes(context, studio)),
      ...(await measurePaging(context, studio)),
      ...(await measureMany(context, studio)),
    };
  },
};
