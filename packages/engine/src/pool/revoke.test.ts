import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Scenario } from "../test-support/scenario.ts";

describe("revoking a grant as a whole", () => {
  test("takes what is left of it out of the balance, for good", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.consume(3);
    assert.equal(pool.at(8).revoke("a"), null);
    assert.deepEqual(pool.last(1), ["revoked -7 = 0, a -7 @8"]);
    assert.deepEqual(pool.entries.at(-1)?.change, { grantKey: 1, revoked: 7n, isRevoked: true });
    assert.equal(pool.asideOf("a").revoked, 7);
    assert.equal(pool.carries("a"), false);
  });

  test("leaves what holds reserve until they end", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 4);
    pool.revoke("a");
    assert.equal(pool.ledger.at(-1), "revoked -6 = 4, a -6");
    assert.deepEqual(pool.asideOf("a"), { held: 4, frozen: 0, revoked: 6 });
    pool.capture("h", 3);
    assert.deepEqual(pool.ledger.slice(-3), [
      "consumed -3 = 1, a -3 held -3",
      "hold_released 0 = 1, a held -1",
      "revoked -1 = 0, a -1",
    ]);
  });

  test("with everything held moves nothing yet, and still says so", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 10);
    assert.equal(pool.revoke("a"), null);
    assert.equal(pool.ledger.at(-1), "revoked 0 = 10");
    assert.deepEqual(pool.entries.at(-1)?.change, { grantKey: 1, revoked: 0n, isRevoked: true });
    pool.release("h");
    assert.equal(pool.ledger.at(-1), "revoked -10 = 0, a -10");
  });

  test("that is scheduled or unpaid means that it never begins", () => {
    const pool = new Scenario();
    pool.grant("later", 10, { effectiveAt: 50 });
    pool.grant("unpaid", 10, { isPaymentPending: true });
    pool.revoke("later");
    pool.revoke("unpaid");
    assert.deepEqual(pool.ledger.slice(2), ["revoked 0 = 0", "revoked 0 = 0"]);
    assert.deepEqual(pool.entries.at(-1)?.change, { grantKey: 2, revoked: 10n, isRevoked: true });
    assert.deepEqual(pool.pool.grants, []);
    pool.at(50).settle();
    assert.equal(pool.entries.length, 4);
  });

  test("that is frozen takes what the freeze kept out, by way of the balance", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.freeze("a");
    pool.revoke("a");
    assert.deepEqual(pool.ledger.slice(-2), ["unfrozen +10 = 10, a +10", "revoked -10 = 0, a -10"]);
    assert.deepEqual(pool.entries.at(-2)?.change, { grantKey: 1 });
    assert.equal(pool.carries("a"), false);
  });

  test("that is frozen and partly held takes all but what is held", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 4);
    pool.freeze("a");
    pool.revoke("a");
    assert.deepEqual(pool.ledger.slice(-2), ["unfrozen +6 = 10, a +6", "revoked -6 = 4, a -6"]);
    pool.release("h");
    assert.equal(pool.ledger.at(-1), "revoked -4 = 0, a -4");
  });
});

describe("revoking a part", () => {
  test("takes so much and leaves the rest", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    assert.equal(pool.revoke("a", 4), null);
    assert.equal(pool.ledger.at(-1), "revoked -4 = 6, a -4");
    assert.deepEqual(pool.entries.at(-1)?.change, { grantKey: 1, revoked: 4n });
    assert.equal(pool.revoke("a", 5), null);
    assert.equal(pool.asideOf("a").revoked, 9);
    assert.equal(pool.consume(1), null);
  });

  test("that is all there is revokes the grant as a whole", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.consume(3);
    pool.revoke("a", 7);
    assert.deepEqual(pool.entries.at(-1)?.change, { grantKey: 1, revoked: 7n, isRevoked: true });
    assert.deepEqual(pool.revoke("a", 1), { code: "grant_closed", status: "revoked" });
  });

  test("that is all but what is held does not: what comes free of it can be spent", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 4);
    pool.revoke("a", 6);
    assert.deepEqual(pool.entries.at(-1)?.change, { grantKey: 1, revoked: 6n });
    pool.release("h");
    assert.equal(pool.consume(4), null);
  });

  test("of a grant that waits leaves the rest to begin", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { effectiveAt: 50 });
    pool.revoke("a", 4);
    assert.deepEqual(pool.entries.at(-1)?.change, { grantKey: 1, revoked: 4n });
    pool.at(50).settle();
    assert.equal(pool.ledger.at(-1), "activated +6 = 6, a +6");
    assert.equal(pool.revoke("a", 6), null);
  });

  test("that is all that still waits revokes the grant as a whole", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { effectiveAt: 50 });
    pool.revoke("a", 4);
    pool.revoke("a", 6);
    assert.deepEqual(pool.entries.at(-1)?.change, { grantKey: 1, revoked: 6n, isRevoked: true });
    assert.equal(pool.carries("a"), false);
  });

  test("of a frozen grant comes from what is frozen, and leaves the freeze", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.freeze("a");
    pool.revoke("a", 4);
    assert.deepEqual(pool.ledger.slice(-2), ["unfrozen +4 = 4, a +4", "revoked -4 = 0, a -4"]);
    assert.deepEqual(pool.asideOf("a"), { held: 0, frozen: 6, revoked: 4 });
    assert.deepEqual(pool.freeze("a"), { code: "already_frozen" });
    pool.unfreeze("a");
    assert.equal(pool.ledger.at(-1), "unfrozen +6 = 6, a +6");
  });
});

describe("revoking is refused", () => {
  test("beyond what is free, saying how much that is: what is held cannot be taken", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 4);
    assert.deepEqual(pool.revoke("a", 7), { code: "beyond_revocable", revocable: 6n });
    pool.freeze("a");
    assert.deepEqual(pool.revoke("a", 7), { code: "beyond_revocable", revocable: 6n });
    assert.equal(pool.revoke("a", 6), null);
    assert.deepEqual(pool.revoke("a", 1), { code: "beyond_revocable", revocable: 0n });
  });

  test("beyond what waits", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { effectiveAt: 50 });
    pool.revoke("a", 4);
    assert.deepEqual(pool.revoke("a", 7), { code: "beyond_revocable", revocable: 6n });
  });

  test("for nothing and less, so that revoking can never make credits", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    assert.deepEqual(pool.revoke("a", 0), { code: "amount_out_of_range" });
    assert.deepEqual(pool.revoke("a", -1), { code: "amount_out_of_range" });
    assert.equal(pool.pool.balance, 10n);
  });

  test("on a grant that was revoked, has expired or is spent, saying which", () => {
    const pool = new Scenario();
    for (const id of ["revoked", "spent", "expired"]) pool.grant(id, 1, { expiresAt: 50 });
    pool.revoke("revoked");
    pool.consume(1);
    assert.deepEqual(pool.revoke("spent"), { code: "grant_closed", status: "depleted" });
    assert.deepEqual(pool.revoke("spent", 0), { code: "grant_closed", status: "depleted" });
    pool.at(50);
    assert.deepEqual(pool.revoke("revoked"), { code: "grant_closed", status: "revoked" });
    assert.deepEqual(pool.revoke("expired"), { code: "grant_closed", status: "expired" });
    assert.deepEqual(pool.revoke("spent"), { code: "grant_closed", status: "expired" });
  });

  test("on an expired grant of which something is still held", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { expiresAt: 50 });
    pool.hold("h", 4);
    assert.deepEqual(pool.at(50).revoke("a"), { code: "grant_closed", status: "expired" });
  });
});
