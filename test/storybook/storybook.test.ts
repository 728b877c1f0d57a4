import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { PNG } from "pngjs";
import { SHOWN } from "../../storybook/theming/shown.ts";
import { openSceneBrowser, type SceneBrowser, type SceneName, scenesOf } from "../theming/scene-page.ts";
import { type BuiltStorybook, buildStorybook, type Frame } from "./built-storybook.ts";

let built: BuiltStorybook;
let browser: SceneBrowser;
let scenes: SceneName[];
let plain: Page;
let frame: Frame;
let elements: string[];

before(async () => {
  [built, browser] = await Promise.all([buildStorybook(), openSceneBrowser()]);
  plain = await browser.open({ viewport: { width: 1_280, height: 900 } });
  scenes = await scenesOf(plain);
  elements = [...new Set(scenes.map(({ element }) => element))];
  frame = await built.open(browser.browser);
});
after(async () => {
  await browser?.[Symbol.asyncDispose]();
  await built?.[Symbol.asyncDispose]();
});

test("every designed state of every element is a story, and there are no others but a playground for each", () => {
  const stories = Object.entries(built.entries)
    .filter(([, { title, type }]) => title.startsWith("Elements/") && type === "story")
    .map(([id]) => id);
  const expected = [
    ...scenes.map(({ element, name }) => `elements-${element}--${name}`),
    ...elements.map((element) => `elements-${element}--playground`),
  ];
  assert.deepEqual(stories.sort(), expected.sort());
  assert.equal(scenes.length, new Set(scenes.map(({ element, name }) => `${element} ${name}`)).size);
});

/** What a session and a played API give an element. */
async function hasContent(element: string): Promise<void> {
  const parts = ["[part~=balance]", "[part~=status]", "[part~=title]", "td", "canvas"];
  await frame.page.locator(`${element} :is(${parts.join()})`).first().waitFor();
  assert.equal(await frame.page.locator(`${element} [part~=retry-button]`).count(), 0, element);
}

test("every page is drawn without a complaint, those of the elements with a playground that works", async () => {
  const pages = Object.keys(built.entries).filter((id) => built.entries[id]?.type === "docs");
  for (const name of ["plain-html", "react", "vue", "angular", "svelte"])
    assert.ok(pages.includes(`usage-${name}--docs`), name);
  assert.ok(pages.includes("theming-tokens-and-parts--docs"));
  for (const id of pages) {
    await frame.show(id);
    const element = elements.find((one) => id === `elements-${one}--docs`);
    if (element) await hasContent(element);
    assert.deepEqual(frame.complaints(), [], id);
  }
});

test("the page of tokens and parts has what the elements document", async () => {
  await frame.show("theming-tokens-and-parts--docs");
  const text = await frame.page.locator("#storybook-docs").innerText();
  for (const said of ["--credits-accent", "--credits-series-8", "::part(sparkline)", "::part(select-button)"])
    assert.ok(text.includes(said), said);
});

test("the page of an element has its attributes, events and parts", async () => {
  await frame.show("elements-credits-balance--docs");
  const text = await frame.page.locator("#storybook-docs").innerText();
  for (const said of [
    "history-url",
    "credits-top-up-request",
    "top-up-button",
    "--credits-accent",
    "actions",
  ])
    assert.ok(text.includes(said), said);
});

test("the playground of an element hears of what happens, and of its controls", async () => {
  const id = "elements-credits-balance--playground";
  await frame.show(id);
  const figure = frame.page.locator("credits-balance [part~=balance]");
  await figure.getByText("1,240").waitFor();
  await frame.page.getByRole("button", { name: "spend 20" }).click();
  await figure.getByText("1,220").waitFor();
  await frame.setControls(id, { variant: "compact" });
  assert.equal(await frame.page.locator("credits-balance").getAttribute("variant"), "compact");
  await frame.setControls(id, { answers: "not: forbidden" });
  await frame.page.locator("credits-balance [part~=message]").waitFor();
});

