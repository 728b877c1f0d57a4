import { openRenderingStudio } from "../../support/rendering-studio.ts";
import type { BenchCase } from "../context.ts";
import { ratioFigures } from "../report.ts";
import { measureFirstTimes } from "../rendering/first-times.ts";
import { measureMany } from "../rendering/many.ts";
import { measurePaging } from "../rendering/paging.ts";

/** How fast the elements of the CDN are drawn in Chromium, with a server inside the page: no network is measured. */
export const rendering: BenchCase = {
  name: "rendering",
  async run(context) {
    await using studio = await openRenderingStudio();
    const first = await measureFirstTimes(context, studio);
    const paging = await measurePaging(context, studio);
    const many = await measureMany(context, studio);
    return {
      browser: studio.browser.version(),
      ...{ ...first.figures, ...paging, ...many.figures },
      ...ratioFigures({ ...first.comparisons, ...many.comparisons }),
    };
  },
};
