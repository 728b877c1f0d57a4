import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../support/chromium.ts";
import { COLLECTOR, NONCE, policyFor } from "../support/strict-policy.ts";
import { startWidgetApi } from "../support/widget-api.ts";
import { buildWidgets } from "../support/widget-build.ts";
import { startHostPage } from "../support/widget-host.ts";
import { settingsOf } from "../../widgets/src/testing/auto-top-ups.ts";
import { balancesOf, poolOf } from "../../widgets/src/testing/balances.ts";
import { grantsOf } from "../../widgets/src/testing/grants.ts";
import {
  billingOf,
  entryOf,
  ledgerOf,
  outlookOf,
  planOf,
  preferencesOf,
  someEntries,
} from "../../widgets/src/testing/portal.ts";
import { offerOf } from "../../widgets/src/testing/top-ups.ts";
import { usageOf } from "../../widgets/src/testing/usage.ts";

const HOSTILE = "<img src=x onerror=alert(1)>";

let browser: Browser;
let files: ReadonlyMap<string, string>;
before(async () => {
  [browser, files] = await Promise.all([launchBrowser(), buildWidgets()]);
});
after(() => browser.close());

const part = (page: Page, name: string) =>
  page.locator(`credits-utilization-portal [part~=${name}]`).filter({ visible: true });

test("a portal on a strict page of another origin shows every tab, by keyboard, without one violation", async () => {
  const pool = poolOf({ name: HOSTILE, low: true, nextRefreshAt: new Date(Date.now() + 1e9).toISOString() });
  await using api = await startWidgetApi(files, balancesOf([pool], { canChangeSettings: true }));
  api.state.scopes = ["read", "top_up", "settings"];
  const answers = {
    usage: usageOf(),
    forecast: outlookOf(),
    grants: grantsOf(),
    ledger: ledgerOf([entryOf({ feature: { id: "__proto__", label: HOSTILE } }), ...someEntries()]),
    billing: billingOf({ plans: [planOf({ name: HOSTILE })] }),
    "notification-preferences": preferencesOf(),
    "auto-top-ups/tokens": settingsOf(),
    "top-ups/quote": offerOf(),
  };
  for (const [path, answer] of Object.entries(answers)) api.answers.set(`/widget/${path}`, answer);
  await using host = await startHostPage({
    policy: policyFor(api.origin),
    body: `${COLLECTOR}<credits-utilization-portal link-tabs session-url="/session"></credits-utilization-portal>
      <script type="module" nonce="${NONCE}" src="${api.origin}/credits-utilization-portal.js"></script>`,
    session: () => api.mintSession(),
  });
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on("dialog", (dialog) => problems.push(dialog.message()));
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(host.origin);

  // What each tab shows, by the arrow from one to the next.
  const signs = {
    overview: part(page, "row").getByText(HOSTILE),
    usage: page.locator("credits-usage-chart canvas"),
    grants: page.locator("credits-grants-table tbody tr").first(),
    ledger: page.locator("credits-ledger tbody tr").first(),
    billing: part(page, "row").getByText(HOSTILE),
    settings: page.locator("credits-auto-top-up [part~=switch]"),
  };
  for (const [tab, sign] of Object.entries(signs)) {
    await sign.waitFor();
    assert.equal(new URL(page.url()).hash, tab === "overview" ? "" : `#credits/${tab}`);
    await part(page, "tab").and(page.locator("[aria-selected=true]")).focus();
    await page.keyboard.press("ArrowRight");
  }
  await signs.overview.waitFor();
  await page.evaluate(`location.hash = "#credits/settings"`);
  await part(page, "save-button").waitFor();
  assert.equal(await part(page, "choice").count(), 5);

  // All of it came with one session and one stream.
  assert.deepEqual([api.state.sessions, api.state.mostStreamsAtOnce], [1, 1]);
  assert.deepEqual(problems, []);
  assert.deepEqual(await page.evaluate("window.violations"), []);
});
