import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { heldBy, openRenderingStudio, type RenderingStudio, SMALL } from "../support/rendering-studio.ts";
import { type Standing, standings } from "./elements.ts";

/** Files come, and the engine makes what it makes once. */
const WARM_UP = 20;
const CYCLES = 40;
const AT_ONCE = 5;
/** An element that left one node or listener behind would leave forty; some are the engine's own. */
const MOST = 20;

let studio: RenderingStudio;
before(async () => {
  studio = await openRenderingStudio();
});
after(() => studio[Symbol.asyncDispose]());

for (const standing of standings) {
  const { tag, attributes, opens } = standing;
  test(`<${[tag, attributes].join(" ").trim()}> leaves nothing behind, ${CYCLES} times put on a page, opened and removed`, async () => {
    const page = await studio.open(SMALL);
    await page.evaluate(`import("/${tag}.js").then(() => undefined)`);
    await mount(page, standing, WARM_UP);
    const before = await heldBy(page);
    const mounts = await mount(page, standing, CYCLES);
    const held = await heldBy(page);
    if (opens) assert.ok(mounts.open >= AT_ONCE, "nothing was open when it was removed");
    assert.equal(mounts.streams, 0, "streams that nobody reads");
    assert.equal(
      await page.evaluate<number>("rendering.countKept()"),
      0,
      "elements that are still in memory",
    );
    assert.ok(held.nodes - before.nodes < MOST, `nodes: ${before.nodes}, then ${held.nodes}`);
    assert.ok(
      held.listeners - before.listeners < MOST,
      `listeners: ${before.listeners}, then ${held.listeners}`,
    );
    await page.context().close();
  });
}

function mount(page: Page, { tag, attributes }: Standing, count: number) {
  const cycles = JSON.stringify({ tag, attributes, count, atOnce: AT_ONCE });
  return page.evaluate<{ open: number; streams: number }>(`rendering.mountAndUnmount(${cycles})`);
}
