import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { startSnippetServer } from "./snippet-server.ts";
import { hostLines, snippetsOf } from "./snippets.ts";
import { openWatched, showsTokens } from "./watched-page.ts";
import type { Preparation, WorldAccess } from "./world.ts";

const LENA = "lumen-lena";
const MOST_LINES = 5;

/** Where each snippet goes, what `npm create vite` brings along, and the example app with the same plugins of Vite. */
const APPS = {
  html: { file: "index.html", page: "", config: "html" },
  react: { file: "src/main.jsx", page: templateOf("root", "main.jsx"), config: "react-19" },
  vue: { file: "src/main.js", page: templateOf("app", "main.js"), config: "vue" },
};

const snippets = await snippetsOf("README.md");

/** One empty folder, with the packages and what the README's apps and server need. */
export const readmePreparations: Readonly<Record<string, Preparation>> = {
  readme: async (folder, registry) => {
    const packages = ["@credits-kit/widgets", "@credits-kit/client"];
    await folder.install(registry, [...packages, "react", "react-dom", "vue", "express"]);
    for (const [name, { file, page, config }] of Object.entries(APPS)) {
      const root = join(folder.path, name);
      await mkdir(join(root, "src"), { recursive: true });
      await writeFile(join(root, "index.html"), page);
      await writeFile(join(root, file), snippets.get(name) ?? "");
      await folder.build(config, { root });
    }
  },
};

/** Follows the README. What of it needs no package is followed in test/e2e. */
export function readmeApps({ world, pathOf }: WorldAccess): void {
  test("no page of the README has more than five lines, brackets that close included", () => {
    for (const name of ["page", ...Object.keys(APPS)]) {
      const lines = hostLines(snippets.get(name) ?? "");
      assert.ok(lines >= 1 && lines <= MOST_LINES, `${name} has ${lines} lines that are not empty`);
    }
  });

  for (const [name, { file }] of Object.entries(APPS)) {
    test(`the README's ${file} is a whole app, and with the README's server its balance falls live`, async () => {
      const folder = join(await pathOf("readme"), name);
      const { browser, product, makeImages, tokensOf } = world();
      const code = snippets.get("endpoint") ?? "";
      await using host = await startSnippetServer({ folder, code, product });
      await using watched = await openWatched(browser, host.origin);
      await showsTokens(watched.page, await tokensOf(LENA));
      await makeImages(LENA, 1);
      await showsTokens(watched.page, await tokensOf(LENA));
      assert.deepEqual(watched.problems, []);
    });
  }
}

/** The page of `npm create vite`. */
function templateOf(id: string, main: string): string {
  return `<!doctype html>
    <html lang="en">
      <body><div id="${id}"></div><script type="module" src="/src/${main}"></script></body>
    </html>`;
}
