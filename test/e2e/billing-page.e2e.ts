import assert from "node:assert/strict";
import { test } from "node:test";
import { useStudio } from "../support/studio.ts";

const LENA = "lumen-lena";
const studio = useStudio();

test("the studio's billing page shows every part, live, in each look and language, on a phone too, without one error", async () => {
  const { browser, demoUrl, client, tokensOf } = studio();
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  await page.goto(new URL("/billing", demoUrl).href);
  const portal = page.locator("credits-utilization-portal");
  const tab = (name: string) => portal.getByRole("tab", { name });
  const figure = portal.locator("[part~=balance]");
  const before = await tokensOf(LENA);
  const amount = (tokens: number) => new Intl.NumberFormat("en").format(tokens);
  await figure.getByText(amount(before)).waitFor();

  // Usage burns what is shown, and the page hears of it.
  await client.events.report([{ id: "billing-1", customerId: LENA, featureId: "image", quantity: 1 }]);
  await figure.getByText(amount(before - 10)).waitFor({ timeout: 5_000 });

  for (const [name, shown] of [
    ["Usage", "credits-usage-chart canvas"],
    ["Grants", "credits-grants-table [part~=row]"],
    ["Ledger", "credits-ledger [part~=row]"],
    ["Plan & billing", "[part~=section]"],
    ["Settings", "credits-auto-top-up [part~=title]"],
  ] as const) {
    await tab(name).click();
    await portal.locator(shown).first().waitFor();
  }
  assert.match(page.url(), /#billing\/settings$/);

  const ground = () => page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
  const surface = () =>
    page.evaluate<string>(
      `getComputedStyle(document.querySelector("credits-utilization-portal").shadowRoot.querySelector(".header")).backgroundColor`,
    );
  const [night, nightCard] = [await ground(), await surface()];
  await page.getByLabel("Look").selectOption("day");
  assert.notEqual(await ground(), night);
  assert.notEqual(await surface(), nightCard);
  await page.getByLabel("Language").selectOption("de");
  await tab("Einstellungen").waitFor();
  await page.getByLabel("Sprache").selectOption("ar");
  await page.setViewportSize({ width: 360, height: 740 });
  assert.equal(await page.evaluate("document.documentElement.dir"), "rtl");
  assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);

  // It is all still so when the page is opened again.
  await page.reload();
  await portal.getByRole("tab").first().waitFor();
  assert.equal(await page.evaluate("document.documentElement.lang"), "ar");
  assert.equal(await page.evaluate("document.documentElement.dataset.look"), "day");
  assert.deepEqual(problems, []);
  await context.close();
});
