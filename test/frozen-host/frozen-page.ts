import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { widgetBalances } from "@credits-kit/contract";
import { chromium, type Page } from "playwright-core";
import { z } from "zod";
import { chromiumArgs } from "../support/chromium.ts";
import { unpackChromium } from "../support/packaged-chromium.ts";
import { startWidgetApi } from "../support/widget-api.ts";
import { buildWidgets } from "../support/widget-build.ts";

const require = createRequire(import.meta.url);

/** When the frozen answers were given. */
const NOW = Date.UTC(2026, 2, 12, 9, 30);
const WEIGHTS = [400, 600];

/** The widths at which the page is looked at, in CSS pixels. */
export const WIDTHS_PX: Readonly<Record<string, number>> = { desk: 1_120, phone: 360 };

export const baselineOf = (name: string): string => join(import.meta.dirname, `${name}.png`);

/** The page of a host of release 0.1.0 with the elements as they are built now, in the browser of the baselines. */
export interface FrozenHost extends AsyncDisposable {
  readonly page: Page;
  /** The whole page. */
  picture(widthPx: number): Promise<Buffer>;
}

const read = (name: string) => readFile(join(import.meta.dirname, name), "utf8");

export async function openFrozenHost(): Promise<FrozenHost> {
  const text = await read("answers.json");
  const { balances, ...answers } = z.looseObject({ balances: widgetBalances }).parse(JSON.parse(text));
  await using stack = new AsyncDisposableStack();
  const api = stack.use(await startWidgetApi(await buildWidgets(), balances));
  api.state.scopes = ["read", "top_up", "settings"];
  for (const [path, answer] of Object.entries(answers)) api.answers.set(path, answer);
  const browser = await chromium.launch({
    executablePath: await unpackChromium(),
    args: [...chromiumArgs, "--font-render-hinting=none", "--force-color-profile=srgb"],
  });
  stack.adopt(browser, (one) => one.close());
  const page = await browser.newPage({ reducedMotion: "reduce", locale: "en-US", timezoneId: "UTC" });
  await page.clock.setFixedTime(NOW);
  const [body, css] = await Promise.all([read("page.html"), read("theme.css")]);
  await page.route("**/frozen/page.html", (route) => route.fulfill({ contentType: "text/html", body }));
  await page.route("**/frozen/theme.css", (route) => route.fulfill({ contentType: "text/css", body: css }));
  for (const weight of WEIGHTS) {
    const path = require.resolve(`@fontsource/inter/files/inter-latin-${weight}-normal.woff2`);
    await page.route(`**/frozen/inter-${weight}.woff2`, (route) => route.fulfill({ path }));
  }
  await page.route("**/session", (route) => route.fulfill({ json: api.mintSession(NOW) }));
  await page.goto(`${api.origin}/frozen/page.html`);
  const owned = stack.move();
  return {
    page,
    async picture(widthPx) {
      await page.setViewportSize({ width: widthPx, height: 900 });
      await page.evaluate("document.fonts.ready.then(() => undefined)");
      await page.evaluate(SETTLED);
      return page.screenshot({ fullPage: true, animations: "disabled" });
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Some frames after the last change of size: a chart is drawn anew in the next one, and its numbers come after it. */
const SETTLED = `(async () => {
  for (let turn = 0; turn < 8; turn += 1) await new Promise(requestAnimationFrame);
})()`;

/** Waits until every element of the page shows its data. */
export async function untilAllIsThere(page: Page): Promise<void> {
  for (const what of [
    "credits-balance[variant=compact] [part~=balance]",
    "#balance [part~=balance]",
    "credits-balance[variant=utilization] [part~=bar]",
    "credits-top-up [part~=pay-button]",
    "credits-auto-top-up [part~=status]",
    "main > credits-usage-chart canvas",
    "main > credits-grants-table [part~=row]",
    "main > credits-ledger [part~=row]",
    "credits-utilization-portal [part~=tile] [part~=ring]",
  ])
    await page.locator(what).first().waitFor();
  // The button leads to a price, and the portal's figures to lists.
  await page.locator("credits-top-up [part~=pay-button]").getByText(/\$/).waitFor();
  await page.waitForFunction(
    `![...document.querySelectorAll("*")].some((element) => element.shadowRoot?.querySelector("[aria-busy=true], [part~=skeleton]"))`,
  );
}
