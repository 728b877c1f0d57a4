import assert from "node:assert/strict";
import { before, test } from "node:test";
import { oneEngine, eventually, fromNow, Shop, useTestApp } from "../../test-support/index.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  before(() => shop.open());

  test("a hard plan burns all of an event or nothing", async () => {
    const customerId = await shop.customer({ credits: "12" });
    const results = await shop.post([
      { id: "a", customerId, featureId: "image", quantity: 2 },
      { id: "b", customerId, featureId: "image" },
      { id: "c", customerId, featureId: "email", quantity: 2 },
      { id: "d", customerId, featureId: "email", quantity: 0 },
    ]);
    assert.deepEqual(
      results.map(({ status, balance, seq, required, available }) => [
        status,
        balance,
        seq,
        required,
        available,
      ]),
      [
        ["applied", "2", 2, undefined, undefined],
        ["rejected", "2", 2, "5", "2"],
        ["applied", "0", 3, undefined, undefined],
        ["applied", "0", 4, undefined, undefined],
      ],
    );
    assert.equal(results[1]?.error?.code, "insufficient_credits");
    assert.equal(results[3]?.delta, "0");
  });

  test("a soft plan lets the balance go below zero, and the next grant repays that first", async () => {
    const customerId = await shop.customer({ plan: "soft", credits: "3" });
    const overdrawn = await shop.burn({ id: "a", customerId, featureId: "image", quantity: 2 });
    assert.deepEqual([overdrawn.delta, overdrawn.balance], ["-10", "-7"]);
    const { balance, overage } = await shop.balance(customerId);
    assert.deepEqual([balance, overage], ["-7", "7"]);

    const grant = await shop.grant(customerId, { amount: "10" });
    assert.deepEqual([grant.remaining, grant.consumed, grant.status], ["3", "7", "active"]);
    const after = await shop.balance(customerId);
    assert.deepEqual([after.balance, after.overage], ["3", "0"]);
    const [granted, repaid] = (await shop.ledger(customerId)).slice(-2);
    assert.deepEqual([granted?.type, granted?.delta, granted?.endBalance], ["granted", "10", "3"]);
    assert.deepEqual([repaid?.type, repaid?.delta, repaid?.endBalance], ["overage_repaid", "0", "3"]);
    assert.deepEqual(repaid?.grants, [{ grantId: grant.id, amount: "-7" }]);

    await shop.burn({ id: "b", customerId, featureId: "email", quantity: 10 });
    const small = await shop.grant(customerId, { amount: "5" });
    assert.deepEqual([small.remaining, small.status], ["0", "depleted"]);
    assert.equal((await shop.balance(customerId)).balance, "-2");
  });

  test("overage ends where a pool ends: past 9 * 10^12 nothing is burned", async () => {
    const customerId = await shop.customer({ plan: "soft" });
    const results = await shop.post(
      ["a", "b"].map((id) => ({ id, customerId, featureId: "image", quantity: "1000000000000" })),
    );
    assert.deepEqual(
      results.map(({ status, balance, error }) => [status, balance, error?.code]),
      [
        ["applied", "-5000000000000", undefined],
        ["rejected", null, "amount_out_of_range"],
      ],
    );
  });

  test("an event may say that it is soft or hard, whatever the plan", async () => {
    const [hard, soft] = [
      await shop.customer({ credits: "1" }),
      await shop.customer({ plan: "soft", credits: "1" }),
    ];
    const results = await shop.post([
      { id: "a", customerId: hard, featureId: "image", limit: "soft" },
      { id: "a", customerId: soft, featureId: "image", limit: "hard" },
    ]);
    assert.deepEqual(
      results.map(({ status, balance, error }) => [status, balance, error?.code]),
      [
        ["applied", "-4", undefined],
        ["rejected", "1", "insufficient_credits"],
      ],
    );
  });

  test("grants burn by priority, then expiry, then promo before paid, then age", async () => {
    const customerId = await shop.customer();
    const costBasis = { amount: "0.01", currency: "usd" };
    const paid = { category: "paid", costBasis } as const;
    const names = new Map<string, string>();
    const grants = [
      ["last", { priority: 5, expiresAt: fromNow(HOUR_MS) }],
      ["paid", paid],
      ["promo", {}],
      ["younger promo", {}],
      ["later", { expiresAt: fromNow(2 * DAY_MS) }],
      ["sooner paid", { ...paid, expiresAt: fromNow(DAY_MS) }],
    ] as const;
    for (const [name, more] of grants)
      names.set((await shop.grant(customerId, { amount: 1, ...more })).id, name);
    for (const { id } of grants.map((_, index) => ({ id: `e${index}` }))) {
      await shop.burn({ id, customerId, featureId: "email" });
    }
    const burned = (await shop.ledger(customerId)).filter(({ type }) => type === "consumed");
    assert.deepEqual(
      burned.map(({ grants: [draw] }) => names.get(draw?.grantId ?? "")),
      ["sooner paid", "later", "promo", "younger promo", "paid", "last"],
    );
  });

  test("one event may burn several grants, and its entry says how much of each", async () => {
    const customerId = await shop.customer();
    const first = await shop.grant(customerId, { amount: "2.5", expiresAt: fromNow(DAY_MS) });
    const second = await shop.grant(customerId, { amount: "10" });
    await shop.burn({ id: "a", customerId, featureId: "image" });
    const draws = [
      { grantId: first.id, amount: "-2.5" },
      { grantId: second.id, amount: "-2.5" },
    ];
    assert.deepEqual((await shop.ledger(customerId)).at(-1)?.grants, draws);
    const { status, consumed } = (await shop.grants(customerId)).find(({ id }) => id === first.id) ?? {};
    assert.deepEqual([status, consumed], ["depleted", "2.5"]);
  });

  test("a grant that expired is never burned, though nobody had noticed", async () => {
    const customerId = await shop.customer({ credits: "3" });
    const dying = await shop.grant(customerId, { amount: "50", expiresAt: fromNow(1500) });
    await shop.burn({ id: "a", customerId, featureId: "image" });
    await eventually("the expiry", () => Date.now() > Date.parse(dying.expiresAt ?? "") + 50);
    const [tooMuch, fits] = await shop.post([
      { id: "b", customerId, featureId: "image" },
      { id: "c", customerId, featureId: "email" },
    ]);
    assert.deepEqual([tooMuch?.error?.code, tooMuch?.available], ["insufficient_credits", "3"]);
    assert.deepEqual([fits?.status, fits?.balance], ["applied", "2"]);
    const entries = (await shop.ledger(customerId)).slice(-2);
    assert.deepEqual(
      entries.map(({ type, delta, source }) => [type, delta, source]),
      [
        ["expired", "-45", { kind: "grant", id: dying.id }],
        ["consumed", "-1", { kind: "event", id: "c" }],
      ],
    );
    assert.equal(entries[0]?.occurredAt, dying.expiresAt);
  });

  test("the smallest amounts add up without losing anything", async () => {
    const customerId = await shop.customer({ credits: "0.001" });
    const events = Array.from({ length: 999 }, (_, index) => ({
      id: `t${index}`,
      customerId,
      featureId: "trace",
    }));
    assert.equal((await shop.post(events)).at(-1)?.balance, "0.000001");
    const [half, less] = await shop.post([
      { id: "half", customerId, featureId: "trace", quantity: "0.5" },
      { id: "less", customerId, featureId: "trace", quantity: "0.499999" },
    ]);
    assert.deepEqual([half?.delta, half?.balance, less?.delta], ["-0.000001", "0", "0"]);
  });
});
