import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../support/chromium.ts";
import { COLLECTOR, NONCE, policyFor } from "../support/strict-policy.ts";
import { startWidgetApi } from "../support/widget-api.ts";
import { buildWidgets } from "../support/widget-build.ts";
import { startHostPage } from "../support/widget-host.ts";
import { balancesOf, poolOf } from "../../widgets/src/testing/balances.ts";
import { entryOf } from "../../widgets/src/testing/ledger-entries.ts";

const HOSTILE = "<img src=x onerror=alert(1)>";

let browser: Browser;
let files: ReadonlyMap<string, string>;
before(async () => {
  [browser, files] = await Promise.all([launchBrowser(), buildWidgets()]);
});
after(() => browser.close());

test("a balance on a strict page has its latest entries, its rows and its bars by keyboard without one violation", async () => {
  await using api = await startWidgetApi(files, balancesOf([poolOf({ held: "40" })]));
  const feature = { id: "image", label: HOSTILE };
  api.answers.set("/widget/ledger", { data: [entryOf({ feature })], nextCursor: null, creditTypes: [] });
  await using host = await startHostPage({
    policy: policyFor(api.origin),
    body: `${COLLECTOR}<credits-balance session-url="/session"></credits-balance>
      <credits-balance session-url="/session" variant="utilization"></credits-balance>
      <p id="elsewhere">Elsewhere</p>
      <script type="module" nonce="${NONCE}" src="${api.origin}/credits-balance.js"></script>`,
    session: () => api.mintSession(),
  });
  const page = await browser.newPage({ viewport: { width: 360, height: 640 } });
  const problems: string[] = [];
  page.on("dialog", (dialog) => problems.push(dialog.message()));
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(host.origin);
  await page.getByText("760 of 2,000 used · 38%").waitFor();
  const root = `document.querySelector("credits-balance").shadowRoot`;
  const open = page.locator("credits-balance-history");
  const atFocus = () => page.evaluate(`${root}.activeElement?.getAttribute("part")`);

  await page.locator("credits-balance [part=history]").focus();
  await page.keyboard.press("Enter");
  await open.getByText(HOSTILE).waitFor();
  assert.equal(await atFocus(), "history-popover");
  const box = await open.boundingBox();
  assert.ok(box && box.x >= 0 && box.x + box.width <= 360 && box.y + box.height <= 640, JSON.stringify(box));
  await page.keyboard.press("Escape");
  await open.waitFor({ state: "detached" });
  assert.equal(await atFocus(), "history");

  // The same press closes it, and so does one elsewhere.
  for (const closing of ["credits-balance [part=history]", "#elsewhere"]) {
    await page.locator("credits-balance [part=history]").click();
    await open.getByText(HOSTILE).waitFor();
    await page.locator(closing).click({ position: { x: 5, y: 5 } });
    await open.waitFor({ state: "detached" });
  }
  assert.deepEqual(problems, []);
  assert.deepEqual(await page.evaluate("window.violations"), []);
});
