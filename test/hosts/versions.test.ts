import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../support/chromium.ts";
import { buildWidgets } from "../support/widget-build.ts";
import { VERSION } from "../../widgets/src/versions.ts";
import { markupOf, openHostPage, untilShown } from "./page.ts";

const OLD = "0.0.9";

let browser: Browser;
let files: ReadonlyMap<string, string>;
before(async () => {
  const [built, started] = await Promise.all([buildWidgets(), launchBrowser()]);
  const old = [...built].map(([name, code]): [string, string] => [
    `old/${name}`,
    code.replaceAll(VERSION, OLD),
  ]);
  files = new Map([...built, ...old]);
  browser = started;
});
after(() => browser.close());

for (const [first, second] of [
  ["", "old/"],
  ["old/", ""],
]) {
  test(`of two versions on a page the one that comes first (${first || "the new one"}) shows its elements, with one warning`, async () => {
    const scriptOf = (origin: string, folder = "") =>
      `<script type="module" src="${origin}/${folder}credits-kit.js"></script>`;
    await using host = await openHostPage(browser, files, {
      scripts: (origin) => scriptOf(origin, first) + scriptOf(origin, second),
    });
    const { page, problems, api } = host;
    const warnings: string[] = [];
    page.on("console", (message) => warnings.push(message.text()));
    await page.reload();
    await page.evaluate(
      `document.querySelector("main").innerHTML = ${JSON.stringify(markupOf("credits-balance") + markupOf("credits-grants-table"))}`,
    );
    await untilShown(page, "credits-balance");
    await untilShown(page, "credits-grants-table");
    const version = await page.evaluate(`customElements.get("credits-balance").version`);
    assert.equal(version, first === "" ? VERSION : OLD);
    assert.equal(warnings.length, 1, warnings.join("\n"));
    assert.match(warnings[0] ?? "", new RegExp(`${VERSION}.*${OLD}|${OLD}.*${VERSION}`));
    assert.deepEqual(problems, []);
    assert.equal(api.state.mostStreamsAtOnce, 1);
  });
}
