import assert from "node:assert/strict";
import { test } from "node:test";
import type { FrameLocator, Locator, Page } from "playwright-core";
import { useStudio } from "../support/studio.ts";

const INES = "lumen-ines";
const KESTREL = "lumen-kestrel";
const PAYS = "4242 4242 4242 4242";
const ASKS_EVERY_TIME = "4000 0027 6000 3184";

const studio = useStudio();
const tokensOf = (customerId: string) => studio().tokensOf(customerId);

/** The studio as a customer sees it, and in it the settings that the way beside "Top up" opened. */
interface Scene {
  page: Page;
  balance: Locator;
  settings: Locator;
  stripe: FrameLocator;
}

async function openSettings(customerId: string, viewport = { width: 1200, height: 900 }): Promise<Scene> {
  const context = await studio().browser.newContext({ viewport });
  const { demoUrl: url } = studio();
  await context.addCookies([{ name: "lumen_customer", value: customerId, url }]);
  const page = await context.newPage();
  await page.goto(url);
  const balance = page.locator("credits-balance.credits-card");
  const settings = page.locator("credits-auto-top-up");
  await balance.getByRole("button", { name: "Set up auto top-up" }).click();
  await settings.getByRole("button", { name: "Set up auto top-up" }).click();
  return { page, balance, settings, stripe: page.frameLocator("iframe") };
}

interface Wish {
  threshold: string;
  limit: string;
  card: string;
}

/** Sets it to 500 tokens at a time, for six dollars, with a card that is not there yet. */
async function setUp({ settings, stripe }: Scene, { threshold, limit, card }: Wish): Promise<void> {
  await settings.getByLabel("When your balance falls below").fill(threshold);
  await settings.getByRole("radio", { name: "Add" }).check();
  await settings.getByRole("textbox", { name: "Add" }).fill("500");
  await settings.getByLabel("Spend at most").fill(limit);
  await settings.getByText("$6.00").waitFor();
  await settings.getByRole("checkbox").check();
  await settings.getByRole("button", { name: "Add a card" }).click();
  const email = stripe.getByLabel("E-mail");
  await stripe.getByLabel("Card number").fill(card);
  if ((await email.count()) > 0 && (await email.isEditable())) await email.fill("someone@lumen.example");
  await stripe.getByLabel("Expiry").fill("12 / 34");
  await stripe.getByLabel("CVC").fill("123");
  await stripe.getByRole("button", { name: "Save card" }).click();
}

let events = 0;
/** Burns tokens, as the studio does. */
async function burn(customerId: string, quantity: number): Promise<void> {
  events += 1;
  const event = { id: `auto-top-up-${events}`, customerId, featureId: "email", quantity };
  const { results } = await studio().client.events.report([event]);
  assert.equal(results[0]?.status, "applied");
}

const shows = (part: Locator, text: string | RegExp) => part.getByText(text).first().waitFor();

test("a person alone sets it up without a card, drains the pool and sees it refill, up to the limit and beyond a higher one", async () => {
  const { client } = studio();
  // Ines lives by a clock of ours, so that nobody waits for the pause after a payment.
  const now = Date.now();
  const clock = await client.testClocks.create({ now: new Date(now).toISOString() });
  await client.customers.upsert(INES, { testClockId: clock.id });
  await client.grants.create({
    customerId: INES,
    creditTypeId: "ai-tokens",
    amount: "200",
    category: "promo",
  });

  const scene = await openSettings(INES);
  const { balance, settings } = scene;
  await setUp(scene, { threshold: "100", limit: "10", card: PAYS });
  await shows(settings, "Your card is saved.");
  await settings.getByRole("button", { name: "Turn on auto top-up" }).click();
  await shows(settings, /When you have fewer than 100 tokens, 500 tokens are added/);
  await shows(settings, "Visa ···· 4242");
  assert.equal(await tokensOf(INES), 200);

  await burn(INES, 150);
  await shows(balance, "550");
  await shows(settings, "$6.00 of $10.00");
  await shows(settings, "Just topped up");

  await burn(INES, 500);
  await client.testClocks.advance(clock.id, { to: new Date(now + 61_000).toISOString() });
  await shows(settings, "Your monthly limit is reached");
  await shows(settings, /\$4\.00 of it is left/);
  assert.equal(await tokensOf(INES), 50);

  await settings.getByRole("button", { name: "Raise the limit" }).click();
  await settings.getByLabel("Spend at most").fill("50");
  await settings.getByRole("button", { name: "Save" }).click();
  await shows(balance, "550");
  await shows(settings, "$12.00 of $50.00");
  assert.equal(await tokensOf(INES), 550);
  const { data } = await client.topUps.list({ customerId: INES });
  assert.deepEqual(
    data.map(({ status, total }) => [status, total.amountMinor]),
    [
      ["paid", 600],
      ["paid", 600],
    ],
  );
  await settings.getByRole("button", { name: "Close" }).click();
  await shows(balance, "Auto top-up: on");
  await scene.page.context().close();
});

test("a payment that the bank asks about is confirmed by the widget's link, at the width of a phone, and the credits come", async () => {
  const before = await tokensOf(KESTREL);
  assert.ok(before < 100, "nearly out");
  const scene = await openSettings(KESTREL, { width: 360, height: 740 });
  const { page, balance, settings, stripe } = scene;
  await setUp(scene, { threshold: "100", limit: "50", card: ASKS_EVERY_TIME });
  await stripe.getByRole("button", { name: "Complete" }).first().click();
  await settings.getByRole("button", { name: "Turn on auto top-up" }).click();

  const link = settings.getByRole("link", { name: "Confirm the payment" });
  await link.waitFor();
  assert.equal(await tokensOf(KESTREL), before);
  const opening = page.waitForEvent("popup");
  await link.focus();
  await page.keyboard.press("Enter");
  const bank = await opening;
  await bank.getByRole("link", { name: "Confirm at your bank" }).click();
  await bank.getByRole("button", { name: "Complete" }).click();

  await page.bringToFront();
  await shows(settings, "Just topped up");
  await link.waitFor({ state: "detached" });
  await balance
    .getByText(String(before + 500))
    .first()
    .waitFor({ state: "attached" });
  assert.equal(await tokensOf(KESTREL), before + 500);
  await page.context().close();
});
