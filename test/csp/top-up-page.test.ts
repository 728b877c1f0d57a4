import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../support/chromium.ts";
import { COLLECTOR, NONCE, policyFor } from "../support/strict-policy.ts";
import { startWidgetApi } from "../support/widget-api.ts";
import { buildWidgets } from "../support/widget-build.ts";
import { startHostPage } from "../support/widget-host.ts";
import { balancesOf, poolOf } from "../../widgets/src/testing/balances.ts";
import { offerOf, orderOf } from "../../widgets/src/testing/top-ups.ts";

let browser: Browser;
let files: ReadonlyMap<string, string>;
before(async () => {
  [browser, files] = await Promise.all([launchBrowser(), buildWidgets()]);
});
after(() => browser.close());

const part = (page: Page, name: string) => page.locator(`credits-top-up [part~=${name}]`);

/** A strict page with a balance, on another origin than the API. */
async function openPage(publishableKey: string | null) {
  const api = await startWidgetApi(files, balancesOf([poolOf()]));
  const total = { amountMinor: 500, currency: "usd" };
  const price = {
    credits: "500",
    pricePerCredit: { amount: "0.01", currency: "usd" },
    subtotal: total,
    total,
  };
  api.answers.set("/widget/top-ups/quote", offerOf({ publishableKey, price }));
  api.answers.set("/widget/top-ups", orderOf({ url: `${api.origin}/pay` }));
  api.answers.set("/widget/top-ups/tu_1", orderOf());
  const host = await startHostPage({
    policy: policyFor(api.origin),
    body: `${COLLECTOR}<credits-balance session-url="/session"></credits-balance>
      <script type="module" nonce="${NONCE}" src="${api.origin}/credits-balance.js"></script>`,
    session: () => api.mintSession(),
  });
  const page = await browser.newPage();
  await page.goto(host.origin);
  return {
    api,
    page,
    async [Symbol.asyncDispose]() {
      await page.close();
      await host[Symbol.asyncDispose]();
      await api[Symbol.asyncDispose]();
    },
  };
}

test("a purchase on a strict page stays within its policy, from the button to the payment", async () => {
  await using scene = await openPage(null);
  const { api, page } = scene;
  await page.locator("credits-balance [part~=top-up-button]").click();
  await part(page, "pay-button").getByText("Pay $5.00").waitFor();
  assert.equal(await page.evaluate(styleOf("dialog", "borderRadius")), "12px");
  const popup = page.waitForEvent("popup");
  await part(page, "pay-button").click();
  await popup;
  await part(page, "outcome").getByText("Waiting for your payment").waitFor();
  api.answers.set("/widget/top-ups/tu_1", orderOf({ status: "paid" }));
  const paidAtMs = Date.now();
  api.push(poolOf({ available: "1740", seq: 13 }));
  await part(page, "outcome").getByText("500 tokens added").waitFor();
  assert.ok(Date.now() - paidAtMs < 2_000);
  await part(page, "balance").getByText("You have 1,740 tokens").waitFor();
  assert.deepEqual(await page.evaluate("globalThis.violations"), []);

  await page.keyboard.press("Escape");
  await page.locator("credits-top-up").waitFor({ state: "detached" });
  const focused = `document.querySelector("credits-balance").shadowRoot.activeElement.getAttribute("part")`;
  assert.equal(await page.evaluate(focused), "top-up-button");
});

test("where the policy forbids Stripe's form, the payment page takes its place", async () => {
  await using scene = await openPage("pk_test_1");
  const { api, page } = scene;
  api.answers.set("/widget/top-ups", orderOf({ uiMode: "embedded", clientSecret: "cs_1" }));
  await page.locator("credits-balance [part~=top-up-button]").click();
  await part(page, "pay-button").getByText("Pay $5.00").waitFor();
  // The double answers the second order as it did the first, but for what it is.
  await page.route("**/widget/top-ups", async (route, request) => {
    const isHosted = String(request.postData()).includes('"hosted"');
    if (isHosted) api.answers.set("/widget/top-ups", orderOf({ url: `${api.origin}/pay` }));
    await route.continue();
  });
  await part(page, "pay-button").click();
  await part(page, "action-button").getByText("Open the payment page").waitFor();
  assert.equal(await part(page, "action-button").getAttribute("href"), `${api.origin}/pay`);
});

function styleOf(selector: string, property: string): string {
  const element = `document.querySelector("credits-balance").shadowRoot.querySelector("credits-top-up")`;
  return `getComputedStyle(${element}.shadowRoot.querySelector("${selector}")).${property}`;
}
