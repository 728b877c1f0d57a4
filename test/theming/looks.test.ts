import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { PNG } from "pngjs";
import config from "../../vite.config.ts";
import { themes } from "../../widgets/scripts/themes.ts";
import { openSceneBrowser, type SceneBrowser, type SceneName, scenesOf, show } from "./scene-page.ts";
import { documentedElements, FLIPS } from "./tokens.ts";

let scenes: SceneBrowser;
before(async () => {
  scenes = await openSceneBrowser();
});
after(() => scenes[Symbol.asyncDispose]());

const CHART: SceneName = { element: "credits-usage-chart", name: "loaded" };
const READY = ["default", "high-contrast", "minimal"];

/** `--credits-text-muted` as `appearance` calls it. */
const nameOf = (token: string) =>
  token.replace("--credits-", "").replace(/-(\w)/g, (_, sign: string) => sign.toUpperCase());

/** The scene that tells most of an element: with data, as the first one after loading. */
async function typicalScenes(page: Page): Promise<SceneName[]> {
  const all = await scenesOf(page);
  return documentedElements().flatMap(({ name }) => {
    const own = all.filter(({ element }) => element === name);
    const dialog = own.find((scene) => scene.name === "dialog");
    const typical = ["loaded", "overview", "active"]
      .map((one) => own.find((scene) => scene.name === one))
      .find(Boolean);
    return [typical ?? own.at(-1), dialog].filter((scene) => scene !== undefined);
  });
}

async function pixelsOf(page: Page): Promise<Buffer> {
  await page.evaluate("theming.settled()");
  return PNG.sync.read(await page.screenshot()).data;
}

test("appearance and CSS give the same pixels, which are others than those without", async () => {
  const page = await scenes.open();
  const appearance = Object.fromEntries(
    Object.entries(FLIPS).map(([token, value]) => [nameOf(token), value]),
  );
  const rules = Object.entries(FLIPS).map(([token, value]) => `${token}: ${value};`);
  for (const scene of await typicalScenes(page)) {
    const what = `${scene.element}, ${scene.name}`;
    await show(page, scene);
    const without = await pixelsOf(page);
    await page.evaluate(`theming.style(${JSON.stringify(`${scene.element} { ${rules.join(" ")} }`)})`);
    const byCss = await pixelsOf(page);
    await show(page, scene);
    await page.evaluate(`theming.shown().appearance = ${JSON.stringify(appearance)}`);
    assert.ok((await pixelsOf(page)).equals(byCss), `${what} looks the same by appearance`);
    assert.ok(!byCss.equals(without), `${what} follows`);
  }
  await page.context().close();
});

test("a live switch between light and dark recolours a chart's canvas without drawing it anew", async () => {
  const page = await scenes.open();
  await show(page, CHART);
  await page.evaluate("theming.keepCanvas()");
  const pixels = async () => {
    await page.evaluate("theming.settled()");
    assert.equal(await page.evaluate("theming.isKept()"), true);
    return page.evaluate("theming.pixels()");
  };
  const light = await pixels();
  await page.evaluate(`theming.shown().theme = "dark"`);
  const dark = await pixels();
  assert.notEqual(dark, light, "by the element's own theme");
  await page.evaluate(`theming.shown().theme = undefined`);
  assert.equal(await pixels(), light);
  await page.evaluate(`document.documentElement.style.colorScheme = "dark"`);
  assert.equal(await pixels(), dark, "by the page's color-scheme");
  await page.evaluate(`document.documentElement.style.colorScheme = ""`);
  assert.equal(await pixels(), light);
  await page.emulateMedia({ colorScheme: "dark" });
  assert.equal(await pixels(), dark, "by the person's system");
  await page.context().close();
});

test("a chart that is not displayed while the scheme changes has the other colours once it is", async () => {
  const page = await scenes.open();
  await show(page, CHART);
  const pixels = async () => {
    await page.evaluate("theming.settled()");
    return page.evaluate("theming.pixels()");
  };
  const light = await pixels();
  await page.evaluate(`document.documentElement.style.colorScheme = "dark"`);
  const dark = await pixels();
  assert.notEqual(dark, light);
  for (const [scheme, expected] of [
    ["light", light],
    ["dark", dark],
  ]) {
    await page.evaluate("theming.stage.hidden = true");
    await page.evaluate("theming.settled()");
    await page.evaluate(`document.documentElement.style.colorScheme = "${String(scheme)}"`);
    await page.evaluate("theming.settled()");
    await page.evaluate("theming.stage.hidden = false");
    assert.ok((await pixels()) === expected, `${String(scheme)}, once it is shown`);
  }
  await page.context().close();
});

