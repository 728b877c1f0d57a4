import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MAX_POOL } from "@credits-kit/amounts";
import { Scenario } from "../test-support/scenario.ts";

describe("a capture", () => {
  test("of all that is held burns it in one line, which ends the hold", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 6);
    assert.equal(pool.at(9).capture("h", 6), null);
    assert.deepEqual(pool.last(1), ["consumed -6 = 4, a -6 held -6 @9"]);
    assert.deepEqual(pool.entries.at(-1)?.hold, { key: 2, end: "captured" });
    assert.deepEqual(pool.pool.holds, []);
  });

  test("of less that is final frees the rest at once", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 6);
    pool.at(9).capture("h", 4);
    assert.deepEqual(pool.last(2), ["consumed -4 = 6, a -4 held -4 @9", "hold_released 0 = 6, a held -2 @9"]);
    assert.deepEqual(
      pool.entries.slice(-2).map((entry) => entry.hold),
      [{ key: 2 }, { key: 2, end: "captured" }],
    );
    assert.equal(pool.consume(6), null);
  });

  test("of nothing that is final releases the hold, after a line of zero", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 6);
    pool.capture("h", 0);
    assert.deepEqual(pool.ledger.slice(-2), ["consumed 0 = 10", "hold_released 0 = 10, a held -6"]);
  });

  test("in parts leaves the hold open, each part told, until the last", () => {
    const pool = new Scenario();
    pool.grant("a", 4);
    pool.grant("b", 10);
    pool.hold("h", 8, 100);
    pool.capture("h", 3, false);
    assert.equal(pool.ledger.at(-1), "consumed -3 = 11, a -3 held -3");
    assert.deepEqual(pool.pool.holds, [
      {
        ...{ key: 3, id: "h", amount: 8n, captured: 3n, expiresAt: 100 },
        parts: [
          { grantKey: 1, amount: 1n },
          { grantKey: 2, amount: 4n },
        ],
      },
    ]);
    pool.capture("h", 2, false);
    assert.equal(pool.ledger.at(-1), "consumed -2 = 9, a -1 held -1, b -1 held -1");
    pool.capture("h", 1);
    assert.deepEqual(pool.ledger.slice(-2), [
      "consumed -1 = 8, b -1 held -1",
      "hold_released 0 = 8, b held -2",
    ]);
  });

  test("that is not final leaves a hold open that reserves nothing any more", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 6);
    pool.capture("h", 6, false);
    assert.deepEqual(pool.pool.holds[0]?.parts, []);
    pool.capture("h", 3, false);
    assert.equal(pool.ledger.at(-1), "consumed -3 = 1, a -3");
    assert.equal(pool.pool.holds[0]?.captured, 9n);
    pool.capture("h", 0);
    assert.equal(pool.ledger.at(-1), "consumed 0 = 1");
    assert.deepEqual(pool.pool.holds, []);
  });

  test("above the hold takes the rest from what is free, with one draw a grant, in burn order", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.grant("b", 10);
    pool.hold("other", 3);
    pool.hold("h", 9);
    pool.grant("sooner", 2, { expiresAt: 500 });
    assert.equal(pool.capture("h", 14), null);
    assert.equal(pool.ledger.at(-1), "consumed -14 = 8, sooner -2, a -7 held -7, b -5 held -2");
    assert.deepEqual(pool.asideOf("a"), { held: 3, frozen: 0, revoked: 0 });
  });

  test("takes the parts in today's burn order, though they were reserved in another", () => {
    const pool = new Scenario();
    pool.grant("a", 5);
    pool.grant("b", 5);
    pool.hold("h", 8);
    pool.update("b", { priority: -1 });
    pool.capture("h", 4);
    assert.deepEqual(pool.ledger.slice(-2), [
      "consumed -4 = 6, b -3 held -3, a -1 held -1",
      "hold_released 0 = 6, a held -4",
    ]);
  });

  test("burns what it holds of grants that expired, were revoked or were frozen meanwhile", () => {
    const pool = new Scenario();
    pool.grant("expired", 2, { expiresAt: 50 });
    pool.grant("revoked", 2);
    pool.grant("frozen", 2);
    pool.hold("h", 6);
    pool.revoke("revoked");
    pool.freeze("frozen");
    assert.equal(pool.at(90).capture("h", 6), null);
    assert.equal(
      pool.ledger.at(-1),
      "consumed -6 = 0, expired -2 held -2, revoked -2 held -2, frozen -2 held -2",
    );
  });

  test("past the hold never burns free credits that are not there: it is refused, and the hold stays", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("other", 3);
    pool.hold("h", 5);
    assert.deepEqual(pool.capture("h", 8), { code: "insufficient_credits", required: 8n, available: 7n });
    assert.equal(pool.pool.holds.length, 2);
    assert.equal(pool.capture("h", 7), null);
  });

  test("beside overage still burns all that the hold reserves, and no more", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 6);
    pool.consume(9, "soft");
    assert.deepEqual(pool.capture("h", 7), { code: "insufficient_credits", required: 7n, available: 6n });
    assert.equal(pool.capture("h", 6), null);
    assert.equal(pool.pool.balance, -5n);
    assert.equal(pool.pool.overage, 5n);
  });

  test("beside the most overage never takes the balance below what a column can say", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 10);
    assert.equal(pool.consume(MAX_POOL, "soft"), null);
    assert.deepEqual(pool.consume(1, "soft"), { code: "amount_out_of_range" });
    assert.equal(pool.capture("h", 10), null);
    assert.equal(pool.pool.balance, -MAX_POOL);
  });

  test("that frees credits lets them repay overage", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 10);
    pool.consume(3, "soft");
    pool.at(5).capture("h", 4);
    assert.deepEqual(pool.last(3), [
      "consumed -4 = 3, a -4 held -4 @5",
      "hold_released 0 = 3, a held -6 @5",
      "overage_repaid 0 = 3, a -3 @5",
    ]);
  });
});

describe("a capture is refused", () => {
  test("when the hold was captured, released or expired", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("captured", 1);
    pool.hold("released", 1);
    pool.hold("expired", 1, 50);
    pool.capture("captured", 1);
    pool.release("released");
    pool.at(50);
    for (const id of ["captured", "released", "expired"]) {
      assert.deepEqual(pool.capture(id, 0), { code: "hold_closed" });
    }
    assert.equal(pool.pool.balance, 9n);
  });

  test("when it is negative or more than a pool can hold, whatever is there", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 5);
    assert.deepEqual(pool.capture("h", -1), { code: "amount_out_of_range" });
    assert.deepEqual(pool.capture("h", MAX_POOL + 1n), { code: "amount_out_of_range" });
    assert.deepEqual(pool.capture("h", MAX_POOL), {
      code: "insufficient_credits",
      required: MAX_POOL,
      available: 10n,
    });
    assert.equal(pool.pool.holds.length, 1);
  });
});
