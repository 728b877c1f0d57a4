import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { chromium, type Page } from "playwright-core";
import { chromiumArgs } from "../support/chromium.ts";
import { unpackChromium } from "../support/packaged-chromium.ts";
import { listen } from "../support/widget-listen.ts";
import type { Look } from "./looks.ts";
import { measureOf } from "./looks.ts";

const require = createRequire(import.meta.url);

const FONTS = [
  ...[400, 500, 600].map((weight) => ({
    family: "Inter",
    file: `inter/files/inter-latin-${weight}`,
    weight,
  })),
  ...[400, 500, 600].map((weight) => ({
    family: "Noto Sans Arabic",
    file: `noto-sans-arabic/files/noto-sans-arabic-arabic-${weight}`,
    weight,
  })),
];

const VIEWPORT_HEIGHT_PX = 900;

const STYLE = `
  ${FONTS.map(
    ({ family, file, weight }) =>
      `@font-face{font-family:"${family}";font-weight:${weight};src:url("/fonts/${file}-normal.woff2")}`,
  ).join("")}
  html { font: 16px/1.5 Inter, "Noto Sans Arabic", sans-serif; background: light-dark(#f2f3f5, #0b0c0e); }
  body { margin: 0; }
  #frame { box-sizing: border-box; padding: 12px; min-height: 40px; }
  #caption { margin: 0 0 8px; direction: ltr; color: light-dark(#5b6472, #9aa4b2); font-size: 12px; }
`;

const PAGE = `<!doctype html><title>Scenes</title><link rel="stylesheet" href="/style.css">
<div id="frame"><p id="caption"></p><div id="host"></div></div>`;

/** A scene's name among all of them. */
export interface SceneName {
  readonly element: string;
  readonly name: string;
}

/** A browser in which scenes are looked at. */
export interface ScreenshotStudio extends AsyncDisposable {
  /** The page itself; in it `all.scenes` can be put anywhere. */
  readonly page: Page;
  readonly scenes: readonly SceneName[];
  shoot(scene: SceneName, look: Look): Promise<Buffer>;
}

/**
 * Opens the pinned browser on a page with nothing but the scenes, the fonts of npm packages, and a clock that stands.
 * @param files the built widgets by name; `scenes.js` exports the scenes
 */
export async function openStudio(files: ReadonlyMap<string, string>): Promise<ScreenshotStudio> {
  const host = await listen(
    createServer((request, response) => {
      void answer(request.url ?? "/", files).then(
        ({ type, body }) => response.writeHead(200, { "content-type": type }).end(body),
        () => response.writeHead(404).end(),
      );
    }),
  );
  const browser = await chromium.launch({
    executablePath: await unpackChromium(),
    args: [...chromiumArgs, "--font-render-hinting=none", "--force-color-profile=srgb"],
  });
  const page = await browser.newPage({ reducedMotion: "reduce", locale: "en-US", timezoneId: "UTC" });
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  const scenes = await openScenes(page, host.origin);
  await bringAll(page, [...files.keys()]);
  return {
    page,
    scenes,
    async shoot({ element, name }, look) {
      const { widthPx } = measureOf(element, look);
      await page.setViewportSize({ width: widthPx, height: VIEWPORT_HEIGHT_PX });
      await page.emulateMedia({ colorScheme: look.scheme });
      const heightPx = await page.evaluate<number>(`show(${JSON.stringify({ element, name, look })})`);
      const [problem] = problems.splice(0);
      if (problem !== undefined) throw new Error(`${element} ${name}: ${problem}`);
      const clip = { x: 0, y: 0, width: widthPx, height: heightPx };
      return page.screenshot({ clip, fullPage: true, animations: "disabled" });
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await host[Symbol.asyncDispose]();
    },
  };
}

/** Files that elements ask for later are there already: no picture depends on when they come. */
async function bringAll(page: Page, names: readonly string[]): Promise<void> {
  const chunks = names.filter((name) => name.startsWith("chunks/") && name.endsWith(".js"));
  await page.evaluate(`Promise.all(${JSON.stringify(chunks)}.map((name) => import("/" + name)))`);
}

/** Loads the scenes into a fresh page. */
async function openScenes(page: Page, origin: string): Promise<SceneName[]> {
  await page.goto(origin);
  const moment = await page.evaluate<number>(`(async () => {
    globalThis.all = await import("/scenes.js");
    return all.SCENE_NOW;
  })()`);
  await page.clock.setFixedTime(moment);
  await page.evaluate(`(async () => {
    await Promise.all([...document.fonts].map((font) => font.load()));
    globalThis.show = async ({ element, name, look }) => {
      const root = document.documentElement;
      root.lang = look.lang ?? "en";
      root.dir = look.dir ?? "ltr";
      root.style.colorScheme = look.scheme;
      document.activeElement?.blur();
      document.querySelector("#caption").textContent = element + ": " + name;
      const scene = all.scenes.find((one) => one.element === element && one.name === name);
      await scene.put(document.querySelector("#host"));
      await document.fonts.ready;
      scrollTo(0, 0);
      // What floats lies over the whole window; all else ends with its frame.
      const floats = (root) => root.querySelector(":modal, :popover-open") !== null ||
        [...root.querySelectorAll("*")].some(({ shadowRoot }) => shadowRoot && floats(shadowRoot));
      return Math.ceil(floats(document) ? innerHeight : document.querySelector("#frame").getBoundingClientRect().height);
    };
  })()`);
  return page.evaluate<SceneName[]>("all.scenes.map(({ element, name }) => ({ element, name }))");
}

async function answer(
  url: string,
  files: ReadonlyMap<string, string>,
): Promise<{ type: string; body: string | Buffer }> {
  if (url === "/") return { type: "text/html; charset=utf-8", body: PAGE };
  if (url === "/style.css") return { type: "text/css", body: STYLE };
  const font = FONTS.find(({ file }) => url === `/fonts/${file}-normal.woff2`);
  if (font)
    return {
      type: "font/woff2",
      body: await readFile(require.resolve(`@fontsource/${font.file}-normal.woff2`)),
    };
  const body = files.get(url.slice(1));
  if (body === undefined) throw new Error(`no ${url}`);
  return { type: "text/javascript", body };
}
