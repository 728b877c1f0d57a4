import assert from "node:assert/strict";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import { createApiKey } from "../../bff/src/auth/api-key.ts";
import type { Database } from "../../bff/src/storage/database.ts";
import { countEach, post, tally } from "./answers.ts";
import { onTwoReplicas } from "./deployments.ts";

const YEARS = "3 years";
const credits = (amount: string) => ({ creditTypeId: "credits", amount });

onTwoReplicas(({ app, shop, rounds, at, atOnce }) => {
  // Elsewhere, a grant's key counted for every customer at once, so that the second customer got nothing. Here a key
  // belongs to its customer and operation, as the ids of events, consumption and holds do.
  test("one key and one id, sent for two customers, do their work for each of them (complaint 40)", async () => {
    const customers = [await shop.customer({ credits: "100" }), await shop.customer({ credits: "100" })];
    const given = await Promise.all(customers.map((customerId) => shop.grant(customerId, { amount: "7" })));
    const steps = [
      { path: "/v1/grants", body: { ...credits("10"), category: "promo" } },
      { path: "/v1/consume", body: { id: "same", ...credits("1") } },
      { path: "/v1/holds", body: { id: "same", ...credits("3") } },
      { path: "/v1/holds/extend", body: { id: "same", expiresInSeconds: 3600 } },
      { path: "/v1/holds/capture", body: { id: "same", amount: "1", final: false } },
      { path: "/v1/holds/release", body: { id: "same" } },
    ];
    for (const { path, body } of steps) {
      for (const isAgain of [false, true]) {
        const replies = await atOnce(2, ({ client }, turn) =>
          post(client, path, { customerId: customers[turn], ...body, key: "same" }),
        );
        assert.ok(
          replies.every(({ status }) => status < 300),
          path,
        );
        const replayed = replies.map(({ headers }) => headers.has("idempotency-replayed"));
        assert.deepEqual(replayed, [isAgain, isAgain], path);
      }
    }
    const revocations = await atOnce(2, ({ client }, turn) =>
      post(client, `/v1/grants/${given[turn]?.id}/revoke`, { reason: "Asked for", key: "same" }),
    );
    assert.deepEqual(tally(revocations), { "200": 2 });
    const subscriptions = await atOnce(2, ({ client }, turn) =>
      post(client, `/v1/customers/${customers[turn]}/subscriptions`, { planId: "soft", key: "same" }),
    );
    assert.deepEqual(tally(subscriptions), { "201": 2 });
    // Of one customer, the id stands for an event, a consumption and a hold without their meeting.
    for (const customerId of customers) {
      await shop.burn({ id: "same", customerId, featureId: "image" });
      await shop.reverse(customerId, "same");
      assert.equal((await at(1).shop.balance(customerId)).balance, "108");
      const { body } = await at(1).client.call(routes.listSubscriptions, { params: { id: customerId } });
      assert.equal(body.data.length, 2);
    }
  });

  const batch = (customerId: string, from: number, to: number) =>
    Array.from({ length: to - from }, (_, n) => ({
      ...{ id: `e${from + n}`, customerId, featureId: "email" },
      quantity: `${from + n}.5`,
    }));

  // Elsewhere, a batch that was inserted again was counted again, and ids were forgotten after a day. Here every event
  // carries its own id, whatever batch it comes in, and the id stays as long as the ledger does.
  test("batches sent twice, and batches that overlap, count each event once (complaint 43)", async () => {
    for (let round = 0; round < rounds; round += 1) {
      const customerId = await shop.customer({ credits: "100000" });
      const windows: [number, number][] = [
        [0, 60],
        [0, 60],
        [30, 90],
        [60, 120],
        [90, 120],
        [0, 120],
      ];
      const results = await atOnce(windows.length, ({ shop: there }, turn) =>
        there.post(batch(customerId, ...(windows[turn] ?? [0, 0]))),
      );
      const sent = windows.reduce((sum, [from, to]) => sum + to - from, 0);
      assert.deepEqual(countEach(results.flat().map(({ status }) => status)), {
        applied: 120,
        duplicate: sent - 120,
      });
      // 0.5 + 1.5 + … + 119.5
      assert.equal((await at(1).shop.balance(customerId)).balance, "92800");
      const others = batch(customerId, 0, 120).map((event) => ({ ...event, quantity: "1" }));
      const conflicts = await at(1).shop.post(others);
      assert.deepEqual(countEach(conflicts.map(({ error }) => error?.code ?? "")), {
        event_id_conflict: 120,
      });
      assert.equal((await at(1).shop.balance(customerId)).seq, 121);
    }
  });

  test("ids that come again years later are still known, though kept answers are gone (complaint 43)", async () => {
    const customerId = await shop.customer({ credits: "100" });
    const events = batch(customerId, 0, 5);
    await shop.post(events);
    await shop.consume(customerId, { id: "c", amount: "2" });
    await shop.hold(customerId, { id: "h", amount: "3" });
    const denied = { id: "d", customerId, ...credits("1000") };
    const payment = { customerId, ...credits("10"), category: "promo", key: "payment" };
    const first = await post(at(0).client, "/v1/grants", payment);
    await post(at(0).client, "/v1/consume", denied);
    const before = await shop.balance(customerId);
    await age(app().database);

    const again = await at(1).shop.post(events);
    assert.deepEqual(countEach(again.map(({ status }) => status)), { duplicate: 5 });
    const { status } = await at(1).shop.consume(customerId, { id: "c", amount: "2" });
    assert.equal(status, "duplicate");
    const { amount } = await at(1).shop.hold(customerId, { id: "h", amount: "3" });
    assert.equal(amount, "3");
    await shop.grant(customerId, { amount: "1000" });
    assert.deepEqual(tally([await post(at(1).client, "/v1/consume", denied)]), {
      "402 insufficient_credits": 1,
    });
    assert.equal((await post(at(1).client, "/v1/grants", payment)).text, first.text);
    const { balance, seq } = await shop.balance(customerId);
    assert.deepEqual(
      { balance, seq },
      { balance: String(Number(before.balance) + 1000), seq: before.seq + 1 },
    );
  });

  /** Makes all that was ever asked look as if it had been asked long ago, and forgets what is kept for 30 days only. */
  async function age(database: Database): Promise<void> {
    const owner = await database.connect();
    await owner.query("reset role", []);
    try {
      await owner.query(`update commands set at = at - interval '${YEARS}'`, []);
      await owner.query("delete from idempotent_answers", []);
    } finally {
      await owner.query("set role credits_kit_writer", []);
      owner.release();
    }
  }

  // Elsewhere, transfers had no key, and users asked how not to apply one payment twice. Here every call that changes
  // something takes one, and it outlives the process, the replica and the API key that it was first sent with.
  test("one payment, sent again with its key, is credited once (complaint 44)", async () => {
    const customerId = await shop.customer();
    const payment = {
      ...{ customerId, ...credits("500"), category: "paid", costBasis: { amount: "0.01", currency: "usd" } },
      externalReference: "payment 4711",
    };
    const headers = { "Idempotency-Key": "payment-4711" };
    const first = await at(0).client.send("POST", "/v1/grants", { json: payment, headers });
    assert.equal(first.status, 201);
    const { key: rotated } = await createApiKey(app().database, { name: "rotated", mode: "test" });
    const again = await atOnce(8, ({ client }, turn) => {
      const credential = turn % 4 < 2 ? {} : { credential: rotated };
      return client.send("POST", "/v1/grants", { json: payment, headers, ...credential });
    });
    for (const reply of again) {
      assert.deepEqual([reply.status, reply.text], [201, first.text]);
      assert.equal(reply.headers.get("idempotency-replayed"), "true");
    }
    const other = await at(1).client.send("POST", "/v1/grants", {
      json: { ...payment, amount: "501" },
      headers,
    });
    assert.deepEqual(tally([other]), { "409 idempotency_conflict": 1 });
    const { balance, seq } = await shop.balance(customerId);
    assert.deepEqual({ balance, seq }, { balance: "500", seq: 1 });
  });

  test("part of a hold, captured again with its key, is burned once (complaint 44)", async () => {
    const customerId = await shop.customer({ credits: "100" });
    await shop.hold(customerId, { id: "h", amount: "50" });
    const capture = { id: "h", customerId, amount: "20", final: false, key: "settle-1" };
    const replies = await atOnce(8, ({ client }) => post(client, "/v1/holds/capture", capture));
    assert.deepEqual(tally(replies), { "200": 8 });
    assert.equal(new Set(replies.map(({ text }) => text)).size, 1);
    const { balance, held } = await shop.balance(customerId);
    assert.deepEqual({ balance, held }, { balance: "80", held: "30" });
  });
});
