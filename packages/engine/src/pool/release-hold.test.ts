import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Scenario } from "../test-support/scenario.ts";

describe("a released hold", () => {
  test("frees what it reserved, in burn order, and is over", () => {
    const pool = new Scenario();
    pool.grant("b", 10);
    pool.grant("a", 3, { priority: -1 });
    pool.hold("h", 5);
    assert.equal(pool.at(4).release("h"), null);
    assert.deepEqual(pool.last(1), ["hold_released 0 = 13, a held -3, b held -2 @4"]);
    assert.deepEqual(pool.entries.at(-1)?.hold, { key: 3, end: "released" });
    assert.deepEqual(pool.pool.holds, []);
    assert.equal(pool.consume(13), null);
  });

  test("cannot be released again", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 5);
    pool.release("h");
    assert.deepEqual(pool.release("h"), { code: "hold_closed" });
    assert.equal(pool.entries.length, 3);
  });

  test("leaves other holds on the same grant alone", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 5);
    pool.hold("i", 3);
    pool.release("h");
    assert.equal(pool.asideOf("a").held, 3);
    assert.equal(pool.pool.holds[0]?.id, "i");
  });
});

describe("what comes free when a hold ends", () => {
  test("repays overage first, grant by grant in burn order", () => {
    const pool = new Scenario();
    pool.grant("b", 4);
    pool.grant("a", 3, { priority: -1 });
    pool.hold("h", 7);
    pool.consume(5, "soft");
    pool.at(4).release("h");
    assert.deepEqual(pool.last(3), [
      "hold_released 0 = 2, a held -3, b held -4 @4",
      "overage_repaid 0 = 2, a -3 @4",
      "overage_repaid 0 = 2, b -2 @4",
    ]);
    assert.equal(pool.pool.overage, 0n);
  });

  test("expires now if its grant expired during the hold", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { expiresAt: 50 });
    pool.hold("h", 6);
    pool.at(70).release("h");
    assert.deepEqual(pool.last(3), [
      "expired -4 = 6, a -4 @50",
      "hold_released 0 = 6, a held -6 @70",
      "expired -6 = 0, a -6 @70",
    ]);
    assert.equal(pool.carries("a"), false);
  });

  test("is revoked now if its grant was revoked during the hold, also where it expired since", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.grant("b", 10, { expiresAt: 60 });
    pool.hold("h", 16);
    pool.revoke("a");
    pool.revoke("b");
    pool.at(70).release("h");
    assert.deepEqual(pool.last(3), [
      "hold_released 0 = 16, b held -10, a held -6 @70",
      "revoked -10 = 6, b -10 @70",
      "revoked -6 = 0, a -6 @70",
    ]);
    assert.deepEqual(pool.entries.at(-1)?.change, { grantKey: 1, revoked: 6n });
    assert.equal(pool.asideOf("a").revoked, 10);
    assert.equal(pool.asideOf("b").revoked, 10);
  });

  test("is frozen now if its grant was frozen during the hold", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 6);
    pool.freeze("a");
    pool.at(70).release("h");
    assert.deepEqual(pool.last(2), ["hold_released 0 = 6, a held -6 @70", "frozen -6 = 0, a -6 @70"]);
    assert.deepEqual(pool.entries.at(-1)?.change, { grantKey: 1, isFrozen: true });
    assert.deepEqual(pool.asideOf("a"), { held: 0, frozen: 10, revoked: 0 });
  });

  test("of an expired grant that is frozen expires rather than waits for the dispute", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { expiresAt: 50 });
    pool.hold("h", 6);
    pool.freeze("a");
    pool.at(70).release("h");
    assert.equal(pool.ledger.at(-1), "expired -6 = 0, a -6");
    assert.deepEqual(pool.asideOf("a"), { held: 0, frozen: 4, revoked: 0 });
  });

  test("never repays overage with credits that are over", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { expiresAt: 50 });
    pool.hold("h", 10);
    pool.consume(4, "soft");
    pool.at(70).release("h");
    assert.equal(pool.ledger.at(-1), "expired -10 = -4, a -10");
    assert.equal(pool.pool.overage, 4n);
  });
});

describe("a hold that nobody ends", () => {
  test("ends by itself at its time, and not a millisecond before", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 6, 100);
    pool.at(99).settle();
    assert.equal(pool.pool.holds.length, 1);
    pool.at(500).settle();
    assert.deepEqual(pool.last(1), ["hold_released 0 = 10, a held -6 @100"]);
    assert.deepEqual(pool.entries.at(-1)?.hold, { key: 2, end: "expired" });
  });

  test("ends before the command that comes at that very instant", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 6, 100);
    assert.equal(pool.at(100).consume(10), null);
    assert.deepEqual(pool.at(100).release("h"), { code: "hold_closed" });
  });

  test("frees at its time what repays overage, expires, is revoked or frozen then", () => {
    const pool = new Scenario();
    pool.grant("ends", 1, { expiresAt: 50, priority: 1 });
    pool.grant("gone", 2, { priority: 2 });
    pool.grant("disputed", 3, { priority: 3 });
    pool.grant("pays", 4, { priority: 4 });
    pool.hold("h", 10, 100);
    pool.revoke("gone");
    pool.freeze("disputed");
    pool.consume(3, "soft");
    pool.at(300).settle();
    assert.deepEqual(pool.last(5), [
      "hold_released 0 = 7, ends held -1, gone held -2, disputed held -3, pays held -4 @100",
      "expired -1 = 6, ends -1 @100",
      "revoked -2 = 4, gone -2 @100",
      "frozen -3 = 1, disputed -3 @100",
      "overage_repaid 0 = 1, pays -3 @100",
    ]);
  });
});
