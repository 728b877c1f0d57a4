import assert from "node:assert/strict";
import { before, test } from "node:test";
import { routes } from "@credits-kit/contract";
import { oneEngine, fromNow, Shop, useTestApp } from "../../test-support/index.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  const rated = (id: string, creditsPerUnit: string) =>
    shop.plan({
      id,
      creditTypeId: "credits",
      limit: "soft",
      rates: [{ featureId: "image", creditsPerUnit }],
    });
  before(async () => {
    await shop.open();
    await Promise.all([rated("three", "3"), rated("four", "4"), rated("nine", "9")]);
  });

  test("a late event costs what its own day cost, burns what is there now, and keeps both times", async () => {
    const customerId = await shop.customer({ plan: null, credits: "100" });
    await shop.subscribe(customerId, {
      planId: "nine",
      startsAt: fromNow(-20 * DAY_MS),
      endsAt: fromNow(-10 * DAY_MS),
    });
    await shop.subscribe(customerId, { planId: "four", startsAt: fromNow(-10 * DAY_MS) });
    const timestamp = fromNow(-15 * DAY_MS);
    const late = await shop.burn({ id: "late", customerId, featureId: "image", timestamp });
    const now = await shop.burn({ id: "now", customerId, featureId: "image" });
    assert.deepEqual([late.delta, now.delta, now.balance], ["-9", "-4", "87"]);
    const [, first, second] = await shop.ledger(customerId);
    assert.equal(first?.occurredAt, timestamp);
    assert.ok(first && second && first.at <= second.at && Date.parse(first.at) > Date.now() - HOUR_MS);
    assert.equal(Math.abs(Date.parse(second.occurredAt) - Date.parse(second.at)) < 5000, true);
    const [before] = await shop.post([
      { id: "before", customerId, featureId: "image", timestamp: fromNow(-21 * DAY_MS) },
    ]);
    assert.equal(before?.error?.code, "no_active_subscription");
  });

  test("of two subscriptions the one that started last sets the price", async () => {
    const customerId = await shop.customer({ plan: null, credits: "100" });
    await shop.subscribe(customerId, { planId: "four", startsAt: fromNow(-DAY_MS) });
    await shop.subscribe(customerId, { planId: "nine", startsAt: fromNow(-2 * DAY_MS) });
    const burn = async (id: string, timestamp?: string) =>
      (await shop.burn({ id, customerId, featureId: "image", ...(timestamp ? { timestamp } : {}) })).delta;
    assert.equal(await burn("now"), "-4");
    assert.equal(await burn("earlier", fromNow(-36 * HOUR_MS)), "-9");
    await shop.subscribe(customerId, { planId: "three" });
    assert.equal(await burn("changed"), "-3");
  });

  test("a subscription that ended or has not begun sets no price", async () => {
    const customerId = await shop.customer({ plan: null, credits: "100" });
    await shop.subscribe(customerId, { planId: "nine", startsAt: fromNow(HOUR_MS) });
    await shop.subscribe(customerId, {
      planId: "four",
      startsAt: fromNow(-DAY_MS),
      endsAt: fromNow(-HOUR_MS),
    });
    const [result] = await shop.post([{ id: "a", customerId, featureId: "image" }]);
    assert.equal(result?.error?.code, "no_active_subscription");
  });

  test("a customer keeps the plan version subscribed to, and a feature that only the older plan has is priced by it", async () => {
    const customerId = await shop.customer({ plan: null, credits: "100" });
    await shop.subscribe(customerId, { planId: "hard", startsAt: fromNow(-DAY_MS) });
    await shop.subscribe(customerId, { planId: "three" });
    const { delta } = await shop.burn({ id: "a", customerId, featureId: "email" });
    assert.equal(delta, "-1");
  });

  test("events of a resource burn its own pool, by its own subscription or the general one", async () => {
    const customerId = await shop.customer({ plan: null });
    await shop.subscribe(customerId, { planId: "four" });
    await shop.subscribe(customerId, { planId: "nine", resourceId: "team-a" });
    for (const resourceId of [undefined, "team-a", "team-b"]) {
      await shop.grant(customerId, { amount: "50", ...(resourceId ? { resourceId } : {}) });
    }
    const results = await shop.post([
      { id: "1", customerId, featureId: "image" },
      { id: "2", customerId, featureId: "image", resourceId: "team-a" },
      { id: "3", customerId, featureId: "image", resourceId: "team-b" },
    ]);
    assert.deepEqual(
      results.map(({ balance, seq }) => [balance, seq]),
      [
        ["46", 2],
        ["41", 2],
        ["46", 2],
      ],
    );
    const pools = await shop.balances(customerId);
    assert.deepEqual(
      pools.map(({ resourceId, balance }) => [resourceId, balance]),
      [
        [null, "46"],
        ["team-a", "41"],
        ["team-b", "46"],
      ],
    );
  });

  test("a subscription to a resource says nothing about the rest", async () => {
    const customerId = await shop.customer({ plan: null, credits: "50" });
    await shop.subscribe(customerId, { planId: "nine", resourceId: "team-a" });
    const [general, other] = await shop.post([
      { id: "1", customerId, featureId: "image" },
      { id: "2", customerId, featureId: "image", resourceId: "team-b" },
    ]);
    assert.equal(general?.error?.code, "no_active_subscription");
    assert.equal(other?.error?.code, "no_active_subscription");
  });

  test("plans of two credit types burn pools that never mix", async () => {
    const customerId = await shop.customer({ plan: null, credits: "50" });
    await shop.subscribe(customerId, { planId: "hard", startsAt: fromNow(-DAY_MS) });
    await shop.subscribe(customerId, { planId: "tokens" });
    await shop.grant(customerId, { creditTypeId: "tokens", amount: "20" });
    const [image, email] = await shop.post([
      { id: "1", customerId, featureId: "image" },
      { id: "2", customerId, featureId: "email" },
    ]);
    assert.deepEqual([image?.creditTypeId, image?.balance], ["tokens", "13"]);
    assert.deepEqual([email?.creditTypeId, email?.balance], ["credits", "49"]);
  });

  test("usage older than the window is taken as backfill, and keeps its day", async () => {
    const customerId = await shop.customer({ plan: null, credits: "50" });
    await shop.subscribe(customerId, { planId: "nine", startsAt: fromNow(-400 * DAY_MS) });
    const timestamp = fromNow(-300 * DAY_MS);
    const event = { id: "old", customerId, featureId: "image", timestamp };
    const [refused] = await shop.post([event]);
    assert.equal(refused?.error?.code, "timestamp_out_of_window");
    assert.equal((await shop.burn({ ...event, backfill: true })).delta, "-9");
    assert.equal((await shop.ledger(customerId)).at(-1)?.occurredAt, timestamp);
  });

  test("users are kept as numbers, and lists name them again", async () => {
    const customerId = await shop.customer({ credits: "50" });
    const users = ["lena@studio.test", "auth0|max", "lena@studio.test", undefined];
    await shop.post(
      users.map((userId, index) => ({ id: `u${index}`, customerId, featureId: "email", userId })),
    );
    const entries = (await shop.ledger(customerId)).slice(1);
    assert.deepEqual(
      entries.map(({ userId }) => userId),
      ["lena@studio.test", "auth0|max", "lena@studio.test", null],
    );
    const query = { customerId, userId: "lena@studio.test" };
    assert.equal((await app().client.call(routes.listLedger, { query })).body.data.length, 2);
  });
});
