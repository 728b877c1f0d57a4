import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Scenario } from "../test-support/scenario.ts";

const isPaymentPending = true;

describe("a grant that waits to be paid", () => {
  test("is in the ledger with a delta of zero, and neither begins nor expires by itself", () => {
    const pool = new Scenario();
    assert.equal(pool.grant("a", 10, { isPaymentPending, effectiveAt: 0, expiresAt: 50 }), null);
    pool.at(900).settle();
    assert.deepEqual(pool.ledger, ["granted 0 = 0"]);
    assert.equal(pool.carries("a"), true);
  });

  test("counts towards what a pool may hold", () => {
    const pool = new Scenario();
    for (let index = 0; index < 9; index += 1) pool.grant(`g${index}`, 10n ** 18n, { isPaymentPending });
    assert.deepEqual(pool.grant("over", 1), { code: "amount_out_of_range" });
  });
});

describe("a confirmed payment", () => {
  test("lets the grant begin at once", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { isPaymentPending });
    assert.equal(pool.at(30).confirmPayment("a"), null);
    assert.deepEqual(pool.last(1), ["activated +10 = 10, a +10 @30"]);
    assert.deepEqual(pool.entries.at(-1)?.change, { grantKey: 1, isPaymentPending: false });
    assert.equal(pool.consume(10), null);
  });

  test("repays overage at once", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { isPaymentPending });
    pool.consume(4, "soft");
    pool.at(30).confirmPayment("a");
    assert.deepEqual(pool.last(2), ["activated +10 = 6, a +10 @30", "overage_repaid 0 = 6, a -4 @30"]);
  });

  test("of what was revoked in part brings the rest", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { isPaymentPending });
    pool.revoke("a", 4);
    pool.confirmPayment("a");
    assert.equal(pool.ledger.at(-1), "activated +6 = 6, a +6");
  });

  test("ahead of its time lets the grant begin by itself then", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { isPaymentPending, effectiveAt: 50 });
    assert.equal(pool.at(30).confirmPayment("a"), null);
    assert.deepEqual(pool.last(1), ["updated 0 = 0 @30"]);
    assert.deepEqual(pool.entries.at(-1)?.change, { grantKey: 1, isPaymentPending: false });
    pool.at(50).settle();
    assert.deepEqual(pool.last(1), ["activated +10 = 10, a +10 @50"]);
  });

  test("at its very time lets the grant begin with it", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { isPaymentPending, effectiveAt: 50 });
    pool.at(50).confirmPayment("a");
    assert.deepEqual(pool.last(1), ["activated +10 = 10, a +10 @50"]);
    assert.equal(pool.entries.length, 2);
  });

  test("during a dispute lets the grant begin once that ends", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { isPaymentPending });
    pool.freeze("a");
    pool.confirmPayment("a");
    assert.equal(pool.ledger.at(-1), "updated 0 = 0");
    pool.unfreeze("a");
    assert.equal(pool.ledger.at(-1), "activated +10 = 10, a +10");
  });

  test("too late lets the grant begin and end now, and repay in between", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { isPaymentPending, expiresAt: 50 });
    pool.consume(4, "soft");
    assert.equal(pool.at(70).confirmPayment("a"), null);
    assert.deepEqual(pool.last(3), [
      "activated +10 = 6, a +10 @70",
      "overage_repaid 0 = 6, a -4 @70",
      "expired -6 = 0, a -6 @70",
    ]);
  });

  test("is refused when the grant was paid or never had to be", () => {
    const pool = new Scenario();
    pool.grant("free", 10);
    pool.grant("a", 10, { isPaymentPending });
    pool.confirmPayment("a");
    assert.deepEqual(pool.confirmPayment("free"), { code: "not_pending" });
    assert.deepEqual(pool.confirmPayment("a"), { code: "not_pending" });
    assert.equal(pool.pool.balance, 20n);
  });

  test("is refused when the grant was revoked meanwhile", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { isPaymentPending });
    pool.revoke("a");
    assert.deepEqual(pool.confirmPayment("a"), { code: "grant_closed", status: "revoked" });
    assert.equal(pool.entries.length, 2);
  });
});
