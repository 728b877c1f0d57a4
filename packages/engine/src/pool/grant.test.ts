import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MAX_GRANT, MAX_POOL } from "@credits-kit/amounts";
import { Scenario } from "../test-support/scenario.ts";

describe("a new grant", () => {
  test("can be spent at once, with a delta of its amount", () => {
    const pool = new Scenario();
    assert.equal(pool.grant("a", 10), null);
    assert.deepEqual(pool.ledger, ["granted +10 = 10, a +10"]);
  });

  test("that begins later is in the ledger with a delta of zero, and cannot be spent yet", () => {
    const pool = new Scenario();
    assert.equal(pool.grant("a", 10, { effectiveAt: 1 }), null);
    assert.deepEqual(pool.ledger, ["granted 0 = 0"]);
    assert.equal(pool.remaining("a"), 0);
  });

  test("that begins this very instant can be spent at once", () => {
    const pool = new Scenario().at(7);
    pool.grant("a", 10, { effectiveAt: 7 });
    assert.deepEqual(pool.ledger, ["granted +10 = 10, a +10"]);
  });

  test("repays overage at once, visibly, and keeps what is left", () => {
    const pool = new Scenario();
    pool.consume(30, "soft");
    pool.grant("a", 100);
    assert.deepEqual(pool.ledger, [
      "consumed -30 = -30",
      "granted +100 = 70, a +100",
      "overage_repaid 0 = 70, a -30",
    ]);
    assert.equal(pool.pool.overage, 0n);
    assert.equal(pool.remaining("a"), 70);
  });

  test("too small for the overage repays with all it has, and the next one pays the rest", () => {
    const pool = new Scenario();
    pool.consume(30, "soft");
    pool.grant("a", 20);
    assert.equal(pool.ledger.at(-1), "overage_repaid 0 = -10, a -20");
    assert.equal(pool.pool.overage, 10n);
    pool.grant("b", 10);
    assert.equal(pool.ledger.at(-1), "overage_repaid 0 = 0, b -10");
    assert.deepEqual(pool.pool.grants, []);
  });

  test("without overage writes no repayment", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.grant("b", 10);
    assert.deepEqual(pool.ledger, ["granted +10 = 10, a +10", "granted +10 = 20, b +10"]);
  });
});

describe("a grant is refused", () => {
  test("when it already ended, this instant included", () => {
    const pool = new Scenario().at(100);
    assert.deepEqual(pool.grant("a", 1, { expiresAt: 99 }), { code: "already_expired" });
    assert.deepEqual(pool.grant("a", 1, { expiresAt: 100 }), { code: "already_expired" });
    assert.equal(pool.grant("a", 1, { expiresAt: 101 }), null);
  });

  test("when it would end before it begins, so that it can never repay with credits that are over", () => {
    const pool = new Scenario();
    pool.consume(5, "soft");
    for (const expiresAt of [40, 49, 50]) {
      assert.deepEqual(pool.grant("a", 10, { effectiveAt: 50, expiresAt }), { code: "already_expired" });
    }
    pool.at(60).settle();
    assert.deepEqual(pool.ledger, ["consumed -5 = -5"]);
    assert.equal(pool.grant("b", 10, { effectiveAt: 70, expiresAt: 71 }), null);
  });

  test("when it is nothing, negative, or more than one grant may hold", () => {
    const pool = new Scenario();
    for (const amount of [0n, -1n, MAX_GRANT + 1n, 2n ** 63n]) {
      assert.deepEqual(pool.grant("a", amount), { code: "amount_out_of_range" });
    }
    assert.equal(pool.grant("a", MAX_GRANT), null);
  });

  test("when the pool would hold more than it may, scheduled credits counted", () => {
    const pool = new Scenario();
    for (let index = 0; index < 8; index += 1) {
      assert.equal(pool.grant(`g${index}`, MAX_GRANT, { effectiveAt: index % 2 ? 1_000 : null }), null);
    }
    assert.equal(pool.grant("g8", MAX_GRANT - 1n), null);
    assert.deepEqual(pool.grant("over", 2), { code: "amount_out_of_range" });
    assert.equal(pool.grant("fits", 1), null);
    assert.deepEqual(pool.grant("over", 1), { code: "amount_out_of_range" });
    pool.at(1_000).settle();
    assert.equal(pool.pool.balance, MAX_POOL);
  });

  test("and spending makes room again", () => {
    const pool = new Scenario();
    for (let index = 0; index < 9; index += 1) pool.grant(`g${index}`, MAX_GRANT);
    assert.deepEqual(pool.grant("over", 1), { code: "amount_out_of_range" });
    pool.consume(1);
    assert.equal(pool.grant("fits", 1), null);
  });
});

describe("a grant that was due before", () => {
  test("is taken as of then: what fell due until then comes first, what is due since is left to the next command", () => {
    const pool = new Scenario();
    pool.grant("ended", 10, { expiresAt: 30 });
    pool.grant("ends", 10, { expiresAt: 60 });
    assert.equal(pool.at(100).grant("late", 5, { asOf: 30, expiresAt: 80 }), null);
    assert.deepEqual(pool.last(2), ["expired -10 = 10, ended -10 @30", "granted +5 = 15, late +5 @30"]);
    pool.settle();
    assert.deepEqual(pool.last(2), ["expired -10 = 5, ends -10 @60", "expired -5 = 0, late -5 @80"]);
  });

  test("repays overage as of then", () => {
    const pool = new Scenario().at(10);
    pool.consume(4, "soft");
    pool.at(90).grant("late", 10, { asOf: 50 });
    assert.deepEqual(pool.last(2), ["granted +10 = 6, late +10 @50", "overage_repaid 0 = 6, late -4 @50"]);
  });

  test("begins then, unless it says otherwise", () => {
    const pool = new Scenario().at(90);
    pool.grant("then", 1, { asOf: 50 });
    pool.grant("later", 1, { asOf: 50, effectiveAt: 51 });
    assert.deepEqual(pool.ledger, ["granted +1 = 1, then +1", "granted 0 = 1"]);
    assert.equal(pool.pool.grants.find((grant) => grant.id === "then")?.effectiveAt, 50);
  });

  test("may have ended by now, but not by then", () => {
    const pool = new Scenario().at(90);
    assert.equal(pool.grant("a", 1, { asOf: 50, expiresAt: 51 }), null);
    assert.deepEqual(pool.grant("b", 1, { asOf: 50, expiresAt: 50 }), { code: "already_expired" });
  });

  test("leaves what is due since alone, also if it is refused", () => {
    const pool = new Scenario();
    pool.grant("ends", 10, { expiresAt: 60 });
    pool.at(100).grant("never", 0, { asOf: 50 });
    assert.equal(pool.remaining("ends"), 10);
  });

  test("cannot be due after now", () => {
    const pool = new Scenario().at(90);
    assert.throws(() => pool.grant("early", 1, { asOf: 91 }), /early is not due yet/);
  });
});
