import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MAX_GRANT } from "@credits-kit/amounts";
import { Scenario } from "../test-support/scenario.ts";
import { decide } from "./decide.ts";

describe("a reversal", () => {
  test("gives back to each grant exactly what was burned of it", () => {
    const pool = new Scenario();
    pool.grant("a", 4);
    pool.grant("b", 10);
    pool.consume(3);
    pool.consume(6);
    assert.equal(pool.at(9).reverse(4), null);
    assert.deepEqual(pool.last(1), ["reversed +6 = 11, a +1, b +5 @9"]);
    assert.equal(pool.entries.at(-1)?.reverses, 4);
    assert.equal(pool.remaining("a"), 1);
  });

  test("brings a grant back that was spent, as it was left", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { priority: 2 });
    pool.consume(4);
    pool.revoke("a", 1);
    pool.consume(5);
    pool.reverse(4);
    assert.deepEqual(pool.entries.at(-1)?.reopens, [
      {
        ...{ key: 1, id: "a", amount: 10n, category: "paid", priority: 2, effectiveAt: 0, expiresAt: null },
        ...{ activated: true, isPaymentPending: false, isFrozen: false, isRevoked: false },
        ...{ remaining: 0n, held: 0n, frozen: 0n, revoked: 1n },
      },
    ]);
    assert.equal(pool.remaining("a"), 5);
    assert.equal(pool.asideOf("a").revoked, 1);
    pool.reverse(2);
    assert.equal(pool.entries.at(-1)?.reopens, undefined);
    assert.equal(pool.remaining("a"), 9);
  });

  test("gives nothing back to a grant that expired or was revoked since, and the rest to the others", () => {
    const pool = new Scenario();
    pool.grant("expired", 2, { expiresAt: 50 });
    pool.grant("expired during", 5, { expiresAt: 51 });
    pool.grant("stands", 5);
    pool.grant("revoked", 9);
    pool.consume(15);
    pool.revoke("revoked");
    pool.at(51).reverse(5);
    assert.equal(pool.ledger.at(-1), "reversed +5 = 5, stands +5");
  });

  test("gives what was repaid to grants that still stand, before anything is lost", () => {
    const pool = new Scenario();
    pool.consume(5, "soft");
    pool.consume(5, "soft");
    pool.grant("older", 5);
    pool.grant("newer", 6);
    pool.revoke("newer");
    pool.reverse(1);
    assert.equal(pool.remaining("older"), 5);
    pool.reverse(2);
    assert.deepEqual(pool.last(1), ["reversed 0 = 5 @0"]);
  });

  test("with nothing to give back still leaves its line", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { expiresAt: 50 });
    pool.consume(10);
    assert.equal(pool.at(50).reverse(2), null);
    assert.deepEqual(pool.last(1), ["reversed 0 = 0 @50"]);
  });

  test("of a free burn moves nothing", () => {
    const pool = new Scenario();
    pool.consume(0);
    pool.reverse(1);
    assert.deepEqual(pool.ledger, ["consumed 0 = 0", "reversed 0 = 0"]);
  });

  test("leaves what is held now alone", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.consume(4);
    pool.hold("h", 6);
    pool.reverse(2);
    assert.equal(pool.remaining("a"), 10);
    assert.equal(pool.asideOf("a").held, 6);
  });

  test("is refused when the pool would then hold more than it may", () => {
    const pool = new Scenario();
    for (let index = 0; index < 9; index += 1) pool.grant(`g${index}`, MAX_GRANT);
    pool.consume(5);
    pool.grant("fits", 5);
    assert.deepEqual(pool.reverse(10), { code: "amount_out_of_range" });
    pool.consume(5);
    assert.equal(pool.reverse(10), null);
  });

  test("counts what waits and what is frozen towards what a pool may hold", () => {
    const pool = new Scenario();
    for (let index = 0; index < 9; index += 1) pool.grant(`g${index}`, MAX_GRANT);
    pool.consume(5);
    pool.freeze("g8");
    pool.grant("waits", 1, { effectiveAt: 900 });
    assert.deepEqual(pool.reverse(10), { code: "amount_out_of_range" });
    pool.revoke("waits");
    assert.equal(pool.reverse(10), null);
  });
});

