import type { Browser, Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";

/** A page of which everything is heard that a developer would not like to see. */
export interface WatchedPage extends AsyncDisposable {
  readonly page: Page;
  /** Errors, warnings, and answers that failed. */
  readonly problems: string[];
  /** Resolves when so many live streams are open. */
  streams(count: number): Promise<void>;
}

/** Opens a page of its own, at this address if there is one. */
export async function openWatched(browser: Browser, address?: string): Promise<WatchedPage> {
  const page = await browser.newPage({ viewport: { width: 800, height: 900 } });
  page.setDefaultTimeout(10_000);
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (isIcon(message.location().url)) return;
    if (["error", "warning"].includes(message.type())) problems.push(message.text());
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && !isIcon(response.url()))
      problems.push(`${response.status()} ${response.url()}`);
  });
  const open = new Set<object>();
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === "/widget/stream" && request.method() === "GET") open.add(request);
  });
  page.on("requestfinished", (request) => open.delete(request));
  page.on("requestfailed", (request) => open.delete(request));
  if (address !== undefined) await page.goto(address);
  return {
    page,
    problems,
    streams: async (count) => void (await eventually(`${count} streams`, async () => open.size === count)),
    [Symbol.asyncDispose]: () => page.close(),
  };
}

/** Browsers ask every site for one. */
const isIcon = (url: string) => url.endsWith("/favicon.ico");

/** Waits until the balance says so many tokens. */
export async function showsTokens(page: Page, tokens: string): Promise<void> {
  await page.locator("credits-balance [part~=balance]").getByText(tokens, { exact: true }).first().waitFor();
}
