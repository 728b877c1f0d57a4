import assert from "node:assert/strict";
import { test } from "node:test";
import type { FrameLocator, Page } from "playwright-core";
import { useStudio } from "../support/studio.ts";

const LENA = "lumen-lena";
const studio = useStudio();

const balanceOn = (page: Page) => page.locator("credits-balance.credits-card");
const checkoutOn = (page: Page): FrameLocator => page.frameLocator("iframe");

/** Opens the demo and reaches the payment form: two actions. */
async function startPurchase(page: Page): Promise<void> {
  await page.goto(studio().demoUrl);
  await balanceOn(page).getByRole("button", { name: "Top up" }).first().click();
  await page.getByRole("button", { name: "Pay $6.00" }).click();
  await checkoutOn(page).getByLabel("Card number").waitFor();
}

async function enterCard(page: Page, number: string): Promise<void> {
  const form = checkoutOn(page);
  const email = form.getByLabel("E-mail");
  // Stripe asks for it once.
  if (await email.isEditable()) await email.fill("lena@lumen.example");
  await form.getByLabel("Card number").fill(number);
  await form.getByLabel("Expiry").fill("12 / 34");
  await form.getByLabel("CVC").fill("123");
  await form.getByRole("button", { name: "Pay $6.00" }).click();
}

const tokens = () => studio().tokensOf(LENA);

test("a person buys credits in the page, after a declined card, and the number rises there and in a second tab", async () => {
  const { browser, client } = studio();
  const before = await tokens();
  const risen = new Intl.NumberFormat("en").format(before + 500);
  const [page, other] = [await browser.newPage(), await browser.newPage()];
  await other.goto(studio().demoUrl);
  await startPurchase(page);
  await enterCard(page, "4000 0000 0000 0002");
  await checkoutOn(page)
    .getByText(/declined/i)
    .first()
    .waitFor();
  assert.equal(await tokens(), before);

  await enterCard(page, "4242 4242 4242 4242");
  for (const each of [page, other]) await balanceOn(each).getByText(risen).first().waitFor();
  assert.equal(await tokens(), before + 500);
  const { data } = await client.topUps.list({ customerId: LENA });
  assert.deepEqual(
    data.map(({ status, total }) => [status, total.amountMinor]),
    [["paid", 600]],
  );
  const { data: grants } = await client.grants.list({ customerId: LENA, sort: "-createdAt", limit: 1 });
  assert.deepEqual(
    [grants[0]?.amount, grants[0]?.source.kind, grants[0]?.category],
    ["500", "top_up", "paid"],
  );
  await page.close();
  await other.close();
});

test("a person whose bank asks confirms in the page and has the credits, at the width of a phone", async () => {
  const before = await tokens();
  const page = await studio().browser.newPage({ viewport: { width: 360, height: 740 } });
  await startPurchase(page);
  await enterCard(page, "4000 0027 6000 3184");
  const confirm = checkoutOn(page)
    .getByRole("button", { name: /complete|confirm/i })
    .first();
  await confirm.focus();
  await page.keyboard.press("Enter");
  const risen = new Intl.NumberFormat("en").format(before + 500);
  await balanceOn(page).getByText(risen).first().waitFor({ state: "attached" });
  assert.equal(await tokens(), before + 500);
  // The bar above fits: its balance on one line, and the choice of a customer still within the page.
  const inBar =
    await page.evaluate(`[...document.querySelectorAll(".bar-balance, .account")].map((item) => item.getBoundingClientRect())
    .every(({ right, height }) => right <= 360 && height < 50)`);
  assert.equal(inBar, true);
  await page.close();
});
