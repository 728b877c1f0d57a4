import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Scenario } from "../test-support/scenario.ts";

describe("a frozen grant", () => {
  test("is out of the balance, with a line that says so", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.consume(3);
    assert.equal(pool.at(5).freeze("a"), null);
    assert.deepEqual(pool.last(1), ["frozen -7 = 0, a -7 @5"]);
    assert.deepEqual(pool.entries.at(-1)?.change, { grantKey: 1, isFrozen: true });
    assert.deepEqual(pool.asideOf("a"), { held: 0, frozen: 7, revoked: 0 });
    assert.deepEqual(pool.consume(1), { code: "insufficient_credits", required: 1n, available: 0n });
  });

  test("leaves what holds reserve in the balance", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 4);
    pool.freeze("a");
    assert.equal(pool.ledger.at(-1), "frozen -6 = 4, a -6");
    pool.capture("h", 4);
    assert.equal(pool.ledger.at(-1), "consumed -4 = 0, a -4 held -4");
    assert.deepEqual(pool.asideOf("a"), { held: 0, frozen: 6, revoked: 0 });
  });

  test("does not expire while the dispute lasts, and does the moment it ends", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { expiresAt: 50 });
    pool.freeze("a");
    pool.at(60).settle();
    assert.equal(pool.entries.length, 2);
    pool.at(70).unfreeze("a");
    assert.deepEqual(pool.last(2), ["unfrozen +10 = 10, a +10 @70", "expired -10 = 0, a -10 @70"]);
    assert.equal(pool.carries("a"), false);
  });

  test("that waits does not begin before it is thawed, and then at once if its time has come", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { effectiveAt: 50 });
    assert.equal(pool.freeze("a"), null);
    assert.deepEqual(pool.last(1), ["frozen 0 = 0 @0"]);
    pool.at(60).settle();
    assert.equal(pool.remaining("a"), 0);
    pool.at(70).unfreeze("a");
    assert.deepEqual(pool.last(2), ["unfrozen 0 = 0 @70", "activated +10 = 10, a +10 @70"]);
  });

  test("that began and ended while it was frozen does both when it is thawed, and repays in between", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { effectiveAt: 50, expiresAt: 60 });
    pool.consume(4, "soft");
    pool.freeze("a");
    pool.at(70).unfreeze("a");
    assert.deepEqual(pool.last(4), [
      "unfrozen 0 = -4 @70",
      "activated +10 = 6, a +10 @70",
      "overage_repaid 0 = 6, a -4 @70",
      "expired -6 = 0, a -6 @70",
    ]);
  });

  test("that is spent keeps out of the balance what a reversal brings back", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.consume(10);
    assert.equal(pool.freeze("a"), null);
    pool.reverse(2);
    assert.deepEqual(pool.ledger.slice(-3), [
      "frozen 0 = 0",
      "reversed +10 = 10, a +10",
      "frozen -10 = 0, a -10",
    ]);
    assert.equal(pool.asideOf("a").frozen, 10);
  });

  test("repays nothing", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.freeze("a");
    pool.consume(4, "soft");
    pool.grant("b", 1);
    assert.equal(pool.ledger.at(-1), "overage_repaid 0 = -3, b -1");
    assert.equal(pool.asideOf("a").frozen, 10);
  });
});

describe("a thawed grant", () => {
  test("is back in the balance", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.freeze("a");
    assert.equal(pool.at(7).unfreeze("a"), null);
    assert.deepEqual(pool.last(1), ["unfrozen +10 = 10, a +10 @7"]);
    assert.deepEqual(pool.entries.at(-1)?.change, { grantKey: 1, isFrozen: false });
    assert.equal(pool.consume(10), null);
  });

  test("repays what was spent without it", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.freeze("a");
    pool.consume(4, "soft");
    pool.at(7).unfreeze("a");
    assert.deepEqual(pool.last(2), ["unfrozen +10 = 6, a +10 @7", "overage_repaid 0 = 6, a -4 @7"]);
  });

  test("leaves what holds reserve alone", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 4);
    pool.freeze("a");
    pool.consume(3, "soft");
    pool.unfreeze("a");
    assert.deepEqual(pool.ledger.slice(-2), ["unfrozen +6 = 7, a +6", "overage_repaid 0 = 7, a -3"]);
    assert.equal(pool.asideOf("a").held, 4);
  });

  test("that was all spent from holds meanwhile has nothing to bring back", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 10);
    pool.freeze("a");
    pool.capture("h", 10);
    assert.equal(pool.unfreeze("a"), null);
    assert.equal(pool.ledger.at(-1), "unfrozen 0 = 0");
  });
});

describe("freezing is refused", () => {
  test("when the grant was revoked or has expired", () => {
    const pool = new Scenario();
    pool.grant("expired", 10, { expiresAt: 50 });
    pool.grant("revoked", 10);
    pool.revoke("revoked");
    pool.at(50);
    assert.deepEqual(pool.freeze("expired"), { code: "grant_closed", status: "expired" });
    assert.deepEqual(pool.freeze("revoked"), { code: "grant_closed", status: "revoked" });
  });

  test("when the grant is frozen, and thawing when it is not", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    assert.deepEqual(pool.unfreeze("a"), { code: "not_frozen" });
    pool.freeze("a");
    assert.deepEqual(pool.freeze("a"), { code: "already_frozen" });
    pool.unfreeze("a");
    assert.deepEqual(pool.unfreeze("a"), { code: "not_frozen" });
    assert.equal(pool.entries.length, 3);
  });

  test("and thawing when the grant was revoked, frozen or not", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.grant("b", 10);
    pool.freeze("a");
    pool.revoke("a");
    pool.revoke("b");
    assert.deepEqual(pool.unfreeze("a"), { code: "grant_closed", status: "revoked" });
    assert.deepEqual(pool.unfreeze("b"), { code: "grant_closed", status: "revoked" });
  });
});