test("what the toolbar says reaches the element", async () => {
  await frame.show("elements-credits-balance--loaded");
  const base = frame.page.locator("credits-balance [part~=base]");
  const look = (property: string) =>
    frame.page.evaluate<string>(
      `getComputedStyle(document.querySelector("credits-balance").shadowRoot.querySelector("[part~=base]")).getPropertyValue("${property}")`,
    );
  assert.deepEqual(await Promise.all(["direction", "background-color"].map(look)), [
    "ltr",
    "rgb(255, 255, 255)",
  ]);
  await frame.setGlobals({ locale: "ar", scheme: "dark", width: "360px" });
  await base.getByText("شحن الرصيد").waitFor();
  assert.deepEqual(await Promise.all(["direction", "background-color", "width"].map(look)), [
    ...["rtl", "rgb(22, 24, 29)", "318px"],
  ]);
  await frame.setGlobals({ locale: "ar", direction: "ltr", theme: "minimal" });
  assert.deepEqual(await Promise.all(["direction", "padding-top", "border-top-width"].map(look)), [
    ...["ltr", "0px", "0px"],
  ]);
  await frame.setGlobals({ locale: "en", direction: "auto", theme: "none", scheme: "light", width: "full" });
  assert.deepEqual(frame.complaints(), []);
});

/** Of 255: what the edge of a round corner differs by in a layer of another place. Colours that anyone sees differ by more. */
const ROUNDING = 8;

/** By how much the colours of two pictures differ at most. */
function differenceOf(one: Buffer, other: Buffer): number {
  const [a, b] = [PNG.sync.read(one), PNG.sync.read(other)];
  if (a.width !== b.width || a.height !== b.height) return 255;
  return a.data.reduce((most, value, index) => Math.max(most, Math.abs(value - (b.data[index] ?? 0))), 0);
}

test("a page with the style sheet of the theming playground has the same pixels", async () => {
  const { page } = frame;
  await frame.show("theming-playground--playground");
  const fields: Record<string, string> = {
    ...{
      "accent light": "#b4540a",
      "accent dark": "#ffb454",
      "surface dark": "#2b1d12",
      "text light": "#431407",
    },
    ...{ radius: "1.6", "radius-control": "0", padding: "1.75", "border-width": "2", "font-size": "14" },
  };
  for (const [name, value] of Object.entries(fields)) await page.fill(`[name="--credits-${name}"]`, value);
  await page.selectOption("[name='--credits-font-family']", { label: "mono" });
  const css = await page.inputValue("theming-playground [name=css]");
  assert.match(css, /^:root \{\n {2}--credits-accent: light-dark\(#b4540a, #ffb454\);/);
  assert.equal(css.split("\n").length, 3 + 8 + 1);
  for (const scheme of ["light", "dark"]) {
    await frame.setGlobals({ scheme });
    for (const [element, name] of SHOWN) {
      const here = page.locator(`theming-playground ${element}`);
      const wanted = await here.screenshot({ animations: "disabled" });
      const { x, y, width } = await page.evaluate<Record<"x" | "y" | "width", number>>(
        `document.querySelector("theming-playground ${element}").getBoundingClientRect().toJSON()`,
      );
      const place = `position: absolute; left: ${x}px; top: ${y}px; width: ${width}px; padding: 0 0 200px !important`;
      const ground = `color-scheme: ${scheme}; background: light-dark(#f2f3f5, #0b0c0e)`;
      const sheet = `${css} :root { ${ground} } main { ${place} }`;
      await plain.evaluate(
        `theming.show("${element}", "${name}").then(() => {
          theming.style(${JSON.stringify(sheet)});
          return theming.settled();
        })`,
      );
      const got = await plain.locator(element).screenshot({ animations: "disabled" });
      assert.ok(differenceOf(got, wanted) <= ROUNDING, `${element} in ${scheme}`);
    }
  }
  assert.deepEqual(frame.complaints(), []);
});
