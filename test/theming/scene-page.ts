import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { build } from "vite";
import { launchBrowser } from "../support/chromium.ts";
import { keptScript } from "../support/kept-build.ts";

const root = join(import.meta.dirname, "../..");
const ADDRESS = "https://host.example/";
/** As `SCENE_NOW`, which only a browser can import. */
const NOW = Date.UTC(2026, 2, 12, 9, 30);

export interface SceneName {
  readonly element: string;
  readonly name: string;
}

/** A browser whose pages can show every scene; what they can do is in `theming`, see widgets/src/testing/theming-page.ts. */
export interface SceneBrowser extends AsyncDisposable {
  readonly browser: Browser;
  /** A page with nothing on it, at the time of the scenes, in which nothing moves. */
  open(options?: BrowserContextOptions): Promise<Page>;
}

export async function openSceneBrowser(): Promise<SceneBrowser> {
  // One after the other: a browser that nobody closes would keep a run of tests from ending.
  const script = await keptScript("scenes", bundle);
  const browser = await launchBrowser();
  return {
    browser,
    open: async (options = {}) => {
      const calm = { viewport: { width: 1_200, height: 900 }, reducedMotion: "reduce" } as const;
      const context = await browser.newContext({ ...calm, ...options });
      const page = await context.newPage();
      await page.clock.setFixedTime(NOW);
      await page.route("**", (route) => {
        const { pathname } = new URL(route.request().url());
        if (pathname === "/scenes.js") return route.fulfill({ contentType: "text/javascript", body: script });
        if (pathname.startsWith("/themes/"))
          return route.fulfill({ path: join(root, "widgets/src", pathname), contentType: "text/css" });
        return route.fulfill({ contentType: "text/html; charset=utf-8", body: PAGE });
      });
      await page.goto(ADDRESS);
      await page.waitForFunction("globalThis.theming");
      return page;
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

const PAGE = `<!doctype html><html lang="en"><title>Scenes</title>
<meta name="viewport" content="width=device-width">
<style>:root { color-scheme: light dark; } body { margin: 0; font: 16px/1.5 sans-serif; } main { padding: 1em; }</style>
<body><script type="module">import * as theming from "/scenes.js"; globalThis.theming = theming;</script></body></html>`;

/** One script of all scenes: what is loaded later is in it, and nothing is minified, so that it is built in a second. */
async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    root: join(root, "widgets"),
    logLevel: "error",
    publicDir: false,
    esbuild: { target: "es2022" },
    build: {
      write: false,
      minify: false,
      target: "esnext",
      lib: { entry: join(root, "widgets/src/testing/theming-page.ts"), formats: ["es"] },
      rollupOptions: { output: { inlineDynamicImports: true } },
    },
  });
  const files = [result].flat().flatMap((part) => ("output" in part ? part.output : []));
  const [chunk] = files;
  if (chunk?.type !== "chunk") throw new Error("the scenes were not built");
  return chunk.code;
}

/** The scenes that there are. */
export async function scenesOf(page: Page): Promise<SceneName[]> {
  const pairs = await page.evaluate('theming.names.map(({ element, name }) => element + " " + name)');
  return textsOf(pairs).map((pair) => {
    const [element = "", name = ""] = pair.split(" ");
    return { element, name };
  });
}

/** Shows a scene alone on the page. */
export async function show(page: Page, { element, name }: SceneName): Promise<void> {
  await page.evaluate(`theming.show("${element}", "${name}")`);
}

/** Everything that a page answers is unknown until it is looked at. */
export function textsOf(answer: unknown): string[] {
  if (!Array.isArray(answer)) throw new Error("the page answered no list");
  return answer.map(String);
}
