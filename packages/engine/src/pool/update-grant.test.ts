import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Scenario } from "../test-support/scenario.ts";

describe("an updated grant", () => {
  test("has its new terms, with a line that moves nothing and names only what changed", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { expiresAt: 90 });
    assert.equal(pool.at(5).update("a", { priority: 3 }), null);
    assert.deepEqual(pool.last(1), ["updated 0 = 10 @5"]);
    assert.deepEqual(pool.entries.at(-1)?.change, { grantKey: 1, priority: 3 });
    pool.update("a", { expiresAt: null, priority: 4 });
    assert.deepEqual(pool.entries.at(-1)?.change, { grantKey: 1, priority: 4, expiresAt: null });
    pool.at(90).settle();
    assert.equal(pool.remaining("a"), 10);
  });

  test("burns in its new place", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.grant("b", 10);
    pool.update("b", { priority: -1 });
    pool.consume(1);
    assert.equal(pool.ledger.at(-1), "consumed -1 = 19, b -1");
    pool.update("a", { expiresAt: 500, priority: -1 });
    pool.consume(1);
    assert.equal(pool.ledger.at(-1), "consumed -1 = 18, a -1");
  });

  test("expires at its new time", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { expiresAt: 50 });
    pool.update("a", { expiresAt: 70 });
    pool.at(69).settle();
    assert.equal(pool.remaining("a"), 10);
    pool.at(70).settle();
    assert.deepEqual(pool.last(1), ["expired -10 = 0, a -10 @70"]);
  });

  test("begins at its new time, and now if that has passed", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { effectiveAt: 50 });
    pool.grant("b", 10, { effectiveAt: 50 });
    pool.update("a", { effectiveAt: 60 });
    pool.at(55).settle();
    assert.equal(pool.remaining("a"), 0);
    pool.at(60).settle();
    assert.equal(pool.remaining("a"), 10);
    pool.grant("c", 10, { effectiveAt: 90 });
    pool.update("c", { effectiveAt: 20 });
    assert.deepEqual(pool.last(2), ["updated 0 = 20 @60", "activated +10 = 30, c +10 @60"]);
  });

  test("that begins now repays overage now", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { effectiveAt: 90 });
    pool.consume(4, "soft");
    pool.at(5).update("a", { effectiveAt: 5 });
    assert.deepEqual(pool.last(2), ["activated +10 = 6, a +10 @5", "overage_repaid 0 = 6, a -4 @5"]);
  });

  test("that is unpaid does not begin before it is paid, whatever its time", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { effectiveAt: 90, isPaymentPending: true });
    pool.update("a", { effectiveAt: 0 });
    assert.equal(pool.ledger.at(-1), "updated 0 = 0");
    assert.equal(pool.confirmPayment("a"), null);
    assert.equal(pool.remaining("a"), 10);
  });

  test("can be spent already: its new terms count once a reversal brings it back", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { expiresAt: 50 });
    pool.consume(10);
    assert.equal(pool.update("a", { expiresAt: 80 }), null);
    assert.deepEqual(pool.pool.grants, []);
    pool.at(60).reverse(2);
    assert.equal(pool.remaining("a"), 10);
    pool.at(80).settle();
    assert.equal(pool.ledger.at(-1), "expired -10 = 0, a -10");
  });

  test("without any terms only leaves a line, also where the grant is gone", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { expiresAt: 50 });
    pool.at(50);
    assert.equal(pool.update("a"), null);
    assert.deepEqual(pool.entries.at(-1)?.change, { grantKey: 1 });
    assert.deepEqual(pool.last(1), ["updated 0 = 0 @50"]);
  });
});

describe("an update is refused", () => {
  test("when the grant was revoked or has expired, whatever is to change", () => {
    const pool = new Scenario();
    pool.grant("expired", 10, { expiresAt: 50 });
    pool.grant("revoked", 10, { expiresAt: 50 });
    pool.revoke("revoked");
    pool.at(50);
    assert.deepEqual(pool.update("expired", { priority: 1 }), { code: "grant_closed", status: "expired" });
    assert.deepEqual(pool.update("revoked", { priority: 1 }), { code: "grant_closed", status: "revoked" });
    assert.deepEqual(pool.update("expired", { expiresAt: null }), {
      code: "grant_closed",
      status: "expired",
    });
  });

  test("when it would change the beginning of a grant that began", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    assert.deepEqual(pool.update("a", { effectiveAt: 90 }), { code: "already_active" });
    assert.equal(pool.entries.length, 1);
  });

  test("when the new end is not in the future", () => {
    const pool = new Scenario().at(20);
    pool.grant("a", 10);
    assert.deepEqual(pool.update("a", { expiresAt: 19 }), { code: "already_expired" });
    assert.deepEqual(pool.update("a", { expiresAt: 20 }), { code: "already_expired" });
    assert.equal(pool.update("a", { expiresAt: 21 }), null);
  });

  test("when the grant would end before it begins, whichever of the two is new", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { effectiveAt: 50, expiresAt: 70 });
    assert.deepEqual(pool.update("a", { expiresAt: 50 }), { code: "already_expired" });
    assert.deepEqual(pool.update("a", { effectiveAt: 70 }), { code: "already_expired" });
    assert.deepEqual(pool.update("a", { effectiveAt: 80, expiresAt: 80 }), { code: "already_expired" });
    assert.equal(pool.update("a", { effectiveAt: 80, expiresAt: 81 }), null);
    assert.equal(pool.update("a", { effectiveAt: 90, expiresAt: null }), null);
  });
});
