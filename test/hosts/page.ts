import type { Browser, Page } from "playwright-core";
import { balancesOf, poolOf } from "../../widgets/src/testing/balances.ts";
import { grantsOf } from "../../widgets/src/testing/grants.ts";
import { settingsOf } from "../../widgets/src/testing/auto-top-ups.ts";
import { billingOf, ledgerOf, preferencesOf } from "../../widgets/src/testing/portal.ts";
import { offerOf } from "../../widgets/src/testing/top-ups.ts";
import { forecastOf, usageOf } from "../../widgets/src/testing/usage.ts";
import { startWidgetApi } from "../support/widget-api.ts";
import { startHostPage } from "../support/widget-host.ts";

/** Every element with its attributes, and what it shows once it has its data. */
export const ELEMENTS: Readonly<Record<string, { attributes: Record<string, string>; shows: string }>> = {
  "credits-balance": { attributes: {}, shows: "[part~=balance]" },
  "credits-usage-chart": { attributes: { "time-zone": "UTC" }, shows: "canvas" },
  "credits-grants-table": { attributes: { "time-zone": "UTC" }, shows: "[part~=row]" },
  "credits-ledger": { attributes: { "time-zone": "UTC" }, shows: "[part~=row]" },
  "credits-utilization-portal": { attributes: { "time-zone": "UTC" }, shows: "[part~=tile]" },
  "credits-top-up": { attributes: {}, shows: "[part~=pay-button]" },
  "credits-auto-top-up": { attributes: { "credit-type": "tokens" }, shows: "[part~=status]" },
};

const ALL = (origin: string) => `<script type="module" src="${origin}/credits-kit.js"></script>`;

/**
 * A host page on another origin than the API, with all elements defined and nothing on it yet. `head` is what the host
 * has before `scripts`, which load the kit.
 */
export async function openHostPage(
  browser: Browser,
  files: ReadonlyMap<string, string>,
  { head = "", scripts = ALL }: { head?: string; scripts?: (origin: string) => string } = {},
) {
  const api = await startWidgetApi(
    files,
    balancesOf([poolOf({ low: true, available: "96" })], { canChangeSettings: true }),
  );
  api.state.scopes = ["read", "top_up", "settings"];
  const answers = {
    "/widget/usage": usageOf(),
    "/widget/forecast": forecastOf(),
    "/widget/grants": grantsOf(),
    "/widget/ledger": ledgerOf(),
    "/widget/billing": billingOf(),
    "/widget/notification-preferences": preferencesOf(),
    "/widget/top-ups/quote": offerOf(),
    "/widget/auto-top-ups/tokens": settingsOf(),
  };
  for (const [path, answer] of Object.entries(answers)) api.answers.set(path, answer);
  const host = await startHostPage({
    body: `${head}${scripts(api.origin)}<main></main>`,
    session: () => api.mintSession(),
  });
  const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
  page.setDefaultTimeout(15_000);
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  await page.goto(host.origin);
  if (scripts(api.origin))
    await page.evaluate(`customElements.whenDefined("credits-balance").then(() => undefined)`);
  return {
    api,
    page,
    problems,
    origin: host.origin,
    async [Symbol.asyncDispose]() {
      await page.close();
      await host[Symbol.asyncDispose]();
      await api[Symbol.asyncDispose]();
    },
  };
}

/** The markup of an element with a session. */
export function markupOf(tag: string): string {
  const attributes = Object.entries(ELEMENTS[tag]?.attributes ?? {}).map(
    ([name, value]) => ` ${name}="${value}"`,
  );
  return `<${tag} session-url="/session"${attributes.join("")}></${tag}>`;
}

/** Waits until an element shows its data. */
export async function untilShown(page: Pick<Page, "locator">, tag: string): Promise<void> {
  await page.locator(`${tag} ${ELEMENTS[tag]?.shows}`).first().waitFor();
}
