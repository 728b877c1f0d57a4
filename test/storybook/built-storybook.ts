import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import type { Browser, Page } from "playwright-core";
import { listen } from "../support/widget-listen.ts";

const root = join(import.meta.dirname, "../..");
/** As `SCENE_NOW`, which only a browser can import. */
const NOW = Date.UTC(2026, 2, 12, 9, 30);

const PATIENCE_MS = 20_000;

const TYPES: Readonly<Record<string, string>> = {
  ...{ ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".json": "application/json" },
  ...{ ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2" },
};

/** A Storybook as it is built, and served. */
export interface BuiltStorybook extends AsyncDisposable {
  /** The stories and pages by their ids. */
  readonly entries: Readonly<Record<string, Entry>>;
  /** Opens the frame of the stories, at the time of the scenes, with nothing moving. */
  open(browser: Browser): Promise<Frame>;
}

export interface Entry {
  readonly title: string;
  readonly name: string;
  readonly type: "story" | "docs";
}

/** The frame of the stories, in which they are changed as the manager would. */
export interface Frame {
  readonly page: Page;
  /** Shows a story or a page, and ends when it is drawn. */
  show(id: string): Promise<void>;
  /** Sets toolbars, or the controls of the story that is shown, and ends when it is drawn again. */
  setGlobals(globals: Readonly<Record<string, string>>): Promise<void>;
  setControls(id: string, args: Readonly<Record<string, unknown>>): Promise<void>;
  /** What the console and the page complained of since the last time. */
  complaints(): string[];
}

/** Builds it as `npm run storybook:build` does, into a folder of its own. */
export async function buildStorybook(): Promise<BuiltStorybook> {
  const folder = await mkdtemp(join(tmpdir(), "credits-kit-storybook-"));
  await run(["build", "--config-dir", "storybook", "--output-dir", folder, "--quiet", "--disable-telemetry"]);
  const host = await listen(
    createServer((request, response) => {
      const path = normalize(new URL(request.url ?? "/", "http://host").pathname);
      readFile(join(folder, path)).then(
        (body) => response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "" }).end(body),
        // Browsers ask for it where a page is no frame, as this one is not.
        () => response.writeHead(path === "/favicon.ico" ? 204 : 404).end(),
      );
    }),
  );
  const parse: (text: string) => Pick<BuiltStorybook, "entries"> = JSON.parse;
  const { entries } = parse(await readFile(join(folder, "index.json"), "utf8"));
  return {
    entries,
    open: (browser) => openFrame(browser, { origin: host.origin, entries }),
    async [Symbol.asyncDispose]() {
      await host[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

async function openFrame(
  browser: Browser,
  { origin, entries }: { origin: string; entries: BuiltStorybook["entries"] },
): Promise<Frame> {
  const page = await browser.newPage({ viewport: { width: 1_280, height: 900 }, reducedMotion: "reduce" });
  const complaints: string[] = [];
  page.on("response", (response) => {
    if (!response.ok()) complaints.push(`${response.status()} ${response.url()}`);
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // Elements whose `state` is set have none.
    const isMeant = message.text().includes("has no session");
    if (["error", "warning"].includes(message.type()) && !isMeant) complaints.push(message.text());
  });
  await page.clock.setFixedTime(NOW);
  /** Tells the frame something on the channel to the manager, and waits for what it says then. */
  const tell = (said: string, content: object, heard: string) =>
    page.evaluate(`new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(${JSON.stringify(`no ${heard} after ${said}`)})), ${PATIENCE_MS});
      const channel = globalThis.__STORYBOOK_ADDONS_CHANNEL__;
      channel.once("${heard}", resolve);
      channel.emit("${said}", ${JSON.stringify(content)});
    })`);
  return {
    page,
    async show(id) {
      const isStory = entries[id]?.type === "story";
      await page.goto(`${origin}/iframe.html?id=${id}&viewMode=${isStory ? "story" : "docs"}`);
      const place = isStory
        ? ".place[data-state=shown], theming-playground[data-state=shown]"
        : "#storybook-docs h1";
      await page.locator(place).first().waitFor();
    },
    setGlobals: async (globals) => void (await tell("updateGlobals", { globals }, "storyRendered")),
    setControls: async (storyId, updatedArgs) =>
      void (await tell("updateStoryArgs", { storyId, updatedArgs }, "storyRendered")),
    complaints: () => complaints.splice(0),
  };
}

async function run(args: readonly string[]): Promise<void> {
  const command = join(root, "node_modules/.bin/storybook");
  const child = spawn(command, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, CI: "true" },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += String(text)));
  await once(child, "close");
  if (child.exitCode !== 0) throw new Error(`Storybook was not built: ${said}`);
}
