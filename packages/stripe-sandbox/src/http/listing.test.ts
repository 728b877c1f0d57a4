import assert from "node:assert/strict";
import test from "node:test";
import { payOffSession, saveCard, startForTest } from "../test-support/start.ts";

test("lists come newest first, in pages, to the last one", async (t) => {
  const { stripe } = await startForTest(t);
  const made: string[] = [];
  for (let count = 0; count < 25; count += 1)
    made.unshift((await stripe.customers.create({ name: `Buyer ${count}` })).id);
  const first = await stripe.customers.list();
  assert.equal(first.data.length, 10);
  assert.equal(first.has_more, true);
  assert.equal((await stripe.customers.list({ limit: 25 })).has_more, false);
  const all = await stripe.customers.list({ limit: 7 }).autoPagingToArray({ limit: 100 });
  assert.deepEqual(
    all.map(({ id }) => id),
    made,
  );
  const after = await stripe.customers.list({ limit: 3, starting_after: made[3] ?? "" });
  assert.deepEqual(
    after.data.map(({ id }) => id),
    made.slice(4, 7),
  );
  const before = await stripe.customers.list({ limit: 3, ending_before: made[4] ?? "" });
  assert.deepEqual(
    before.data.map(({ id }) => id),
    made.slice(1, 4),
  );
  assert.equal(before.has_more, true);
  await assert.rejects(stripe.customers.list({ starting_after: "cus_none" }), {
    code: "resource_missing",
    param: "starting_after",
  });
  await assert.rejects(stripe.customers.list({ limit: 101 }), {
    type: "StripeInvalidRequestError",
    param: "limit",
  });
});

test("lists can be narrowed by time and by what an object belongs to", async (t) => {
  const { stripe, control } = await startForTest(t, { now: () => 1_800_000_000_000 });
  const saved = await saveCard(stripe);
  const early = await payOffSession(stripe, saved);
  control.advanceClock(100);
  const late = await payOffSession(stripe, await saveCard(stripe));
  const idsOf = ({ data }: { data: { id: string }[] }): string[] => data.map(({ id }) => id);
  assert.deepEqual(idsOf(await stripe.paymentIntents.list({ created: { gte: 1_800_000_001 } })), [late.id]);
  assert.deepEqual(idsOf(await stripe.paymentIntents.list({ created: 1_800_000_000 })), [early.id]);
  assert.deepEqual(idsOf(await stripe.paymentIntents.list({ customer: saved.customer })), [early.id]);
  const charges = await stripe.charges.list({ payment_intent: late.id });
  assert.deepEqual(idsOf(charges), [late.latest_charge]);
});

test("ids are expanded where they are asked for, also deep and in lists, and nowhere else", async (t) => {
  const { stripe } = await startForTest(t);
  const saved = await saveCard(stripe);
  const payment = await payOffSession(stripe, saved, {
    expand: ["latest_charge.refunds", "customer", "payment_method"],
  });
  assert.ok(typeof payment.latest_charge === "object" && payment.latest_charge !== null);
  assert.deepEqual(payment.latest_charge.refunds?.data, []);
  assert.equal(payment.latest_charge.payment_intent, payment.id);
  assert.ok(typeof payment.customer === "object" && payment.customer?.object === "customer");
  const { data } = await stripe.charges.list({ expand: ["data.payment_intent.customer"] });
  const parent = data[0]?.payment_intent;
  assert.ok(typeof parent === "object" && parent !== null && typeof parent.customer === "object");
  await assert.rejects(stripe.paymentIntents.retrieve(payment.id, { expand: ["colour"] }), {
    message: /This property cannot be expanded \(colour\)/,
  });
});

test("payments are found by their metadata, though not at once when the search lags", async (t) => {
  const { stripe, control } = await startForTest(t);
  const saved = await saveCard(stripe);
  const wanted = await payOffSession(stripe, saved, { metadata: { attempt: "a-1" } });
  await payOffSession(stripe, saved, { metadata: { attempt: "a-2" } });
  const query = "metadata['attempt']:'a-1' AND status:'succeeded'";
  assert.deepEqual(
    (await stripe.paymentIntents.search({ query })).data.map(({ id }) => id),
    [wanted.id],
  );
  control.configure({ searchLagSeconds: 60 });
  assert.deepEqual((await stripe.paymentIntents.search({ query })).data, []);
  control.advanceClock(61);
  assert.equal((await stripe.paymentIntents.search({ query })).data.length, 1);
  await assert.rejects(stripe.paymentIntents.search({ query: "metadata is nice" }), { param: "query" });
});
