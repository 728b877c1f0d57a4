import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../support/chromium.ts";
import { COLLECTOR, NONCE, policyFor } from "../support/strict-policy.ts";
import { startWidgetApi } from "../support/widget-api.ts";
import { buildWidgets } from "../support/widget-build.ts";
import { startHostPage } from "../support/widget-host.ts";
import { balancesOf, poolOf } from "../../widgets/src/testing/balances.ts";
import { grantOf, grantsOf, someGrants } from "../../widgets/src/testing/grants.ts";

const HOSTILE = "<img src=x onerror=alert(1)>";

let browser: Browser;
let files: ReadonlyMap<string, string>;
before(async () => {
  [browser, files] = await Promise.all([launchBrowser(), buildWidgets()]);
});
after(() => browser.close());

const part = (page: Page, name: string) => page.locator(`credits-grants-table [part~=${name}]`);

test("a grants table on a strict page of another origin is drawn, styled and sorted without one violation", async () => {
  await using api = await startWidgetApi(files, balancesOf([poolOf()]));
  api.answers.set("/widget/grants", grantsOf([...someGrants(), grantOf({ reason: HOSTILE })]));
  await using host = await startHostPage({
    policy: policyFor(api.origin),
    body: `${COLLECTOR}<credits-grants-table session-url="/session"></credits-grants-table>
      <script type="module" nonce="${NONCE}" src="${api.origin}/credits-grants-table.js"></script>`,
    session: () => api.mintSession(),
  });
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on("dialog", (dialog) => problems.push(dialog.message()));
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(host.origin);
  await part(page, "row").getByText(HOSTILE).waitFor();

  // It is styled by sheets that came later, and the keyboard reaches what sorts.
  const root = `document.querySelector("credits-grants-table").shadowRoot`;
  const bar = `getComputedStyle(${root}.querySelector("[part=bar]"))`;
  assert.equal(await page.evaluate(`${bar}.height`), "5.625px");
  await part(page, "sort-button").first().focus();
  await page.keyboard.press("Enter");
  await page.locator("credits-grants-table [aria-sort=descending]").waitFor();
  assert.equal(await page.evaluate(`${root}.activeElement.getAttribute("part")`), "sort-button");

  assert.deepEqual(problems, []);
  assert.deepEqual(await page.evaluate("window.violations"), []);
});
