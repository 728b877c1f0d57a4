import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MAX_POOL } from "@credits-kit/amounts";
import { Scenario } from "../test-support/scenario.ts";
import { availableOf, heldOf } from "./figures.ts";

describe("a hold", () => {
  test("reserves credits of the grants that would pay, in their order, and leaves the balance alone", () => {
    const pool = new Scenario();
    pool.grant("second", 10);
    pool.grant("first", 4, { priority: -1 });
    assert.equal(pool.at(7).hold("h", 6, 100), null);
    assert.deepEqual(pool.last(1), ["hold_placed 0 = 14, first held +4, second held +2 @7"]);
    assert.equal(pool.remaining("second"), 10);
    assert.equal(pool.asideOf("second").held, 2);
  });

  test("is open in the pool with what it was placed with and what it reserves", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 6, 100);
    assert.deepEqual(pool.pool.holds, [
      { key: 2, id: "h", amount: 6n, captured: 0n, expiresAt: 100, parts: [{ grantKey: 1, amount: 6n }] },
    ]);
  });

  test("keeps what it reserves from being spent or held again", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 6);
    assert.equal(availableOf(pool.pool), 4n);
    assert.equal(heldOf(pool.pool), 6n);
    assert.deepEqual(pool.consume(5), { code: "insufficient_credits", required: 5n, available: 4n });
    assert.deepEqual(pool.hold("i", 5), { code: "insufficient_credits", required: 5n, available: 4n });
    assert.equal(pool.hold("i", 4), null);
    assert.equal(availableOf(pool.pool), 0n);
  });

  test("makes later burns pass over what is held of a grant to the next one", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.grant("b", 10);
    pool.hold("h", 8);
    pool.consume(5);
    assert.equal(pool.ledger.at(-1), "consumed -5 = 15, a -2, b -3");
  });

  test("lets a soft burn past it end in overage, and keeps what it reserves", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 8);
    assert.equal(pool.consume(5, "soft"), null);
    assert.equal(pool.ledger.at(-1), "consumed -5 = 5, a -2");
    assert.equal(pool.pool.overage, 3n);
    assert.equal(availableOf(pool.pool), 0n);
    assert.equal(pool.capture("h", 8), null);
  });

  test("of nothing reserves nothing, also in an empty pool", () => {
    const pool = new Scenario();
    assert.equal(pool.hold("h", 0), null);
    assert.deepEqual(pool.ledger, ["hold_placed 0 = 0"]);
    assert.deepEqual(pool.pool.holds[0]?.parts, []);
  });

  test("with an end that has passed is over at once, and counts from when it was taken", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    assert.equal(pool.at(50).hold("h", 6, 40), null);
    assert.deepEqual(pool.last(2), [
      "hold_placed 0 = 10, a held +6 @50",
      "hold_released 0 = 10, a held -6 @50",
    ]);
    assert.deepEqual(pool.pool.holds, []);
  });
});

describe("a hold is refused", () => {
  test("when it is a millionth more than is free, and when nothing is", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    assert.deepEqual(pool.hold("h", 11), { code: "insufficient_credits", required: 11n, available: 10n });
    pool.consume(15, "soft");
    assert.deepEqual(pool.hold("h", 1), { code: "insufficient_credits", required: 1n, available: 0n });
    assert.deepEqual(pool.pool.holds, []);
  });

  test("when it is negative or more than a pool can hold", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    assert.deepEqual(pool.hold("h", -1), { code: "amount_out_of_range" });
    assert.deepEqual(pool.hold("h", MAX_POOL + 1n), { code: "amount_out_of_range" });
    assert.deepEqual(pool.hold("h", MAX_POOL), {
      code: "insufficient_credits",
      required: MAX_POOL,
      available: 10n,
    });
  });

  test("when credits are only scheduled, unpaid or frozen", () => {
    const pool = new Scenario();
    pool.grant("later", 10, { effectiveAt: 50 });
    pool.grant("unpaid", 10, { isPaymentPending: true });
    pool.grant("disputed", 10);
    pool.freeze("disputed");
    assert.deepEqual(pool.hold("h", 1), { code: "insufficient_credits", required: 1n, available: 0n });
  });
});
