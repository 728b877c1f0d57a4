import type { Page } from "playwright-core";

/**
 * Does what brings a file of ours that failed: what the page offers, or loading the page anew in a browser that keeps a
 * failed module for the life of a page (Chromium did until 153; the standard forgets it). Answers whether it was that.
 */
export async function bringFailedFile(page: Page, askAgain: () => Promise<void>): Promise<boolean> {
  if (await forgetsFailedModules(page)) {
    await askAgain();
    return false;
  }
  await page.reload();
  return true;
}

async function forgetsFailedModules(page: Page): Promise<boolean> {
  const probe = await page.context().browser()?.newPage();
  if (!probe) throw new Error("a page without its browser");
  let isGone = true;
  await probe.route("http://probe.test/**", (route) => {
    if (!route.request().url().endsWith(".js")) return route.fulfill({ contentType: "text/html", body: "" });
    return isGone ? route.abort() : route.fulfill({ contentType: "text/javascript", body: "" });
  });
  await probe.goto("http://probe.test/");
  const load = `import("http://probe.test/a.js").then(() => true, () => false)`;
  await probe.evaluate(load);
  isGone = false;
  const isLoaded = await probe.evaluate(load);
  await probe.close();
  return isLoaded === true;
}
