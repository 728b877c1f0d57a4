import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { type EventResult, routes } from "@credits-kit/contract";
import { oneEngine, fingerprint, fromNow, Shop, useTestApp } from "../../test-support/index.ts";

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  before(() => shop.open());

  test("an event burns what its plan says, and says how the pool stands then", async () => {
    const customerId = await shop.customer({ credits: "100" });
    const body = { id: "e1", customerId, featureId: "image", quantity: 2 };
    const { results } = (await app().client.call(routes.reportEvents, { body })).body;
    const applied = {
      id: "e1",
      status: "applied",
      creditTypeId: "credits",
      delta: "-10",
      balance: "90",
      seq: 2,
    };
    assert.deepEqual(results, [applied]);
    assert.equal((await shop.balance(customerId)).balance, "90");
  });

  describe("the same id again", () => {
    test("burns once, and gives the first result with how the pool stands now", async () => {
      const customerId = await shop.customer({ credits: "100" });
      const event = { id: "once", customerId, featureId: "image" };
      const first = await shop.burn(event);
      await shop.burn({ id: "other", customerId, featureId: "email" });
      const duplicate = { ...first, status: "duplicate", current: { balance: "94", seq: 3 } };
      assert.deepEqual(await shop.post([event]), [duplicate]);
      const bare = await app().client.call(routes.reportEvents, { body: event });
      assert.deepEqual(bare.body.results, [duplicate]);
      assert.equal((await shop.ledger(customerId)).length, 3);
    });

    test("is the same event if it says the same in other words", async () => {
      const customerId = await shop.customer({ credits: "100" });
      const base = { id: "words", customerId, featureId: "email" };
      const at = Date.now() + 1000;
      const said = {
        quantity: 1,
        timestamp: new Date(at).toISOString(),
        dimensions: { model: "xl", size: 2 },
      };
      await shop.burn({ ...base, ...said });
      const offset = new Date(at + 3_600_000).toISOString().replace("Z", "+01:00");
      const again = { quantity: "1.000", timestamp: offset, dimensions: { size: 2, model: "xl" } };
      assert.equal(only(await shop.post([{ ...base, ...again }])).status, "duplicate");
    });

    for (const [what, change] of [
      ["another quantity", { quantity: 3 }],
      ["a quantity that was left out before", { quantity: undefined }],
      ["another feature", { featureId: "email" }],
      ["an unknown feature", { featureId: "nothing" }],
      ["a time", { timestamp: fromNow(-1000) }],
      ["a user", { userId: "lena" }],
      ["a resource", { resourceId: "team" }],
      ["other dimensions", { dimensions: { model: "xl" } }],
      ["a limit", { limit: "soft" }],
      ["backfill", { backfill: true }],
    ] as const) {
      test(`with ${what} is a conflict, and burns nothing`, async () => {
        const customerId = await shop.customer({ credits: "100" });
        const event = { id: "twice", customerId, featureId: "image", quantity: 2 };
        await shop.burn(event);
        const rows = await fingerprint(app().database);
        const { status, error } = only(await shop.post([{ ...event, ...change }]));
        assert.deepEqual([status, error?.code, error?.path], ["rejected", "event_id_conflict", "id"]);
        assert.deepEqual(await fingerprint(app().database), rows);
      });
    }

    test("posted a hundred times at once burns once", async () => {
      const customerId = await shop.customer({ credits: "1000" });
      const event = { id: "storm", customerId, featureId: "image" };
      const results = (await Promise.all(Array.from({ length: 100 }, () => shop.post([event])))).flat();
      assert.equal(results.filter(({ status }) => status === "applied").length, 1);
      assert.equal(results.filter(({ status }) => status === "duplicate").length, 99);
      assert.ok(results.every(({ delta, balance, seq }) => delta === "-5" && balance === "995" && seq === 2));
      assert.equal((await shop.balance(customerId)).balance, "995");
    });

    test("twice in one batch burns once; with other content it is a conflict", async () => {
      const customerId = await shop.customer({ credits: "100" });
      const event = { id: "pair", customerId, featureId: "image" };
      const results = await shop.post([event, event, { ...event, quantity: 2 }, { ...event, id: "next" }]);
      const told = results.map(({ status, balance, current, error }) => [
        status,
        balance,
        current,
        error?.code,
      ]);
      assert.deepEqual(told, [
        ["applied", "95", undefined, undefined],
        ["duplicate", "95", { balance: "95", seq: 2 }, undefined],
        ["rejected", null, undefined, "event_id_conflict"],
        ["applied", "90", undefined, undefined],
      ]);
    });

    test("of another customer is another event", async () => {
      const [first, second] = [
        await shop.customer({ credits: "100" }),
        await shop.customer({ credits: "100" }),
      ];
      const of = (customerId: string, quantity: number) => ({
        id: "shared",
        customerId,
        featureId: "image",
        quantity,
      });
      const results = await shop.post([of(first, 1), of(second, 2), of(first, 1)]);
      assert.deepEqual(
        results.map(({ status, delta }) => [status, delta]),
        [
          ["applied", "-5"],
          ["applied", "-10"],
          ["duplicate", "-5"],
        ],
      );
    });

    test("is free after a rejection, once the cause is gone", async () => {
      const customerId = await shop.customer({ plan: null });
      const event = { id: "retry", customerId, featureId: "image" };
      const ask = async () => {
        const { status, error } = only(await shop.post([event]));
        return error?.code ?? status;
      };
      assert.equal(await ask(), "no_active_subscription");
      await shop.subscribe(customerId, { planId: "hard" });
      assert.equal(await ask(), "insufficient_credits");
      await shop.grant(customerId, { amount: "5" });
      assert.equal(await ask(), "applied");
      assert.equal(await ask(), "duplicate");
    });
  });

  test("a thousand events in one call are applied in the order sent", async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => shop.customer({ credits: "1000" })));
    const events = Array.from({ length: 1000 }, (_, index) => ({
      id: `e${index}`,
      customerId: ids[index % 5] ?? "",
      featureId: "email",
      quantity: "0.5",
    }));
    const results = await shop.post(events);
    results.forEach(({ id, status, seq, balance }, index) => {
      const place = Math.floor(index / 5) + 1;
      assert.deepEqual(
        [id, status, seq, balance],
        [`e${index}`, "applied", place + 1, String(1000 - place / 2)],
      );
    });
    for (const id of ids) assert.equal((await shop.balance(id)).balance, "900");
    const again = await shop.post(events);
    assert.ok(again.every(({ status, current }) => status === "duplicate" && current?.seq === 201));
  });
});

function only(results: readonly EventResult[]): EventResult {
  const [result] = results;
  assert.ok(result && results.length === 1);
  return result;
}
