import { heldBy, openRenderingStudio, type RenderingStudio, SMALL } from "../../support/rendering-studio.ts";
import { type Standing, standings } from "../../leaks/elements.ts";
import type { BenchCase, Figures } from "../context.ts";
import { round } from "../report.ts";

/** Code is compiled and caches are filled by then. */
const FIRST = 100;
const CYCLES = 1_000;
/** A node with its listeners is more than this; less is what the engine learns of code that runs often. */
const MOST_BYTES_A_CYCLE = 512;

/**
 * What an element leaves in memory: put on a page, drawn, opened, moved and removed a hundred times and then a thousand
 * times more, with the garbage collected after each.
 */
export const mounting: BenchCase = {
  name: "mounting",
  async run({ log }) {
    await using studio = await openRenderingStudio();
    const figures: Figures = {};
    for (const standing of standings) {
      const name = `${standing.tag} ${standing.attributes}`.trim();
      figures[name] = await measure(studio, standing);
      log(`${name}: ${JSON.stringify(figures[name])}`);
    }
    return { cycles: CYCLES, mostBytesPerCycle: MOST_BYTES_A_CYCLE, ...figures };
  },
};

async function measure(studio: RenderingStudio, { tag, attributes }: Standing) {
  const page = await studio.open(SMALL);
  const mount = (count: number) => {
    const cycles = JSON.stringify({ tag, attributes, count, atOnce: 1 });
    return page.evaluate<{ streams: number }>(`rendering.mountAndUnmount(${cycles})`);
  };
  await page.evaluate(`import("/${tag}.js").then(() => undefined)`);
  await mount(FIRST);
  const before = await heldBy(page);
  const startMs = performance.now();
  const { streams } = await mount(CYCLES);
  const cycleMs = (performance.now() - startMs) / CYCLES;
  const after = await heldBy(page);
  const kept = await page.evaluate<number>("rendering.countKept()");
  await page.context().close();
  return {
    heapKb: round(before.heapBytes / 1024),
    bytesPerCycle: round((after.heapBytes - before.heapBytes) / CYCLES),
    nodes: after.nodes - before.nodes,
    listeners: after.listeners - before.listeners,
    elements: kept,
    streams,
    cycleMs: round(cycleMs),
  };
}
