import { createServer } from "node:http";
import { join } from "node:path";
import type { Browser, CDPSession, Page } from "playwright-core";
import { build } from "vite";
import { launchBrowser } from "./chromium.ts";
import { keptScript } from "./kept-build.ts";
import { buildWidgets } from "./widget-build.ts";
import { listen } from "./widget-listen.ts";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "widgets/src/testing/rendering");

/** A host's page with some text of its own: the browser's first letters are not the elements'. */
const PAGE = `<!doctype html><html lang="en"><title>Rendering</title>
<style>body { margin: 0; width: 900px; font: 16px/1.5 sans-serif; }</style>
<body><h1>Billing</h1><p>Your <strong>plan</strong> and what is left of it: 1,234</p><button>Change</button></body></html>`;

/** Files that come before anything is measured; those of languages never do. */
const FETCHED = /^chunks\/(?!(ar|de|index)-).*\.js$/;

/** A browser whose pages hold the built files of the CDN, and what widgets/src/testing/rendering does with them. */
export interface RenderingStudio extends AsyncDisposable {
  readonly browser: Browser;
  /** The address of a chunk by its name. */
  chunk(name: string): string;
  /**
   * A page of a host, and of a browser session of its own, so that nothing of it ever ran before. `rendering` is there, and each
   * file of the elements is fetched and compiled, but has not run.
   */
  open(viewport?: { width: number; height: number }): Promise<Page>;
}

export async function openRenderingStudio(): Promise<RenderingStudio> {
  const [browser, widgets, index, bare] = await Promise.all([
    launchBrowser(),
    buildWidgets(),
    keptScript("rendering", () => buildScript("index.ts")),
    keptScript("bare-balance", () => buildScript("bare-balance.ts")),
  ]);
  const files = new Map([...widgets, ["rendering.js", index], ["bare-balance.js", bare]]);
  const fetched = [...files.keys()].filter((name) => FETCHED.test(name) || !name.includes("/"));
  const host = await listen(
    createServer(({ url = "/" }, response) => {
      const file = files.get(url.slice(1));
      const type = file === undefined ? "text/html; charset=utf-8" : "text/javascript";
      response.writeHead(200, { "content-type": type }).end(file ?? PAGE);
    }),
  );
  return {
    browser,
    chunk(name) {
      const found = fetched.find((file) => new RegExp(`^chunks/${name}-.{8}\\.js$`).test(file));
      if (found === undefined) throw new Error(`no chunk ${name}`);
      return `/${found}`;
    },
    async open(viewport = { width: 1_000, height: 800 }) {
      const context = await browser.newContext({ viewport });
      const page = await context.newPage();
      await page.goto(host.origin);
      const scripts = fetched.filter((file) => file.endsWith(".js")).map((file) => `/${file}`);
      await page.evaluate(`Promise.all(${JSON.stringify(scripts)}.map((href) => new Promise((onload, onerror) =>
        document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href, onload, onerror })))))`);
      await page.evaluate(`import("/rendering.js").then((module) => void (globalThis.rendering = module))`);
      return page;
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await host[Symbol.asyncDispose]();
    },
  };
}

/** One script with everything it imports: as Lit and chart.js come, not as the elements' build makes them lean. */
async function buildScript(name: string): Promise<string> {
  const result = await build({
    configFile: false,
    root: join(root, "widgets"),
    logLevel: "error",
    publicDir: false,
    define: { "process.env.NODE_ENV": '"production"' },
    esbuild: { target: "es2022" },
    build: {
      write: false,
      target: "esnext",
      lib: { entry: join(folder, name), formats: ["es"] },
      rollupOptions: { output: { inlineDynamicImports: true } },
    },
  });
  const [chunk] = [result].flat().flatMap((part) => ("output" in part ? part.output : []));
  if (chunk?.type !== "chunk") throw new Error(`${name} was not built`);
  return chunk.code;
}

/** Where nobody looks, little has to be painted. */
export const SMALL = { width: 320, height: 240 };

/** What a page holds once its garbage is collected. */
export interface Held {
  heapBytes: number;
  nodes: number;
  listeners: number;
}

interface Metrics extends Held {
  taskS: number;
}

const MOST_COLLECTIONS = 10;

/**
 * Collects the garbage of a page until no more of it goes, and tells what is left. What a frame still shows is let go by
 * the next one, and what is finalised frees more.
 */
export async function heldBy(page: Page): Promise<Held> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  let held: Held | undefined;
  for (let turn = 0; turn < MOST_COLLECTIONS; turn += 1) {
    await session.send("HeapProfiler.collectGarbage");
    await page.evaluate("new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))");
    const before = held;
    held = await readMetrics(session);
    if (before && turn > 2 && held.nodes === before.nodes && held.listeners === before.listeners) break;
  }
  await session.detach();
  if (!held) throw new Error("nothing was read");
  return held;
}

/** What a first drawing took. */
export interface Taken {
  ms: number;
  /** What the page's main thread worked meanwhile, whatever else the machine did; until it is painted. */
  cpuMs: number;
}

/** Prepares something on a page of its own and runs it once. `prepare` is a call of widgets/src/testing/rendering. */
export async function timeOnce(studio: RenderingStudio, prepare: string): Promise<Taken> {
  const page = await studio.open();
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.evaluate(`rendering.${prepare}.then((start) => void (globalThis.start = start))`);
  const before = await readMetrics(session);
  const { ms } = await page.evaluate<{ ms: number }>("start()");
  const after = await readMetrics(session);
  await page.context().close();
  return { ms, cpuMs: (after.taskS - before.taskS) * 1_000 };
}

async function readMetrics(session: CDPSession): Promise<Metrics> {
  const { metrics } = await session.send("Performance.getMetrics");
  const read = (name: string) => {
    const metric = metrics.find((one) => one.name === name);
    if (!metric) throw new Error(`no metric ${name}`);
    return metric.value;
  };
  return {
    heapBytes: read("JSHeapUsedSize"),
    nodes: read("Nodes"),
    listeners: read("JSEventListeners"),
    taskS: read("TaskDuration"),
  };
}
