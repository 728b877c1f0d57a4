import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { ELEMENTS, markupOf, openHostPage, untilShown } from "../hosts/page.ts";
import { launchBrowser } from "../support/chromium.ts";
import { buildWidgets } from "../support/widget-build.ts";
import { CLOBBERED, SCRIPTS, UNDRAWABLE } from "./host-scripts.ts";

let browser: Browser;
let files: ReadonlyMap<string, string>;
before(async () => {
  files = await buildWidgets();
  browser = await launchBrowser();
});
after(() => browser.close());

const TAGS = Object.keys(ELEMENTS);

/** All that is written in an element, for the eye or for the ear, but for times of day, which go on. */
async function textsOf(page: Page): Promise<unknown> {
  return page.evaluate(`(() => {
    const texts = (node) => [...node.childNodes].flatMap((child) =>
      child instanceof Text ? [child.data.trim()] : child.localName === "style" ? [] : texts(child));
    const all = [...document.querySelectorAll(${JSON.stringify(TAGS.join())})];
    return all.map((element) => [element.localName, texts(element.shadowRoot).filter((text) => text)
      .join(" ").replaceAll(/\\d+:\\d\\d/g, "")]);
  })()`);
}

/**
 * Puts every element on the page, opens a purchase in one and closes it again; answers all that is written on it. Events
 * are sent, since what presses by place reads clobbered names.
 */
async function useAll(page: Page, place: string): Promise<unknown> {
  await page.evaluate(
    `(() => { const place = [...document.querySelectorAll("${place}")].at(-1);
      Element.prototype.insertAdjacentHTML.call(place, "beforeend", ${JSON.stringify(TAGS.map(markupOf).join(""))}); })()`,
  );
  for (const tag of TAGS) await untilShown(page, tag);
  // What is for ears alone comes last.
  await page.locator("credits-usage-chart table").waitFor({ state: "attached" });
  const texts = await textsOf(page);
  await page.locator("credits-balance [part~=top-up-button]").first().dispatchEvent("click");
  const purchase = page.locator("credits-top-up[modal]");
  await purchase.locator("[part~=pay-button]").waitFor();
  await page.keyboard.press("Escape");
  await purchase.waitFor({ state: "detached" });
  await page.locator("credits-grants-table [part~=filters-button]").dispatchEvent("click");
  await page.locator("credits-grants-table [part~=filters]").waitFor();
  await page.locator("credits-usage-chart").getByText("Table", { exact: true }).dispatchEvent("click");
  await page.locator("credits-usage-chart [part~=table]").waitFor();
  return texts;
}

test("scripts that changed the page before ours came, and names that stand in for others, change nothing of the elements", async (t) => {
  const plain = await (async () => {
    await using host = await openHostPage(browser, files);
    return await useAll(host.page, "main");
  })();
  for (const [name, script] of Object.entries(SCRIPTS)) {
    await t.test(name, async () => {
      await using host = await openHostPage(browser, files, { head: `<script>{${script}}</script>` });
      assert.deepEqual(await useAll(host.page, "main"), plain);
      assert.deepEqual(host.problems, []);
      assert.equal(host.api.state.mostStreamsAtOnce, 1);
    });
  }
  await t.test("elements of the page with the names of everything", async () => {
    await using host = await openHostPage(browser, files, { head: CLOBBERED });
    assert.deepEqual(await useAll(host.page, "#place"), plain);
    // Words of the page's own are looked for in everything around.
    const balance = `[...document.querySelectorAll("credits-balance")][0]`;
    await host.page.evaluate(`${balance}.localization = { topUp: "Get more" }`);
    await host.page.locator("credits-balance").getByText("Get more").waitFor();
    assert.deepEqual(host.problems, []);
    assert.equal(host.api.state.mostStreamsAtOnce, 1);
  });
});

test("where a page leaves chart.js nothing to stand on, the numbers stand in for the picture, and other elements are well", async () => {
  for (const script of UNDRAWABLE) {
    await using host = await openHostPage(browser, files, { head: `<script>${script}</script>` });
    const { page, problems } = host;
    await page.evaluate(
      `document.querySelector("main").innerHTML = ${JSON.stringify(TAGS.map(markupOf).join(""))}`,
    );
    const chart = page.locator("main > credits-usage-chart");
    await chart.getByRole("cell", { name: "50" }).first().waitFor();
    await chart.getByText("tokens", { exact: true }).first().waitFor();
    for (const tag of TAGS.filter((one) => one !== "credits-usage-chart")) await untilShown(page, tag);
    assert.deepEqual(problems, []);
  }
});
