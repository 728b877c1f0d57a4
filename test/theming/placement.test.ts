import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openSceneBrowser, type SceneBrowser, scenesOf, show, textsOf } from "./scene-page.ts";
import { documentedElements, widgetSources } from "./tokens.ts";

const PHONE_PX = 360;
const TABLET_PX = 700;
const DESK_PX = 1_100;

/** What a finger needs: 44 px, less what half a pixel of a hairline or a rounding takes. */
const FINGER_PX = 43;

const READERS = [
  ["letters of 200 %", "32px", "ltr"],
  ["from right to left", "16px", "rtl"],
  ["plain", "16px", "ltr"],
] as const;

/**
 * What comes after which skeleton, and by how many CSS pixels the element may then be taller or lower: by a rounding where
 * it knows what comes, by more where only the answer tells: how many pools there are and whether there is something to tell
 * of one, whether a package has a label, whether anything is set, how many rows there are.
 */
const ARRIVALS: readonly { element: string; from: string; to: string; mostPx: number }[] = [
  { element: "credits-balance", from: "loading", to: "focused", mostPx: 1 },
  { element: "credits-balance", from: "loading", to: "low", mostPx: 50 },
  { element: "credits-balance", from: "loading", to: "several-pools", mostPx: 545 },
  { element: "credits-balance", from: "compact-loading", to: "compact-loaded", mostPx: 1 },
  { element: "credits-usage-chart", from: "loading", to: "three-series", mostPx: 1 },
  { element: "credits-top-up", from: "loading", to: "loaded", mostPx: 16 },
  { element: "credits-auto-top-up", from: "loading", to: "empty", mostPx: 44 },
  { element: "credits-grants-table", from: "loading", to: "pages", mostPx: 200 },
  { element: "credits-ledger", from: "loading", to: "loaded", mostPx: 320 },
  { element: "credits-utilization-portal", from: "loading", to: "overview", mostPx: 16 },
];

let scenes: SceneBrowser;
before(async () => {
  scenes = await openSceneBrowser();
});
after(() => scenes[Symbol.asyncDispose]());

test("sizes of letters are in em throughout", () => {
  const found = [...widgetSources()].flatMap(([path, text]) =>
    [...text.matchAll(/^\s*font(-size)?:[^;]*\d(px|rem|pt)\b[^;]*;/gm)].map(
      ([line]) => `${path}: ${line.trim()}`,
    ),
  );
  // In a drawing with a viewBox of its own a pixel is a share of the drawing.
  assert.deepEqual(
    found.filter((line) => !/utilization/.test(line)),
    [],
  );
});

for (const { name } of documentedElements()) {
  test(`${name} fits a phone in every state: large letters, from right to left, with nothing moving or misread`, async () => {
    const page = await scenes.open({ viewport: { width: PHONE_PX, height: 800 } });
    const problems: string[] = [];
    const own = (await scenesOf(page)).filter(({ element }) => element === name);
    assert.notEqual(own.length, 0, `widgets/src/testing/scenes has no scene of ${name}`);
    for (const scene of own) {
      const note = async (how: string, call: string) => {
        const nodes = textsOf(await page.evaluate(`theming.${call}()`));
        for (const node of nodes) problems.push(`${scene.name}, ${how}: ${node}`);
      };
      for (const [how, fontSize, dir] of READERS) {
        await page.evaluate(
          `(theming.stage.style.fontSize = "${fontSize}", document.documentElement.dir = "${dir}")`,
        );
        await show(page, scene);
        await note(`${how}, too wide`, "overflowing");
      }
      await note("moves", "moving");
      await note("nobody wrote", "slips");
      await page.evaluate(`theming.shown().hidden = true`);
      const height = await page.evaluate("theming.height()");
      if (height !== 0) problems.push(`${scene.name}: hidden, it is ${String(height)} px high`);
    }
    assert.deepEqual(problems, []);
    await page.context().close();
  });
}

test("a finger gets 2.75em everywhere, whatever the height of controls is", async () => {
  const page = await scenes.open({ viewport: { width: 800, height: 900 }, hasTouch: true, isMobile: true });
  assert.equal(await page.evaluate(`matchMedia("(pointer: coarse)").matches`), true);
  const low = new Set<string>();
  for (const scene of await scenesOf(page)) {
    await show(page, scene);
    for (const height of ["", "1.5em"]) {
      await page.evaluate(
        `document.documentElement.style.setProperty("--credits-control-height", "${height}")`,
      );
      for (const node of textsOf(await page.evaluate(`theming.lowerThan(${FINGER_PX})`)))
        low.add(`${scene.element}: ${node}${height && `, with controls of ${height}`} (${scene.name})`);
    }
  }
  assert.equal(low.size, 0, [...low].join("\n"));
  await page.context().close();
});

for (const pointer of ["mouse", "finger"]) {
  test(`what comes moves nothing below it, with a ${pointer}: a skeleton is as high as what it stands for`, async () => {
    const isFinger = pointer === "finger";
    const page = await scenes.open({ hasTouch: isFinger, isMobile: isFinger });
    const heightOf = async (element: string, name: string) => {
      await show(page, { element, name });
      return Number(await page.evaluate("theming.height()"));
    };
    const shifts: string[] = [];
    for (const width of [PHONE_PX, TABLET_PX, DESK_PX]) {
      await page.setViewportSize({ width, height: 900 });
      for (const { element, from, to, mostPx } of ARRIVALS) {
        const [before, later] = [await heightOf(element, from), await heightOf(element, to)];
        if (Math.abs(later - before) > mostPx)
          shifts.push(`${element} at ${width} px: ${from} ${before}, ${to} ${later}`);
      }
    }
    assert.deepEqual(shifts, []);
    await page.context().close();
  });
}

test("what comes has been measured of every element", () => {
  const elements = new Set(ARRIVALS.map(({ element }) => element));
  assert.deepEqual(
    documentedElements()
      .map(({ name }) => name)
      .filter((name) => !elements.has(name)),
    [],
  );
});
