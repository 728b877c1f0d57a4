import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import type { ProductProcess } from "../support/product.ts";
import type { Listening } from "../support/widget-listen.ts";
import { snippetsOf } from "./snippets.ts";
import { openWatched, showsTokens } from "./watched-page.ts";
import type { Preparation, WorldAccess } from "./world.ts";

/** What renders the pages of apps/ssr, with the script that takes over in the browser. */
const PAGES = { plain: "", react: "react.tsx", wrapped: "wrapped.tsx", vue: "vue.ts", svelte: "svelte.ts" };
const PACKAGES = ["widgets", "react", "client"].map((name) => `@credits-kit/${name}`);

/** A server that imports the packages, and what its pages load. */
export const serverPreparations: Readonly<Record<string, Preparation>> = {
  ssr: async (folder, registry) => {
    await folder.copy("ssr");
    await folder.install(registry, [...PACKAGES, "react", "react-dom", "vue", "svelte", "express"]);
    const input = Object.values(PAGES)
      .filter((file) => file !== "")
      .map((file) => join(folder.path, "src", file));
    await folder.build("ssr", {
      build: { rollupOptions: { input, output: { entryFileNames: "[name].js" } } },
    });
    await folder.build("ssr", { build: { ssr: "src/server.tsx", outDir: "server" } });
    const reserved = (await snippetsOf("docs/widgets.md")).get("reserved") ?? "";
    await writeFile(join(folder.path, "reserved.css"), reserved);
  },
};

/** Opens pages that were rendered on a server, before and after their scripts have come. */
export function serverPages({ world, pathOf }: WorldAccess): void {
  for (const name of Object.keys(PAGES)) {
    test(`the ${name} page comes from a server with its tag in place, and wakes up without moving anything`, async () => {
      const folder = await pathOf("ssr");
      const { browser, product, makeImages, tokensOf } = world();
      await using server = await startServer(folder, product);
      const address = `${server.origin}/pages/${name}`;
      const html = await (await fetch(address)).text();
      // Components for React set properties, of which a server sends none.
      const tag =
        name === "wrapped" ? "<credits-balance>" : '<credits-balance session-url="/credits-session"';
      assert.ok(html.includes(tag), html);

      await using watched = await openWatched(browser);
      const { page } = watched;
      const scripts = Promise.withResolvers<void>();
      await page.route(/\.js$/, async (route) => {
        await scripts.promise;
        await route.continue();
      });
      await page.goto(address, { waitUntil: "commit" });
      const before = await topOf(page, "Below");
      scripts.resolve();
      await showsTokens(page, await tokensOf("acme"));
      const moved = Math.abs((await topOf(page, "Below")) - before);
      assert.ok(moved <= 1, `what is below moved by ${moved} px`);

      await makeImages("acme", 1);
      await showsTokens(page, await tokensOf("acme"));
      if (name !== "plain") await page.locator("body[data-loaded]").waitFor();
      assert.deepEqual(watched.problems, []);
    });
  }
}

async function topOf(page: Page, text: string): Promise<number> {
  const box = await page.getByText(text, { exact: true }).boundingBox();
  if (!box) throw new Error(`${text} is not drawn`);
  return box.y;
}

/** Runs it in a process of its own, as hosts do, with the packages as Node finds them. */
async function startServer(folder: string, product: ProductProcess): Promise<Listening> {
  const server = spawn(process.execPath, ["server/server.js"], {
    cwd: folder,
    env: { PATH: process.env["PATH"], CREDITS_API: product.url, CREDITS_KEY: product.apiKey },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const told = await Promise.race([once(server.stdout, "data"), once(server, "exit")]);
  if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
  return {
    origin: String(told[0]).trim(),
    async [Symbol.asyncDispose]() {
      server.kill();
      if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
    },
  };
}