describe("a reversal of what went below zero", () => {
  test("ends the overage that is still owed", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.consume(15, "soft");
    pool.reverse(2);
    assert.equal(pool.ledger.at(-1), "reversed +15 = 10, a +10");
    assert.equal(pool.entries.at(-1)?.overageChange, -5n);
    assert.equal(pool.pool.overage, 0n);
  });

  test("lets what it gives back repay what others left owing", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.consume(15, "soft");
    pool.consume(7, "soft");
    pool.at(3).reverse(2);
    assert.deepEqual(pool.last(2), ["reversed +15 = 3, a +10 @3", "overage_repaid 0 = 3, a -7 @3"]);
    assert.equal(pool.pool.overage, 0n);
  });

  test("gives back what grants repaid of it, the newest first, and then ends that overage", () => {
    const pool = new Scenario();
    pool.consume(12, "soft");
    pool.grant("a", 5);
    pool.grant("b", 5);
    pool.at(3).reverse(1);
    assert.deepEqual(pool.last(2), ["overage_repaid 0 = -2, b +5, a +5 @3", "reversed +12 = 10 @3"]);
    assert.deepEqual(
      pool.entries.slice(-2).map((entry) => entry.overageChange),
      [10n, -12n],
    );
    assert.equal(pool.remaining("a"), 5);
    assert.equal(pool.pool.overage, 0n);
  });

  test("gives back of the repayments only what its own overage was", () => {
    const pool = new Scenario();
    pool.consume(4, "soft");
    pool.consume(8, "soft");
    pool.grant("a", 5);
    pool.grant("b", 20);
    pool.reverse(1);
    assert.deepEqual(pool.ledger.slice(-2), ["overage_repaid 0 = 13, b +4", "reversed +4 = 17"]);
    pool.reverse(2);
    assert.deepEqual(pool.ledger.slice(-2), ["overage_repaid 0 = 17, b +3, a +5", "reversed +8 = 25"]);
    assert.equal(pool.remaining("b"), 20);
  });

  test("gives back of the repayments only what is no longer owed", () => {
    const pool = new Scenario();
    pool.consume(4, "soft");
    pool.consume(8, "soft");
    pool.grant("a", 5);
    pool.reverse(2);
    assert.deepEqual(pool.ledger.slice(-2), ["overage_repaid 0 = -7, a +1", "reversed +8 = 1"]);
  });

  test("brings a grant back that repaying used up, with the line that gives it something", () => {
    const pool = new Scenario();
    pool.grant("a", 5);
    pool.consume(12, "soft");
    pool.grant("b", 7);
    pool.reverse(2);
    const [repaid, reversed] = pool.entries.slice(-2);
    assert.deepEqual(
      [repaid, reversed].map((entry) => entry?.reopens?.map((grant) => grant.id)),
      [["b"], ["a"]],
    );
    assert.equal(pool.ledger.at(-1), "reversed +12 = 12, a +5");
  });

  test("brings a grant back once that both paid and repaid", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 4);
    pool.consume(8, "soft");
    pool.release("h");
    pool.consume(2);
    pool.at(5).reverse(3);
    assert.deepEqual(pool.last(2), ["overage_repaid 0 = 0, a +2 @5", "reversed +8 = 8, a +6 @5"]);
    assert.deepEqual(
      pool.entries.slice(-2).map((entry) => entry.reopens?.length),
      [1, undefined],
    );
    assert.equal(pool.pool.balance, 8n);
  });

  test("does not give back to a grant that is gone what it repaid, nor the same to another instead", () => {
    const pool = new Scenario();
    pool.consume(12, "soft");
    pool.grant("stands", 5);
    pool.grant("gone", 20, { expiresAt: 50 });
    pool.at(50).reverse(1);
    assert.deepEqual(pool.ledger.slice(-2), ["overage_repaid 0 = 0, stands +5", "reversed +5 = 5"]);
  });

  test("knows what repaid while the reversal was on its way", () => {
    const pool = new Scenario();
    pool.consume(6, "soft");
    pool.grant("old", 2);
    pool.grant("a", 10, { effectiveAt: 50 });
    pool.at(60).reverse(1);
    assert.deepEqual(pool.last(4), [
      "activated +10 = 6, a +10 @50",
      "overage_repaid 0 = 6, a -4 @50",
      "overage_repaid 0 = 6, a +4, old +2 @60",
      "reversed +6 = 12 @60",
    ]);
  });

  test("knows how a grant was left that was used up while the reversal was on its way", () => {
    const pool = new Scenario();
    pool.consume(6, "soft");
    pool.grant("a", 6, { effectiveAt: 50 });
    pool.at(60).reverse(1);
    assert.equal(pool.remaining("a"), 6);
    assert.equal(pool.pool.balance, 6n);
  });

  test("counts what it gives back towards what a pool may hold", () => {
    const pool = new Scenario();
    pool.consume(6, "soft");
    pool.grant("a", 6);
    for (let index = 0; index < 9; index += 1) pool.grant(`g${index}`, MAX_GRANT);
    assert.deepEqual(pool.reverse(1), { code: "amount_out_of_range" });
    pool.consume(6);
    assert.equal(pool.reverse(1), null);
  });
});

describe("what a reversal gives back", () => {
  test("to a grant that is frozen by now is frozen", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.consume(4);
    pool.freeze("a");
    pool.at(3).reverse(2);
    assert.deepEqual(pool.last(2), ["reversed +4 = 4, a +4 @3", "frozen -4 = 0, a -4 @3"]);
    assert.equal(pool.asideOf("a").frozen, 10);
  });

  test("can expire later, as if it had never been burned", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { expiresAt: 50 });
    pool.consume(10);
    pool.reverse(2);
    pool.at(50).settle();
    assert.equal(pool.ledger.at(-1), "expired -10 = 0, a -10");
  });

  test("is what a capture burned, too", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 6);
    pool.capture("h", 8);
    const command = { kind: "reverse", seq: 3, overage: 0n, repaid: [], closed: [] } as const;
    const reversed = decide(pool.pool, { ...command, draws: [{ grantKey: 1, amount: 8n }] }, 0);
    assert.equal(reversed.pool.balance, 10n);
    assert.deepEqual(reversed.entries[0]?.draws, [{ grantKey: 1, amount: 8n, heldChange: 0n }]);
  });

  test("must be asked for with every grant that it is about", () => {
    const pool = new Scenario();
    const command = { kind: "reverse", seq: 3, overage: 0n, repaid: [], closed: [] } as const;
    assert.throws(
      () => decide(pool.pool, { ...command, draws: [{ grantKey: 1, amount: 8n }] }, 0),
      /^Error: the pool does not carry grant 1/,
    );
  });
});
