import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { PNG } from "pngjs";
import { differenceOf } from "../screenshots/compare.ts";
import { openSceneBrowser, type SceneBrowser, type SceneName, show } from "../theming/scene-page.ts";
import { documentedElements } from "../theming/tokens.ts";
import { HARMLESS, STRIPPING } from "./host-styles.ts";
import { unusableOn } from "./usable.ts";

const DESK = { width: 1_200, height: 900 };
const PHONE = { width: 360, height: 800 };

/** The scene that has most of an element's own to be styled, and what lies above the page. */
const SCENES: readonly SceneName[] = [
  { element: "credits-balance", name: "several-pools" },
  { element: "credits-balance", name: "history" },
  { element: "credits-usage-chart", name: "loaded" },
  { element: "credits-grants-table", name: "loaded" },
  { element: "credits-ledger", name: "loaded" },
  { element: "credits-top-up", name: "own-amount" },
  { element: "credits-top-up", name: "dialog" },
  { element: "credits-auto-top-up", name: "active" },
  { element: "credits-utilization-portal", name: "overview" },
];
const ABOVE = ["dialog", "history"];

let scenes: SceneBrowser;
before(async () => {
  scenes = await openSceneBrowser();
});
after(() => scenes[Symbol.asyncDispose]());

/** What the page says, after all sheets that are there. */
const say = (page: Page, css: string) =>
  page.evaluate(`(() => {
    globalThis.hostile ??= new CSSStyleSheet();
    hostile.replaceSync(${JSON.stringify(css)});
    if (!document.adoptedStyleSheets.includes(hostile)) document.adoptedStyleSheets.push(hostile);
  })()`);

/** The scene that is shown: with all around it where it lies above the page, else what is in the host element. */
async function pictureOf(page: Page, { element, name }: SceneName): Promise<PNG> {
  await page.evaluate("theming.settled()");
  const picture = ABOVE.includes(name)
    ? page.screenshot()
    : page.locator(`${element} [part~=base]`).first().screenshot();
  return PNG.sync.read(await picture);
}

/** What is other than it was; nothing where a person sees the same. */
function differs(name: string, actual: PNG, expected: PNG): string[] {
  const { width, height } = expected;
  const found = differenceOf(actual, expected, [{ name, left: 0, top: 0, width, height }]);
  return found ? [`${name}: ${found.text}`] : [];
}

test("every element stands among the scenes that host pages are tried on", () => {
  const tried = SCENES.map(({ element }) => element);
  assert.deepEqual(
    documentedElements().flatMap(({ name }) => (tried.includes(name) ? [] : [name])),
    [],
  );
});

test("no rule of a host page is seen inside an element: not for tags or classes, not inherited, not a root of 62.5 %", async () => {
  const page = await scenes.open();
  const found: string[] = [];
  for (const scene of SCENES) {
    await say(page, "");
    await show(page, scene);
    const plain = await pictureOf(page, scene);
    for (const [name, css] of Object.entries(HARMLESS)) {
      await say(page, css);
      found.push(...differs(`${scene.element} ${scene.name}, ${name}`, await pictureOf(page, scene), plain));
    }
  }
  assert.deepEqual(found, []);
  await page.context().close();
});

test("a page that takes all styles from everything on it leaves each element whole, readable and usable", async () => {
  const page = await scenes.open();
  const found: string[] = [];
  for (const scene of SCENES) {
    // The font is the page's, and so is how the host element is displayed: then it cannot know how wide its place is.
    await say(page, `html, body, main { all: unset; display: block; } ${scene.element} { display: inline; }`);
    await show(page, scene);
    const bare = await pictureOf(page, scene);
    for (const [name, css] of Object.entries(STRIPPING)) {
      const what = `${scene.element} ${scene.name}, ${name}`;
      // What is text in the head is none of ours.
      await say(page, `${css} head, script { display: none !important; }`);
      found.push(...differs(what, await pictureOf(page, scene), bare));
    }
    // What lies above the page covers some of it, as it should.
    if (ABOVE.includes(scene.name)) continue;
    await page.setViewportSize(PHONE);
    // A canvas takes its new size some frames later.
    for (let turn = 0; turn < 4; turn += 1) await page.evaluate("theming.settled()");
    for (const problem of await unusableOn(page))
      found.push(`${scene.element} ${scene.name}, on a phone: ${problem}`);
    await page.setViewportSize(DESK);
  }
  assert.deepEqual(found, []);
  await page.context().close();
});
