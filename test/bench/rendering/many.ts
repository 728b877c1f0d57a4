import { kinds } from "../../leaks/elements.ts";
import type { RenderingStudio } from "../../support/rendering-studio.ts";
import type { BenchContext } from "../context.ts";
import { round } from "../report.ts";
import { measured, measureRounds } from "../rounds.ts";
import { compare, median, sum } from "../statistics.ts";
import type { Measured } from "./first-times.ts";

const FIFTY = 50;

interface Many {
  ms: number;
  sessions: number;
  streams: number;
  asked: Record<string, number>;
}

/** Fifty elements of all kinds on one page, beside one of each. */
export async function measureMany(context: BenchContext, studio: RenderingStudio): Promise<Measured> {
  let last: Many | undefined;
  const put = async (count: number) => {
    const page = await studio.open();
    await page.evaluate(`import("/credits-kit.js").then(() => undefined)`);
    last = await page.evaluate<Many>(`rendering.putMany(${JSON.stringify(kinds)}, ${count})`);
    await page.context().close();
    return last.ms;
  };
  const samples = await measureRounds(
    context,
    { oneOfEach: () => put(kinds.length), fifty: () => put(FIFTY) },
    " ms",
  );
  const [fifty, one] = [measured(samples("fifty")), measured(samples("oneOfEach"))];
  // The last of a round need not be the fifty: who asked what is the same for both.
  await put(FIFTY);
  const asked = Object.values(last?.asked ?? {});
  return {
    figures: {
      fiftyDrawnMs: round(median(fifty)),
      oneOfEachDrawnMs: round(median(one)),
      sessions: last?.sessions,
      streams: last?.streams,
      questions: asked.length,
      requests: sum(asked),
    },
    comparisons: { fiftyToOneOfEach: compare(fifty, one) },
  };
}
