import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { openSceneBrowser, type SceneBrowser, scenesOf, show, textsOf } from "./scene-page.ts";
import { documentedElements, FLIPS } from "./tokens.ts";

/** Wide enough for everything side by side, and as narrow as a phone: some parts are in one of the two only. */
const WIDTHS_PX = [1_100, 360];

let scenes: SceneBrowser;
before(async () => {
  scenes = await openSceneBrowser();
});
after(() => scenes[Symbol.asyncDispose]());

const elements = documentedElements();

test("there are elements to be held to what they document", () => {
  assert.ok(elements.length >= 5);
});

for (const { name, parts, tokens } of elements) {
  test(`each part and token of ${name} is alive, and it reads no other`, async () => {
    const page = await scenes.open();
    const own = (await scenesOf(page)).filter(({ element }) => element === name);
    assert.notEqual(own.length, 0, `widgets/src/testing/scenes has no scene of ${name}`);
    const dead = { parts: new Set(parts), tokens: new Set(tokens) };
    const undocumented = new Set<string>();
    for (const width of WIDTHS_PX) {
      await page.setViewportSize({ width, height: 900 });
      for (const scene of own) {
        const isNarrow = width !== WIDTHS_PX[0];
        if (isNarrow && dead.parts.size + dead.tokens.size === 0) break;
        await show(page, scene);
        for (const part of await liveParts(page, [...dead.parts])) dead.parts.delete(part);
        await page.evaluate("theming.focusFirst()");
        for (const token of await liveTokens(page, [...dead.tokens])) dead.tokens.delete(token);
        if (isNarrow) continue;
        const others = Object.keys(FLIPS).filter(
          (token) => !tokens.includes(token) && !undocumented.has(token),
        );
        for (const token of await liveAmong(page, others)) undocumented.add(token);
      }
    }
    assert.deepEqual([...dead.parts], [], "parts that are nowhere, or cannot be styled");
    assert.deepEqual([...dead.tokens], [], "tokens that change nothing");
    assert.deepEqual([...undocumented], [], "tokens that it follows and does not document");
    await page.context().close();
  });
}

async function liveParts(page: Page, parts: readonly string[]): Promise<string[]> {
  if (parts.length === 0) return [];
  return textsOf(await page.evaluate(`theming.liveParts(${JSON.stringify(parts)})`));
}

async function liveTokens(page: Page, tokens: readonly string[]): Promise<string[]> {
  if (tokens.length === 0) return [];
  const unknown = tokens.filter((token) => !Object.hasOwn(FLIPS, token));
  assert.deepEqual(unknown, [], "tokens that test/theming/tokens.ts has no other value for");
  const flips = Object.fromEntries(tokens.map((token) => [token, FLIPS[token]]));
  return textsOf(await page.evaluate(`theming.liveTokens(${JSON.stringify(flips)})`));
}

/** As a rule none is: all at once first, and one by one where something changed. */
async function liveAmong(page: Page, tokens: readonly string[]): Promise<string[]> {
  const flips = Object.fromEntries(tokens.map((token) => [token, FLIPS[token]]));
  const isOne = await page.evaluate(`theming.changesAny(${JSON.stringify(flips)})`);
  return isOne === true ? liveTokens(page, tokens) : [];
}
