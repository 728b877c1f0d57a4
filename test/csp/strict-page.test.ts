import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../support/chromium.ts";
import { bringFailedFile } from "../support/failed-files.ts";
import { COLLECTOR, NONCE, policyFor } from "../support/strict-policy.ts";
import { startWidgetApi } from "../support/widget-api.ts";
import { buildWidgets } from "../support/widget-build.ts";
import { startHostPage } from "../support/widget-host.ts";
import { balancesOf, poolOf } from "../../widgets/src/testing/balances.ts";

let browser: Browser;
let files: ReadonlyMap<string, string>;
before(async () => {
  [browser, files] = await Promise.all([launchBrowser(), buildWidgets()]);
});
after(() => browser.close());

const figure = (page: Page, selector = "credits-balance") => page.locator(`${selector} [part~=balance]`);

async function violationsOf(page: Page): Promise<unknown> {
  return page.evaluate("globalThis.violations");
}

for (const file of ["credits-balance.js", "credits-kit.js"]) {
  test(`${file} shows the element on a strict page of another origin without one violation`, async () => {
    await using api = await startWidgetApi(files, balancesOf([poolOf()]));
    const script = `<script type="module" nonce="${NONCE}" src="${api.origin}/${file}"></script>`;
    await using host = await startHostPage({
      policy: policyFor(api.origin),
      body: `${COLLECTOR}<credits-balance session-url="/session" top-up></credits-balance>${script}`,
      session: () => api.mintSession(),
    });
    const page = await browser.newPage();
    await page.goto(host.origin);
    await figure(page).getByText("1,240").waitFor();

    // It is styled and drawn, not only there.
    assert.ok(((await page.locator("credits-balance rect").boundingBox())?.width ?? 0) > 20);
    assert.equal(await styleOf(page, "[part~=base]", "borderRadius"), "12px");

    // What moves, what is loaded later and what a host does by script stays within the policy, too.
    api.push(poolOf({ available: "1230", seq: 13, low: true, runsOutAt: inDays(3) }));
    await page.getByText("Low: about 3 days left", { exact: true }).waitFor();
    await page.evaluate(`document.querySelector("credits-balance").appearance = { radius: "3px" }`);
    await page.evaluate(`document.querySelector("credits-balance").variant = "compact"`);
    await page.evaluate(`document.querySelector("credits-balance").variant = "card"`);
    await page.evaluate(`document.querySelector("credits-balance").lang = "de"`);
    await page.getByText("Niedrig: reicht noch etwa 3 Tage", { exact: true }).waitFor();
    assert.equal(await styleOf(page, "[part~=base]", "borderRadius"), "3px");
    api.state.fault = 503;
    api.cutStreams();
    await page.getByText("Stand vor").waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await page.close();
  });
}

test("two files of one version share one session and one stream", async () => {
  await using api = await startWidgetApi(files, balancesOf([poolOf()]));
  const script = (file: string) =>
    `<script type="module" nonce="${NONCE}" src="${api.origin}/${file}"></script>`;
  const element = '<credits-balance session-url="/session"></credits-balance>';
  await using host = await startHostPage({
    policy: policyFor(api.origin),
    body: COLLECTOR + element + element + script("credits-balance.js") + script("credits-kit.js"),
    session: () => api.mintSession(),
  });
  const page = await browser.newPage();
  const warnings: string[] = [];
  page.on("console", (message) => warnings.push(message.text()));
  await page.goto(host.origin);
  await figure(page, "credits-balance:nth-of-type(2)").getByText("1,240").waitFor();
  assert.deepEqual([api.state.sessions, api.state.mostStreamsAtOnce, warnings], [1, 1, []]);
  assert.deepEqual(await violationsOf(page), []);
  await page.close();
});

test("a live stream whose file cannot be loaded is said to be so, and comes by itself or when it is asked for", async () => {
  await using api = await startWidgetApi(files, balancesOf([poolOf()]));
  const script = `<script type="module" nonce="${NONCE}" src="${api.origin}/credits-balance.js"></script>`;
  await using host = await startHostPage({
    policy: policyFor(api.origin),
    body: `${COLLECTOR}<credits-balance session-url="/session"></credits-balance>${script}`,
    session: () => api.mintSession(),
  });
  const page = await browser.newPage();
  let isGone = true;
  await page.route("**/chunks/live-*.js", (route) => (isGone ? route.abort() : route.continue()));
  await page.goto(host.origin);
  await page.getByText("Check your connection, then try again.").waitFor();
  isGone = false;
  // Asked for, or found by the next try: whichever is first takes the button away.
  const isNewPage = await bringFailedFile(page, () =>
    page.getByRole("button", { name: "Retry" }).evaluateAll("found => found.forEach((one) => one.click())"),
  );
  await figure(page).getByText("1,240").waitFor();
  assert.deepEqual([api.state.sessions, api.state.mostStreamsAtOnce], [isNewPage ? 2 : 1, 1]);
  await page.close();
});

function inDays(days: number): string {
  return new Date(Date.now() + (days + 0.5) * 86_400_000).toISOString();
}

async function styleOf(page: Page, selector: string, property: string): Promise<unknown> {
  const element = `document.querySelector("credits-balance").shadowRoot.querySelector("${selector}")`;
  return page.evaluate(`getComputedStyle(${element}).${property}`);
}
