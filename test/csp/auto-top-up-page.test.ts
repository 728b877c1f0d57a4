import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../support/chromium.ts";
import { bringFailedFile } from "../support/failed-files.ts";
import { COLLECTOR, NONCE, policyFor } from "../support/strict-policy.ts";
import { startWidgetApi } from "../support/widget-api.ts";
import { buildWidgets } from "../support/widget-build.ts";
import { startHostPage } from "../support/widget-host.ts";
import { settingsOf, standings } from "../../widgets/src/testing/auto-top-ups.ts";
import { balancesOf, poolOf } from "../../widgets/src/testing/balances.ts";
import { offerOf, VISA } from "../../widgets/src/testing/top-ups.ts";

const PATH = "/widget/auto-top-ups/tokens";

let browser: Browser;
let files: ReadonlyMap<string, string>;
before(async () => {
  [browser, files] = await Promise.all([launchBrowser(), buildWidgets()]);
});
after(() => browser.close());

const part = (page: Page, name: string) => page.locator(`credits-auto-top-up [part~=${name}]`);

/** A strict page with a balance, on another origin than the API, for a session that may change settings. */
async function openPage(publishableKey: string | null = null) {
  const api = await startWidgetApi(files, balancesOf([poolOf()]));
  api.state.scopes = ["read", "top_up", "settings"];
  api.answers.set(PATH, settingsOf({ rule: null, card: null, spentPercent: null, publishableKey }));
  api.answers.set("/widget/top-ups/quote", offerOf());
  const setup = { id: "cset_1", status: "open", url: `${api.origin}/setup`, clientSecret: null };
  api.answers.set(`${PATH}/setup`, { ...setup, publishableKey });
  const host = await startHostPage({
    policy: policyFor(api.origin),
    body: `${COLLECTOR}<credits-balance session-url="/session"></credits-balance>
      <script type="module" nonce="${NONCE}" src="${api.origin}/credits-balance.js"></script>`,
    session: () => api.mintSession(),
  });
  const page = await browser.newPage();
  return {
    api,
    page,
    origin: host.origin,
    async [Symbol.asyncDispose]() {
      await page.close();
      await host[Symbol.asyncDispose]();
      await api[Symbol.asyncDispose]();
    },
  };
}

test("settings on a strict page stay within its policy, from the way in the balance to the card and back", async () => {
  await using scene = await openPage();
  const { api, page, origin } = scene;
  await page.goto(origin);
  await page.getByRole("button", { name: "Set up auto top-up" }).click();
  await part(page, "set-up-button").click();
  assert.equal(await page.evaluate(styleOf("dialog", "borderRadius")), "12px");
  await part(page, "consent").click();
  const popup = page.waitForEvent("popup");
  await part(page, "save-button").click();
  await popup;
  await part(page, "outcome").getByText("Waiting for your card").waitFor();
  api.answers.set(PATH, settingsOf({ rule: null, card: VISA, spentPercent: null }));
  api.answers.set(`${PATH}/setup`, { id: "cset_1", status: "complete", url: null, clientSecret: null });
  await part(page, "save-button").getByText("Turn on auto top-up").waitFor();
  api.answers.set(PATH, settingsOf(standings()["limitReached"]));
  await part(page, "save-button").click();
  await part(page, "standing").getByText("Your monthly limit is reached").waitFor();
  // The bar is drawn, without a style attribute.
  assert.ok(((await part(page, "meter").locator("rect").boundingBox())?.width ?? 0) > 20);
  await part(page, "remove-button").click();
  await part(page, "keep-button").click();
  assert.deepEqual(await page.evaluate("globalThis.violations"), []);

  await page.keyboard.press("Escape");
  await page.locator("credits-auto-top-up").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Auto top-up needs you" }).waitFor();
  const focused = `document.querySelector("credits-balance").shadowRoot.activeElement.localName`;
  assert.equal(await page.evaluate(focused), "credits-auto-top-up-entry");
});

test("where the policy forbids Stripe's form, its own page takes its place", async () => {
  await using scene = await openPage("pk_test_1");
  const { api, page, origin } = scene;
  const open = { id: "cset_1", status: "open", publishableKey: "pk_test_1" };
  const hosted = { ...open, url: `${api.origin}/setup`, clientSecret: null };
  api.answers.set(`${PATH}/setup`, { ...open, url: null, clientSecret: "seti_1" });
  // The double answers for the second page as it did for the first, but for what it is.
  await page.route(`**${PATH}/setup`, async (route, request) => {
    if (String(request.postData()).includes('"hosted"')) api.answers.set(`${PATH}/setup`, hosted);
    await route.continue();
  });
  await page.goto(origin);
  await page.getByRole("button", { name: "Set up auto top-up" }).click();
  await part(page, "set-up-button").click();
  await part(page, "consent").click();
  await part(page, "save-button").click();
  await part(page, "action-button").getByText("Open the page").waitFor();
  assert.equal(await part(page, "action-button").getAttribute("href"), `${api.origin}/setup`);
});

for (const [file, press] of [
  ["open-top-up", "Top up"],
  ["auto-top-up-entry", undefined],
] as const) {
  test(`a balance whose file "${file}" cannot be loaded says so, and loads it when asked again`, async () => {
    await using scene = await openPage();
    const { page, origin } = scene;
    let isGone = true;
    await page.route(`**/chunks/${file}-*.js`, (route) => (isGone ? route.abort() : route.continue()));
    await page.goto(origin);
    const balance = page.locator("credits-balance");
    await balance.getByText("1,240").first().waitFor();
    if (press) await balance.getByRole("button", { name: press, exact: true }).click();
    await balance.locator("[part~=stale]").getByText("Check your connection, then try again.").waitFor();
    await balance.getByRole("status").getByText("Check your connection").waitFor({ state: "attached" });
    isGone = false;
    const isNewPage = await bringFailedFile(page, () =>
      balance.getByRole("button", { name: "Retry" }).click(),
    );
    if (press && isNewPage) await balance.getByRole("button", { name: press, exact: true }).click();
    const wanted = press ? page.getByRole("dialog") : page.getByRole("button", { name: /auto top-up/ });
    await wanted.waitFor();
    assert.equal(await balance.locator("[part~=stale]").count(), 0);
  });
}

test("settings that cannot be loaded are said to be so beside their button, which tries again", async () => {
  await using scene = await openPage();
  const { page, origin } = scene;
  let isGone = true;
  await page.route("**/chunks/open-auto-top-up-*.js", (route) => (isGone ? route.abort() : route.continue()));
  await page.goto(origin);
  const entry = page.getByRole("button", { name: "Set up auto top-up" });
  await entry.click();
  await page.getByText("This could not be opened. Check your connection, then try again.").waitFor();
  isGone = false;
  if (await bringFailedFile(page, () => entry.click())) await entry.click();
  await page.getByRole("dialog").waitFor();
  assert.equal(await page.getByText("This could not be opened.").count(), 0);
});

function styleOf(selector: string, property: string): string {
  const element = `document.querySelector("credits-balance").shadowRoot.querySelector("credits-auto-top-up")`;
  return `getComputedStyle(${element}.shadowRoot.querySelector("${selector}")).${property}`;
}
