import assert from "node:assert/strict";
import { test } from "node:test";
import { ELEMENTS, markupOf, openHostPage, untilShown } from "../hosts/page.ts";
import { launchBrowser } from "../support/chromium.ts";
import { buildWidgets } from "../support/widget-build.ts";

const TAGS = Object.keys(ELEMENTS);

test("in a sandboxed frame, which has no origin and no storage, every element works, and a purchase opens", async () => {
  await using stack = new AsyncDisposableStack();
  const files = await buildWidgets();
  const browser = stack.adopt(await launchBrowser(), (one) => one.close());
  await using host = await openHostPage(browser, files, { scripts: () => "" });
  const { api, page, problems } = host;
  // It may not ask the page's back end: whoever embeds gives it a session.
  const { token } = api.mintSession();
  const content = `<!doctype html><credits-session>${TAGS.map(markupOf).join("").replaceAll(' session-url="/session"', "")}</credits-session>
    <script>document.querySelector("credits-session").sessionToken = ${JSON.stringify(token)};</script>
    <script type="module" src="${api.origin}/credits-kit.js"></script>`;
  await page.evaluate(`(() => {
    const frame = document.createElement("iframe");
    frame.sandbox = "allow-scripts";
    frame.width = "700";
    frame.height = "600";
    frame.srcdoc = ${JSON.stringify(content)};
    document.body.append(frame);
  })()`);
  const frame = page.frameLocator("iframe");
  for (const tag of TAGS) await untilShown(frame, tag);
  await frame.locator("credits-balance [part~=top-up-button]").first().click();
  await frame.locator("credits-top-up[modal] [part~=pay-button]").waitFor();
  assert.deepEqual(problems, []);
  assert.equal(api.state.mostStreamsAtOnce, 1);
});
