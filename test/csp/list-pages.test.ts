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
import { grantOf, grantsOf, someGrants } from "../../widgets/src/testing/grants.ts";
import { entryOf, ledgerOf, someEntries } from "../../widgets/src/testing/ledger.ts";

const HOSTILE = "<img src=x onerror=alert(1)>";

let browser: Browser;
let files: ReadonlyMap<string, string>;
before(async () => {
  [browser, files] = await Promise.all([launchBrowser(), buildWidgets()]);
});
after(() => browser.close());

interface Scene {
  tag: string;
  path: string;
  answer(): unknown;
  /** What the keyboard does with it, beyond what every list can do. */
  act(page: Page): Promise<void>;
}

const SCENES: Scene[] = [
  {
    tag: "credits-grants-table",
    path: "/widget/grants",
    answer: () => grantsOf([...someGrants(), grantOf({ reason: HOSTILE })]),
    act: async (page) => {
      await page.locator("[part=sort-button]").first().focus();
      await page.keyboard.press("Enter");
      await page.locator("[aria-sort=descending]").waitFor();
      assert.equal(await focused(page, "credits-grants-table"), "sort-button");
      assert.equal(await styleOf(page, "credits-grants-table", ["bar", "height"]), "5.625px");
    },
  },
  {
    tag: "credits-ledger",
    path: "/widget/ledger",
    answer: () => ledgerOf([entryOf({ feature: { id: "__proto__", label: HOSTILE } }), ...someEntries()]),
    act: async (page) => {
      await page.locator("[part=grant-button]").first().focus();
      await page.keyboard.press("Enter");
      await page.locator("[part=grant-filter]").waitFor();
    },
  },
];

const styleOf = (page: Page, tag: string, [part, name]: [part: string, name: string]) =>
  page.evaluate(
    `getComputedStyle(document.querySelector("${tag}").shadowRoot.querySelector("[part=${part}]")).${name}`,
  );

const focused = (page: Page, tag: string) =>
  page.evaluate(`document.querySelector("${tag}").shadowRoot.activeElement.getAttribute("part")`);

for (const { tag, path, answer, act } of SCENES) {
  test(`${tag} on a strict page of another origin is drawn, filtered and grouped without one violation`, async () => {
    await using api = await startWidgetApi(files, balancesOf([poolOf()]));
    api.answers.set(path, answer());
    await using host = await startHostPage({
      policy: policyFor(api.origin),
      body: `${COLLECTOR}<${tag} session-url="/session"></${tag}>
        <script type="module" nonce="${NONCE}" src="${api.origin}/${tag}.js"></script>`,
      session: () => api.mintSession(),
    });
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on("dialog", (dialog) => problems.push(dialog.message()));
    page.on("pageerror", (error) => problems.push(error.message));
    await page.goto(host.origin);
    await page.locator("[part=row]").getByText(HOSTILE).waitFor();

    // The form and its looks come when the keyboard opens it.
    await page.locator("[part=filters-button]").focus();
    await page.keyboard.press("Enter");
    await page.locator("[part=filters]").waitFor();
    assert.equal(await styleOf(page, tag, ["filters", "display"]), "grid");
    assert.equal(await focused(page, tag), "filters-button");
    await page.locator("[part=group-by]").selectOption({ index: 1 });
    await page.locator("[part=group]").first().waitFor();
    await act(page);

    assert.deepEqual(problems, []);
    assert.deepEqual(await page.evaluate("window.violations"), []);
    await page.close();
  });

  test(`${tag} whose file of dates does not come says so, with a way to try again, and shows no other rows`, async () => {
    await using api = await startWidgetApi(files, balancesOf([poolOf()]));
    api.answers.set(path, answer());
    await using host = await startHostPage({
      policy: policyFor(api.origin),
      body: `<${tag} session-url="/session" from="2026-01-01"></${tag}>
        <script type="module" nonce="${NONCE}" src="${api.origin}/${tag}.js"></script>`,
      session: () => api.mintSession(),
    });
    const page = await browser.newPage();
    await page.route(/refine/, (route) => route.abort());
    await page.goto(host.origin);
    await page.locator("[part=retry-button]").waitFor();
    assert.equal(await page.locator("[part=notice]").count(), 1);
    assert.equal(await page.locator("[part=row]").count(), 0);
    await page.unroute(/refine/);
    await bringFailedFile(page, () => page.locator("[part=retry-button]").click());
    await page.locator("[part=row]").first().waitFor();
    await page.close();
  });
}
