import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MAX_GRANT, MAX_POOL } from "@credits-kit/amounts";
import { Scenario } from "../test-support/scenario.ts";
import { availableOf } from "./figures.ts";

describe("a hard limit", () => {
  test("lets the last credit be spent", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    assert.equal(pool.consume(10), null);
    assert.equal(pool.pool.balance, 0n);
  });

  test("refuses one millionth more than there is, burns nothing, and says what is missing", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    assert.deepEqual(pool.consume(11), { code: "insufficient_credits", required: 11n, available: 10n });
    assert.deepEqual(pool.ledger, ["granted +10 = 10, a +10"]);
    assert.equal(pool.remaining("a"), 10);
  });

  test("refuses everything but nothing in an empty pool and below zero, where nothing is available", () => {
    const pool = new Scenario();
    assert.deepEqual(pool.consume(1), { code: "insufficient_credits", required: 1n, available: 0n });
    pool.consume(5, "soft");
    assert.deepEqual(pool.consume(1), { code: "insufficient_credits", required: 1n, available: 0n });
    assert.equal(pool.consume(0), null);
  });

  test("does not count credits that are only scheduled", () => {
    const pool = new Scenario();
    pool.grant("later", 10, { effectiveAt: 50 });
    assert.deepEqual(pool.consume(1), { code: "insufficient_credits", required: 1n, available: 0n });
    assert.equal(pool.at(50).consume(1), null);
  });
});

describe("a soft limit", () => {
  test("spends what there is first and owes the rest", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    assert.equal(pool.consume(25, "soft"), null);
    assert.equal(pool.ledger.at(-1), "consumed -25 = -15, a -10");
    assert.equal(pool.pool.overage, 15n);
  });

  test("owes more each time, and offers nothing meanwhile", () => {
    const pool = new Scenario();
    pool.consume(3, "soft");
    pool.consume(4, "soft");
    assert.equal(pool.pool.overage, 7n);
    assert.equal(pool.pool.balance, -7n);
    assert.equal(availableOf(pool.pool), 0n);
  });

  test("ends where a balance would no longer fit its column", () => {
    const pool = new Scenario();
    assert.deepEqual(pool.consume(MAX_POOL + 1n, "soft"), { code: "amount_out_of_range" });
    assert.equal(pool.consume(MAX_POOL, "soft"), null);
    assert.deepEqual(pool.consume(1, "soft"), { code: "amount_out_of_range" });
    assert.equal(pool.pool.balance, -MAX_POOL);
  });

  test("never burns more in one entry than its column can say, though the pool is full", () => {
    const pool = new Scenario();
    for (let index = 0; index < 9; index += 1) pool.grant(`g${index}`, MAX_GRANT);
    assert.deepEqual(pool.consume(2n * MAX_POOL, "soft"), { code: "amount_out_of_range" });
    assert.deepEqual(pool.consume(MAX_POOL + 1n, "soft"), { code: "amount_out_of_range" });
    assert.equal(pool.consume(MAX_POOL, "soft"), null);
    assert.equal(pool.pool.balance, 0n);
  });
});

describe("credits beside overage", () => {
  test("that are held cannot be spent, and do not hide what is owed", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 10);
    pool.consume(4, "soft");
    assert.equal(pool.pool.balance, 6n);
    assert.equal(availableOf(pool.pool), 0n);
    assert.deepEqual(pool.consume(1), { code: "insufficient_credits", required: 1n, available: 0n });
  });

  test("that are held do not let a soft limit owe more than a balance can say", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 10);
    assert.equal(pool.consume(MAX_POOL, "soft"), null);
    assert.deepEqual(pool.consume(1, "soft"), { code: "amount_out_of_range" });
    pool.revoke("a");
    pool.release("h");
    assert.equal(pool.pool.balance, -MAX_POOL);
  });
});

describe("the smallest amount beside the largest", () => {
  test("is exact: a millionth less each time, down to the last one", () => {
    const pool = new Scenario();
    pool.grant("a", MAX_GRANT);
    for (let left = MAX_GRANT - 1n; left > MAX_GRANT - 100n; left -= 1n) {
      pool.consume(1);
      assert.equal(pool.pool.balance, left);
      assert.equal(pool.entries.at(-1)?.endBalance, left);
    }
    pool.consume(MAX_GRANT - 100n);
    assert.deepEqual(pool.consume(2), { code: "insufficient_credits", required: 2n, available: 1n });
    assert.equal(pool.consume(1), null);
    assert.deepEqual(pool.pool.grants, []);
  });

  test("is exact when it is held, captured and reversed", () => {
    const pool = new Scenario();
    pool.grant("a", MAX_GRANT);
    pool.consume(1);
    pool.hold("h", MAX_GRANT - 1n);
    assert.deepEqual(pool.hold("i", 1), { code: "insufficient_credits", required: 1n, available: 0n });
    pool.capture("h", 1);
    assert.equal(availableOf(pool.pool), MAX_GRANT - 2n);
    pool.reverse(2);
    assert.equal(pool.pool.balance, MAX_GRANT - 1n);
  });
});

describe("odd amounts", () => {
  test("a free feature leaves a line of zero in the ledger and moves nothing", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    assert.equal(pool.consume(0), null);
    assert.equal(pool.ledger.at(-1), "consumed 0 = 10");
  });

  test("a negative amount is refused, so that spending can never make credits", () => {
    for (const limit of ["hard", "soft"] as const) {
      const pool = new Scenario();
      pool.grant("a", 10);
      pool.consume(4);
      assert.deepEqual(pool.consume(-3, limit), { code: "amount_out_of_range" });
      assert.equal(pool.pool.balance, 6n);
    }
  });

  test("the entry keeps the event's own time, however late the event comes", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.at(5_000).consume(1, "hard", 1_234);
    assert.equal(pool.entries.at(-1)?.occurredAt, 1_234);
  });
});
