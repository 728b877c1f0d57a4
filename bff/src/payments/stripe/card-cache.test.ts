import assert from "node:assert/strict";
import { test } from "node:test";
import { CardCache } from "./card-cache.ts";

const CARD = { id: "pm_1", brand: "visa", last4: "4242", expiryMonth: 1, expiryYear: 2030 };

test("Stripe is asked once for a customer's card, however many quotes show it within some seconds", async () => {
  let ms = 0;
  let asked = 0;
  const cache = new CardCache(() => ms);
  const find = (id = "cus_1") => cache.find(id, () => Promise.resolve(++asked > 0 ? CARD : null));
  const all = await Promise.all([find(), find(), find()]);
  assert.deepEqual([all, asked], [[CARD, CARD, CARD], 1]);
  await find("cus_2");
  assert.equal(asked, 2);
  ms += 5_000;
  await find();
  assert.equal(asked, 3);
});

test("a card that was changed is shown at once", async () => {
  const cache = new CardCache(() => 0);
  let asked = 0;
  const find = () => cache.find("cus_1", () => Promise.resolve(asked++ === 0 ? null : CARD));
  assert.equal(await find(), null);
  cache.forget("cus_2");
  assert.equal(await find(), null);
  cache.forget("cus_1");
  assert.equal(await find(), CARD);
  cache.forgetAll();
  await find();
  assert.equal(asked, 3);
});

test("that Stripe did not answer is not kept", async () => {
  const cache = new CardCache(() => 0);
  await assert.rejects(cache.find("cus_1", () => Promise.reject(new Error("no answer"))));
  assert.equal(await cache.find("cus_1", () => Promise.resolve(CARD)), CARD);
});

test("a thousand customers are kept at most", async () => {
  const cache = new CardCache(() => 0);
  let asked = 0;
  const find = (id: number) => cache.find(`cus_${id}`, () => Promise.resolve(++asked > 0 ? CARD : null));
  for (let id = 0; id <= 1_000; id += 1) await find(id);
  await find(1_000);
  assert.equal(asked, 1_001);
  await find(0);
  assert.equal(asked, 1_002);
});