test("a chart is drawn once for a switch of its colours, and not at all while it is refreshed", async () => {
  const page = await scenes.open({ reducedMotion: "no-preference" });
  await show(page, CHART);
  await page.evaluate(`(() => {
    const { clearRect } = CanvasRenderingContext2D.prototype;
    globalThis.drawn = 0;
    CanvasRenderingContext2D.prototype.clearRect = function (...args) {
      globalThis.drawn += 1;
      clearRect.apply(this, args);
    };
  })()`);
  const drawnBy = async (act: string) => {
    await page.evaluate(`(globalThis.drawn = 0, ${act})`);
    for (let turn = 0; turn < 3; turn += 1) await page.evaluate("theming.settled()");
    return page.evaluate("globalThis.drawn");
  };
  assert.equal(await drawnBy(`document.documentElement.style.colorScheme = "dark"`), 1);
  assert.equal(await drawnBy(`theming.shown().theme = "light"`), 1);
  const body = `theming.shown().shadowRoot.querySelector(".body.split")`;
  assert.equal(await drawnBy(`${body}.classList.add("waiting")`), 0);
  assert.equal(await drawnBy(`${body}.classList.remove("waiting")`), 0);
  await page.context().close();
});

test("two themes stand on one page, one inside the other too, and default gives back what it was", async () => {
  const page = await scenes.open();
  for (const name of READY) await page.addStyleTag({ url: `/themes/${name}.css` });
  await page.evaluate(`for (const [id, inside] of Object.entries({ plain: "", first: "minimal", second: "high-contrast" })) {
    const place = document.createElement("section");
    place.id = id;
    place.dataset.creditsTheme = inside;
    for (const theme of ["", "minimal", "default"]) {
      const inner = document.createElement("div");
      if (theme) inner.dataset.creditsTheme = theme;
      place.append(inner);
    }
    theming.stage.append(place);
  }`);
  const put = (place: string) =>
    page.evaluate(`theming.putInto(document.querySelector("${place}"), "credits-balance", "several-pools")`);
  const lookOf = async (place: string) => {
    await put(place);
    return String(await page.evaluate(`theming.lookOf(document.querySelector("${place}"))`));
  };
  const base = (place: string) =>
    page.evaluate(`(() => {
      const style = getComputedStyle(document.querySelector("${place} credits-balance").shadowRoot.querySelector(".base"));
      return [style.borderTopWidth, style.paddingTop, style.backgroundColor, style.color].join(" ");
    })()`);
  const plain = await lookOf("#plain > :nth-child(1)");
  for (const place of ["#first > :nth-child(1)", "#second > :nth-child(1)", "#second > :nth-child(2)"])
    await put(place);
  assert.equal(await base("#first > :nth-child(1)"), "0px 0px rgba(0, 0, 0, 0) rgb(16, 24, 40)");
  assert.equal(await base("#second > :nth-child(1)"), "2px 20px rgb(255, 255, 255) rgb(0, 0, 0)");
  assert.equal(await base("#second > :nth-child(2)"), "0px 0px rgba(0, 0, 0, 0) rgb(0, 0, 0)");
  assert.equal(await lookOf("#second > :nth-child(3)"), plain);
  assert.equal(await lookOf("#first > :nth-child(3)"), plain);
  await page.context().close();
});

test("what a host says on the same element wins over a ready theme", async () => {
  const page = await scenes.open();
  await page.addStyleTag({ content: ":root { --credits-padding: 5px }" });
  await page.addStyleTag({ url: "/themes/minimal.css" });
  await page.evaluate(`document.documentElement.dataset.creditsTheme = "minimal"`);
  await show(page, { element: "credits-balance", name: "loaded" });
  const padding = `getComputedStyle(theming.shown().shadowRoot.querySelector(".base")).paddingTop`;
  assert.equal(await page.evaluate(padding), "5px");
  await page.context().close();
});

test("the ready themes lie beside the elements in the CDN build", async () => {
  const plugins = [config.plugins].flat();
  assert.ok(plugins.some((plugin) => plugin && "name" in plugin && plugin.name === "cdn-themes"));
  const { generateBundle } = themes();
  const emitted: string[] = [];
  assert.ok(typeof generateBundle === "function");
  await Reflect.apply(
    generateBundle,
    { emitFile: ({ fileName }: { fileName: string }) => emitted.push(fileName) },
    [],
  );
  assert.deepEqual(
    emitted,
    READY.map((name) => `themes/${name}.css`),
  );
});
