import assert from "node:assert/strict";
import { test } from "node:test";
import type { Frame, Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { useStudio } from "../support/studio.ts";

/** She never had a token. */
const INES = "lumen-ines";
const MOST_STOPS = 60;
const studio = useStudio();

/** What the keyboard is on, as a reader would call it: through shadow roots, in the frame at hand. */
const FOCUSED = `(() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  const label = element?.getAttribute("aria-label") ?? element?.labels?.[0]?.textContent ?? element?.textContent;
  return element?.localName === "iframe" ? "iframe" : (label ?? "").replace(/\\s+/g, " ").trim();
})()`;

async function focused(page: Page): Promise<string> {
  const onPage = String(await page.evaluate(FOCUSED));
  const form = page.frames().find((frame: Frame) => frame.parentFrame() !== null);
  return onPage === "iframe" && form ? String(await form.evaluate(FOCUSED)) : onPage;
}

/** Walks on by Tab until the keyboard is on it. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const met: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    const label = await focused(page);
    if (name.test(label)) return;
    met.push(label.slice(0, 40));
    await page.keyboard.press("Tab");
  }
  assert.fail(`${name} is no stop of the keyboard; there are: ${met.join(" | ")}`);
}

test("a buyer with nothing pays by keyboard alone on a phone, in three presses, and is back at the button with the credits, as is a second tab", async () => {
  const { browser, demoUrl, tokensOf, client, product } = studio();
  assert.equal(await tokensOf(INES), 0);
  assert.notEqual(new URL(demoUrl).origin, new URL(product.url).origin);
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  await context.addCookies([{ name: "lumen_customer", value: INES, url: demoUrl }]);
  const [page, other] = [await context.newPage(), await context.newPage()];
  const figureOn = (each: Page) =>
    each.locator("credits-balance.credits-card [part~=balance]").getByText("500", { exact: true });
  for (const each of [other, page]) await each.goto(demoUrl);
  await page.bringToFront();
  await page.locator("credits-balance.credits-card [part~=top-up-button]").waitFor();
  let presses = 0;
  const press = async (name: RegExp) => {
    await tabTo(page, name);
    await page.keyboard.press("Enter");
    presses += 1;
  };

  await press(/^Top up$/);
  const place = Number(await page.evaluate("scrollY"));
  await page.locator("credits-top-up [part~=pay-button]").getByText("Pay $6.00").waitFor();
  await press(/^Pay \$6\.00$/);
  await page.frameLocator("iframe").getByLabel("Card number").waitFor();
  for (const [field, text] of [
    [/^E-mail/, "ines@lumen.example"],
    [/^Card number/, "4242424242424242"],
    [/^Expiry/, "1234"],
    [/^CVC/, "123"],
  ] as const) {
    await tabTo(page, field);
    await page.keyboard.type(text);
  }
  await press(/^Pay \$6\.00$/);
  assert.equal(presses, 3);

  // As soon as the payment has bought them, and without a reload.
  await page.evaluate("globalThis.sameDocument = true");
  await eventually("the credits", async () => (await tokensOf(INES)) === 500);
  for (const each of [page, other]) await figureOn(each).waitFor({ state: "attached", timeout: 2_000 });
  assert.equal(await page.evaluate("globalThis.sameDocument"), true);

  await page.locator("credits-top-up [part~=outcome]").getByText("500 tokens added").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("credits-top-up").waitFor({ state: "detached" });
  assert.equal(await focused(page), "Top up");
  assert.ok(Math.abs(Number(await page.evaluate("scrollY")) - place) < 200);
  assert.equal(page.url(), new URL(demoUrl).href);
  const { data } = await client.topUps.list({ customerId: INES });
  assert.deepEqual(
    data.map(({ status }) => status),
    ["paid"],
  );
  await context.close();
});
