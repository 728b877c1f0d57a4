import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createServerClient } from "@credits-kit/client/server";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../support/chromium.ts";
import { type ProductProcess, startProductProcess } from "../support/product.ts";

let product: ProductProcess;
let browser: Browser;

before(async () => {
  [product, browser] = await Promise.all([
    startProductProcess({ env: { SEED_DEMO: "true" } }),
    launchBrowser(),
  ]);
});
after(async () => {
  await browser.close();
  await product[Symbol.asyncDispose]();
});

test("an event that is posted over HTTP makes the number in the browser fall", async () => {
  const client = createServerClient({ baseUrl: product.url, apiKey: product.apiKey });
  const page = await browser.newPage();
  await page.goto(product.demoUrl ?? "");
  const figure = page
    .locator("credits-balance")
    .first()
    .getByText(/[\d,]+/)
    .first();
  await figure.waitFor();
  const before = await tokensOf(client);

  const [result] = (
    await client.events.report([{ id: "e2e-1", customerId: "lumen-lena", featureId: "image", quantity: 2 }])
  ).results;

  assert.equal(result?.status, "applied");
  const expected = new Intl.NumberFormat("en").format(before - 20);
  await page.locator("credits-balance").first().getByText(expected).first().waitFor({ timeout: 5_000 });
  await page.close();
});

test("a press on Generate burns what the button says, live, and the picture appears", async () => {
  const client = createServerClient({ baseUrl: product.url, apiKey: product.apiKey });
  const page = await browser.newPage();
  await page.goto(product.demoUrl ?? "");
  const before = await tokensOf(client);

  await page.getByRole("button", { name: /image/i }).first().click();

  const expected = new Intl.NumberFormat("en").format(before - 10);
  await page.locator("credits-balance").first().getByText(expected).first().waitFor({ timeout: 5_000 });
  assert.equal(await tokensOf(client), before - 10);
  await page.close();
});

async function tokensOf(client: ReturnType<typeof createServerClient>): Promise<number> {
  const { balances } = await client.customers.balances("lumen-lena");
  const tokens = balances.find((balance) => balance.creditTypeId === "ai-tokens");
  assert.ok(tokens, "Lena has AI tokens");
  return Number(tokens.balance);
}
