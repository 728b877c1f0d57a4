import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { launchBrowser } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../support/ports.ts";
import { startProductProcess } from "../support/product.ts";

const readme = new URL("../../README.md", import.meta.url);

test("whoever follows the README sees the number fall in a page of their own", async (t) => {
  await using product = await startProductProcess({ env: { SEED_DEMO: "true" } });
  const folder = await mkdtemp(join(tmpdir(), "credits-kit-readme-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const appPort = await freePort();
  await writeFile(join(folder, "server-key"), product.apiKey);
  const here = (snippet: string): string =>
    snippet
      .replaceAll("http://localhost:4000", product.url)
      .replaceAll(".credits-kit/", "")
      .replace("listen(5000)", `listen(${appPort})`);
  const snippets = snippetsOf(await readFile(readme, "utf8"));

  await writeFile(join(folder, "index.html"), here(snippets.get("page") ?? ""));
  await writeFile(join(folder, "my-app.mjs"), here(snippets.get("server") ?? ""));
  const app = spawn("bash", ["-c", `exec env ${here(snippets.get("run") ?? "")}`], {
    cwd: folder,
    stdio: "ignore",
  });
  t.after(async () => {
    app.kill();
    if (app.exitCode === null && app.signalCode === null) await once(app, "exit");
  });
  const browser = await launchBrowser();
  t.after(() => browser.close());
  const page = await browser.newPage();
  await eventually("the page's own server", () => page.goto(`http://localhost:${appPort}`));
  const element = page.locator("credits-balance");
  await element.getByText("1,240").first().waitFor({ timeout: 10_000 });

  const { stdout } = await promisify(execFile)("bash", ["-c", here(snippets.get("event") ?? "")], {
    cwd: folder,
  });
  assert.match(stdout, /"applied"/);
  await element.getByText("1,220").first().waitFor({ timeout: 5_000 });

  const again = await promisify(execFile)("bash", ["-c", here(snippets.get("event") ?? "")], { cwd: folder });
  assert.match(again.stdout, /"duplicate"/);
});

/** The code blocks that a comment names. */
function snippetsOf(markdown: string): Map<string, string> {
  const blocks = markdown.matchAll(/<!-- snippet: (\w+) -->\s+```\w+\n([\s\S]*?)```/g);
  return new Map([...blocks].map(([, name = "", code = ""]) => [name, code]));
}
