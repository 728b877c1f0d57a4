import assert from "node:assert/strict";
import { test } from "node:test";
import { eventsAnswer, routes } from "@credits-kit/contract";
import { countEach, post, sumOf, tally, wholeLedger } from "./answers.ts";
import { onTwoReplicas } from "./deployments.ts";

const CLIENTS = 16;
const credits = (amount: string) => ({ creditTypeId: "credits", amount });

onTwoReplicas(({ shop, rounds, at, atOnce }) => {
  // Elsewhere, the version of a balance was read outside the transaction that wrote it, and parallel writes failed
  // against one another. Here whoever holds the customer's lock reads and writes, and the others wait for it.
  test("parallel writes of every kind to one customer: none fails and none is lost (complaint 2)", async () => {
    const customerId = await shop.customer({ credits: "10000" });
    const replies = await atOnce(120, ({ client }, turn) => {
      const id = `n${turn}`;
      switch (turn % 6) {
        case 0:
        case 1:
          return post(client, "/v1/events", { id, customerId, featureId: "email" });
        case 2:
        case 3:
          return post(client, "/v1/consume", { id, customerId, ...credits("2.5") });
        case 4:
          return post(client, "/v1/holds", { id, customerId, ...credits("10") });
        default:
          return post(client, "/v1/grants", { customerId, ...credits("3"), category: "promo" });
      }
    });
    assert.deepEqual(tally(replies), { "200": 80, "201": 40 });
    const { balance, held, seq } = await shop.balance(customerId);
    assert.deepEqual({ balance, held, seq }, { balance: "9920", held: "200", seq: 121 });
    const lines = await wholeLedger(at(1).client, customerId);
    assert.deepEqual(
      lines.map((line) => line.seq),
      Array.from({ length: 121 }, (_, index) => index + 1),
    );
    const [given = [], taken = []] = ["granted", "consumed"].map((type) =>
      lines.filter((line) => line.type === type).map(({ delta }) => delta),
    );
    assert.equal(sumOf(given), 10_060_000_000n);
    assert.equal(sumOf(taken), -140_000_000n);
  });

  // Elsewhere, a second refund call answered 409 and reversed the first refund all the same. Here an entry is reversed
  // once, and a reversal is no event that could be reversed.
  test("sixteen reversals of one event: one restores, the others answer 409 and move nothing (complaint 5)", async () => {
    for (let round = 0; round < rounds; round += 1) {
      const customerId = await shop.customer({ credits: "100" });
      await shop.burn({ id: "e", customerId, featureId: "image", quantity: 6 });
      const reverse = { customerId, id: "e", reason: "Never came" };
      const replies = await atOnce(CLIENTS, ({ client }) => post(client, "/v1/events/reverse", reverse));
      assert.deepEqual(tally(replies), { "200": 1, "409 state_conflict": CLIENTS - 1 });
      const { balance, seq } = await shop.balance(customerId);
      assert.deepEqual({ balance, seq }, { balance: "100", seq: 3 });
    }
  });

  test("a reversal that is asked for again, with its key or without, moves nothing (complaint 5)", async () => {
    const customerId = await shop.customer({ credits: "100" });
    await shop.burn({ id: "e", customerId, featureId: "image", quantity: 6 });
    const reverse = { customerId, id: "e", reason: "Never came", key: "refund-1" };
    const first = await post(at(0).client, "/v1/events/reverse", reverse);
    assert.deepEqual(tally([first]), { "200": 1 });
    const replay = await post(at(1).client, "/v1/events/reverse", reverse);
    assert.equal(replay.text, first.text);
    assert.equal(replay.headers.get("idempotency-replayed"), "true");
    const others = [
      { ...reverse, key: "refund-2" },
      { customerId, id: "e", reason: "Once more" },
    ];
    for (const other of others) {
      const reply = await post(at(1).client, "/v1/events/reverse", other);
      assert.deepEqual(tally([reply]), { "409 state_conflict": 1 });
    }
    const lines = await wholeLedger(at(0).client, customerId);
    assert.deepEqual(
      lines.map(({ type, delta, endBalance }) => [type, delta, endBalance]),
      [
        ["granted", "100", "100"],
        ["consumed", "-30", "70"],
        ["reversed", "30", "100"],
      ],
    );
  });

  // Elsewhere, two requests each read the balance of 1 and each took it, down to −1. Here the check and the charge are
  // one step under the lock.
  test("two requests for the one credit that is left: one gets it, and nobody goes below zero (complaint 6)", async () => {
    const ways = [
      { path: "/v1/consume", what: credits("1") },
      { path: "/v1/events", what: { featureId: "email" } },
      { path: "/v1/holds", what: credits("1") },
    ];
    for (let round = 0; round < rounds; round += 1) {
      for (const { path, what } of ways) {
        const customerId = await shop.customer({ credits: "1" });
        const replies = await atOnce(2, ({ client }, turn) =>
          post(client, path, { id: `r${turn}`, customerId, ...what }),
        );
        assert.deepEqual(
          replies.map(({ status }) => (status < 300 ? "spent" : String(status))).sort(),
          ["402", "spent"],
          path,
        );
        const { balance, available, overage } = await shop.balance(customerId);
        const left = path === "/v1/holds" ? "1" : "0";
        assert.deepEqual({ balance, available, overage }, { balance: left, available: "0", overage: "0" });
      }
    }
  });

  // Elsewhere, parallel calls each saw that a one-time credit was not used yet. Here the key is part of the command,
  // and looked up under the lock.
  test("a one-time grant sent by sixteen at once under one key is given once (complaint 8)", async () => {
    for (let round = 0; round < rounds; round += 1) {
      const customerId = await shop.customer();
      const replies = await atOnce(CLIENTS, ({ client }) =>
        post(client, "/v1/grants", { customerId, ...credits("25"), category: "promo", key: "welcome" }),
      );
      assert.deepEqual(tally(replies), { "201": CLIENTS });
      assert.equal(new Set(replies.map(({ text }) => text)).size, 1);
      const replayed = replies.map(({ headers }) => headers.get("idempotency-replayed") ?? "first");
      assert.deepEqual(countEach(replayed), { first: 1, true: CLIENTS - 1 });
      const { balance, seq } = await shop.balance(customerId);
      assert.deepEqual({ balance, seq }, { balance: "25", seq: 1 });
      assert.equal((await shop.grants(customerId)).length, 1);
    }
  });

  test("a subscription sent by sixteen at once under one key is made once (complaint 8)", async () => {
    const customerId = await shop.customer({ plan: null });
    const replies = await atOnce(CLIENTS, ({ client }) =>
      post(client, `/v1/customers/${customerId}/subscriptions`, { planId: "hard", key: "signup" }),
    );
    assert.deepEqual(tally(replies), { "201": CLIENTS });
    const { body } = await at(0).client.call(routes.listSubscriptions, { params: { id: customerId } });
    assert.equal(body.data.length, 1);
  });

  test("an event that two batches bring at once, and twice each, burns once (complaint 8)", async () => {
    for (let round = 0; round < rounds; round += 1) {
      const customerId = await shop.customer({ credits: "100" });
      const once = { id: "once", customerId, featureId: "image" };
      const replies = await atOnce(CLIENTS, ({ client }, turn) =>
        post(client, "/v1/events", { events: [once, { ...once, id: `own-${turn}`, quantity: 0 }, once] }),
      );
      const results = replies.flatMap(({ text }) => eventsAnswer.parse(JSON.parse(text)).results);
      assert.deepEqual(countEach(results.map(({ id, status }) => (id === "once" ? status : "own"))), {
        applied: 1,
        duplicate: 2 * CLIENTS - 1,
        own: CLIENTS,
      });
      assert.equal((await shop.balance(customerId)).balance, "95");
    }
  });
});
