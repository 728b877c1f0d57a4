import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import type { Browser, Download, Page } from "playwright-core";
import { launchBrowser } from "../support/chromium.ts";
import { COLLECTOR, NONCE, policyFor } from "../support/strict-policy.ts";
import { startWidgetApi } from "../support/widget-api.ts";
import { buildWidgets } from "../support/widget-build.ts";
import { startHostPage } from "../support/widget-host.ts";
import { balancesOf, poolOf } from "../../widgets/src/testing/balances.ts";
import { forecastOf, usageOf } from "../../widgets/src/testing/usage.ts";

const HOSTILE = "<img src=x onerror=alert(1)>";

let browser: Browser;
let files: ReadonlyMap<string, string>;
before(async () => {
  [browser, files] = await Promise.all([launchBrowser(), buildWidgets()]);
});
after(() => browser.close());

const part = (page: Page, name: string) => page.locator(`credits-usage-chart [part~=${name}]`);

async function pathOf(download: Promise<Download>): Promise<string> {
  return (await download).path();
}

test("a chart on a strict page of another origin is drawn, walked through and saved without one violation", async () => {
  await using api = await startWidgetApi(files, balancesOf([poolOf()]));
  api.answers.set(
    "/widget/usage",
    usageOf([
      { key: "image", label: "Image generation", points: [30, 50, 20] },
      { key: "__proto__", label: HOSTILE, points: [3, 5, 2] },
    ]),
  );
  api.answers.set("/widget/forecast", forecastOf());
  await using host = await startHostPage({
    policy: policyFor(api.origin),
    body: `${COLLECTOR}<credits-usage-chart session-url="/session" range="month"></credits-usage-chart>
      <script type="module" nonce="${NONCE}" src="${api.origin}/credits-usage-chart.js"></script>`,
    session: () => api.mintSession(),
  });
  const page = await browser.newPage({ acceptDownloads: true });
  const problems: string[] = [];
  page.on("dialog", (dialog) => problems.push(dialog.message()));
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(host.origin);
  await part(page, "total").getByText("110").waitFor();

  // It is drawn, not only there, and styled by sheets that came later.
  const stage = page.locator("credits-usage-chart .stage");
  await stage.focus();
  await page.keyboard.press("Home");
  await part(page, "tooltip").getByText(HOSTILE).waitFor();
  const root = `document.querySelector("credits-usage-chart").shadowRoot`;
  assert.equal(await page.evaluate(`getComputedStyle(${root}.querySelector(".tip")).position`), "absolute");
  const pixels = `canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data`;
  const inked = `((canvas) => ${pixels}.some((byte) => byte > 0))(${root}.querySelector("canvas"))`;
  assert.equal(await page.evaluate(inked), true);

  // What people choose, what a host does by script and what is loaded later stays within the policy, too.
  await part(page, "series").first().click();
  await page.evaluate(
    `Object.assign(document.querySelector("credits-usage-chart"), { theme: "dark", appearance: { radius: "3px" } })`,
  );
  await page.locator("credits-usage-chart summary").click();
  const csv = page.waitForEvent("download");
  await part(page, "export-button").first().click();
  assert.match(await readFile(await pathOf(csv), "utf8"), /Image generation,Previous/);
  await page.locator("credits-usage-chart summary").click();
  const png = page.waitForEvent("download");
  await part(page, "export-button").last().click();
  assert.equal((await readFile(await pathOf(png))).subarray(1, 4).toString(), "PNG");
  await part(page, "view").getByText("Table").click();
  await page.locator("credits-usage-chart td").first().waitFor();
  await page.evaluate(`document.querySelector("credits-usage-chart").lang = "ar"`);
  await part(page, "title").getByText("الاستهلاك").waitFor();
  assert.deepEqual([await page.evaluate("globalThis.violations"), problems], [[], []]);
  await page.close();
});

test("the picture follows the page's colours and its place, without being drawn anew", async () => {
  await using api = await startWidgetApi(files, balancesOf([poolOf()]));
  api.answers.set("/widget/usage", usageOf([{ key: "image", label: "Image", points: [30, 50, 20] }]));
  api.answers.set("/widget/forecast", forecastOf());
  await using host = await startHostPage({
    // Without a policy: what waits for pixels here is compiled in the page.
    body: `<credits-usage-chart session-url="/session" time-zone="UTC"></credits-usage-chart>
      <script type="module" nonce="${NONCE}" src="${api.origin}/credits-usage-chart.js"></script>`,
    session: () => api.mintSession(),
  });
  const page = await browser.newPage({ viewport: { width: 900, height: 600 } });
  await page.goto(host.origin);
  const canvas = page.locator("credits-usage-chart canvas");
  await canvas.waitFor();
  const root = `document.querySelector("credits-usage-chart").shadowRoot`;
  await page.evaluate(`globalThis.kept = ${root}.querySelector("canvas")`);
  const shows = (colour: string) => {
    const pixels = `canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data`;
    return page.waitForFunction(
      `((canvas) => { const all = ${pixels}; for (let i = 0; i < all.length; i += 4)
        if (all[i] + "," + all[i + 1] + "," + all[i + 2] === "${colour}") return true; })(${root}.querySelector("canvas"))`,
    );
  };
  await shows("79,70,229");
  await page.evaluate(`document.body.style.setProperty("--credits-series-1", "rgb(40 50 60)")`);
  await shows("40,50,60");
  await page.evaluate(`document.body.style.removeProperty("--credits-series-1")`);
  await page.evaluate(`document.documentElement.style.colorScheme = "dark"`);
  await shows("139,133,255");
  await page.emulateMedia({ forcedColors: "active" });
  await page.waitForFunction(`matchMedia("(forced-colors: active)").matches`);
  await page.emulateMedia({ forcedColors: "none" });
  await shows("139,133,255");
  const widthOf = async () => (await canvas.boundingBox())?.width ?? 0;
  const wide = await widthOf();
  await page.setViewportSize({ width: 400, height: 600 });
  await page.waitForFunction(
    `document.querySelector("credits-usage-chart").shadowRoot.querySelector("canvas").clientWidth < 400`,
  );
  assert.ok((await widthOf()) < wide);
  assert.equal(await page.evaluate(`kept === ${root}.querySelector("canvas")`), true);
  await page.close();
});

test("where the picture does not come, its numbers stand in", async () => {
  await using api = await startWidgetApi(files, balancesOf([poolOf()]));
  api.answers.set("/widget/usage", usageOf());
  api.answers.set("/widget/forecast", forecastOf());
  await using host = await startHostPage({
    policy: policyFor(api.origin),
    body: `<credits-usage-chart session-url="/session"></credits-usage-chart>
      <script type="module" nonce="${NONCE}" src="${api.origin}/credits-usage-chart.js"></script>`,
    session: () => api.mintSession(),
  });
  const page = await browser.newPage();
  await page.route("**/chunks/chart-*.js", (route) => route.abort());
  await page.goto(host.origin);
  await page.getByText("The chart could not be loaded").waitFor();
  assert.equal(await page.locator("credits-usage-chart td").first().isVisible(), true);
  await page.close();
});
