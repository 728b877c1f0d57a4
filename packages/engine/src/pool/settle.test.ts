import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Scenario } from "../test-support/scenario.ts";
import { decide } from "./decide.ts";
import { nextDueAt } from "./settle.ts";
import { EMPTY_POOL } from "./types.ts";

describe("an expired grant", () => {
  test("is never burned, even when nobody looked at the pool since", () => {
    const pool = new Scenario();
    pool.grant("old", 10, { expiresAt: 100 });
    pool.grant("new", 10);
    assert.equal(pool.at(5_000).consume(4), null);
    assert.deepEqual(pool.ledger.slice(2), ["expired -10 = 10, old -10", "consumed -4 = 6, new -4"]);
  });

  test("can be spent until the last millisecond, and not at its end", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { expiresAt: 100 });
    assert.equal(pool.at(99).consume(1), null);
    assert.deepEqual(pool.at(100).consume(1), { code: "insufficient_credits", required: 1n, available: 0n });
    assert.equal(pool.ledger.at(-1), "expired -9 = 0, a -9");
  });

  test("expires when it was due, however late that is written, and though the command is refused", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { expiresAt: 100 });
    assert.notEqual(pool.at(900).consume(1), null);
    assert.equal(pool.entries.at(-1)?.occurredAt, 100);
  });

  test("that was spent in time leaves no line when its end comes", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { expiresAt: 100 });
    pool.consume(10);
    pool.at(100).settle();
    assert.equal(pool.ledger.at(-1), "consumed -10 = 0, a -10");
  });

  test("does not turn into overage: what was burned stays paid", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { expiresAt: 100 });
    pool.consume(3);
    pool.at(100).settle();
    assert.equal(pool.pool.balance, 0n);
    assert.equal(pool.pool.overage, 0n);
  });
});

describe("a scheduled grant", () => {
  test("activates by itself at its time, and not a millisecond before", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { effectiveAt: 50 });
    pool.at(49).settle();
    assert.equal(pool.pool.balance, 0n);
    pool.at(50).settle();
    assert.equal(pool.ledger.at(-1), "activated +10 = 10, a +10");
    assert.equal(pool.entries.at(-1)?.occurredAt, 50);
  });

  test("repays overage the moment it activates", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { effectiveAt: 50 });
    pool.consume(4, "soft");
    pool.at(80).settle();
    assert.deepEqual(pool.ledger.slice(2), ["activated +10 = 6, a +10", "overage_repaid 0 = 6, a -4"]);
    assert.deepEqual(
      pool.entries.slice(2).map((entry) => entry.occurredAt),
      [50, 50],
    );
  });

  test("that began and ended while nobody looked did both, and burned nothing", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { effectiveAt: 50, expiresAt: 60 });
    assert.equal(pool.at(500).consume(0), null);
    assert.deepEqual(pool.ledger.slice(1), [
      "activated +10 = 10, a +10",
      "expired -10 = 0, a -10",
      "consumed 0 = 0",
    ]);
  });

  test("that began and ended while nobody looked still repaid what was owed when it began", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { effectiveAt: 50, expiresAt: 60 });
    pool.consume(4, "soft");
    pool.at(500).settle();
    assert.deepEqual(pool.ledger.slice(2), [
      "activated +10 = 6, a +10",
      "overage_repaid 0 = 6, a -4",
      "expired -6 = 0, a -6",
    ]);
  });
});

describe("several things that fell due together", () => {
  test("happen in the order of their times, not in the order in which they were asked for", () => {
    const pool = new Scenario();
    pool.grant("ends second", 1, { expiresAt: 300 });
    pool.grant("begins", 2, { effectiveAt: 200 });
    pool.grant("ends first", 3, { expiresAt: 100 });
    pool.at(1_000).settle();
    assert.deepEqual(pool.ledger.slice(3), [
      "expired -3 = 1, ends first -3",
      "activated +2 = 3, begins +2",
      "expired -1 = 2, ends second -1",
    ]);
    assert.deepEqual(
      pool.entries.slice(3).map((entry) => entry.occurredAt),
      [100, 200, 300],
    );
  });

  test("at one instant what ends goes first, then what begins, each oldest first", () => {
    const pool = new Scenario();
    pool.grant("begins a", 1, { effectiveAt: 100 });
    pool.grant("ends a", 1, { expiresAt: 100 });
    pool.grant("begins b", 1, { effectiveAt: 100 });
    pool.grant("ends b", 1, { expiresAt: 100, priority: -1 });
    pool.at(100).settle();
    assert.deepEqual(
      pool.ledger.slice(4).map((line) => line.split(", ")[1]),
      ["ends a -1", "ends b -1", "begins a +1", "begins b +1"],
    );
  });
});

describe("at one instant", () => {
  test("holds end first, then grants end, then grants begin, each oldest first", () => {
    const pool = new Scenario();
    pool.grant("begins", 1, { effectiveAt: 100 });
    pool.grant("ends", 3, { expiresAt: 100, priority: 1 });
    pool.grant("held", 4);
    pool.hold("h", 2, 100);
    pool.hold("i", 2, 100);
    pool.at(200).settle();
    assert.deepEqual(pool.last(4), [
      "hold_released 0 = 7, held held -2 @100",
      "hold_released 0 = 7, held held -2 @100",
      "expired -3 = 4, ends -3 @100",
      "activated +1 = 5, begins +1 @100",
    ]);
    assert.deepEqual(
      pool.entries.slice(5, 7).map((entry) => entry.hold?.key),
      [4, 5],
    );
  });

  test("what a hold frees of a grant that ends then goes with what was free of it", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { expiresAt: 100 });
    pool.hold("h", 4, 100);
    pool.at(200).settle();
    assert.deepEqual(pool.last(2), ["hold_released 0 = 10, a held -4 @100", "expired -10 = 0, a -10 @100"]);
  });

  test("what a hold frees of a grant that ends then repays nothing any more", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { expiresAt: 100 });
    pool.hold("h", 10, 100);
    pool.consume(3, "soft");
    pool.at(200).settle();
    assert.deepEqual(pool.last(2), ["hold_released 0 = 7, a held -10 @100", "expired -10 = -3, a -10 @100"]);
  });

  test("what a hold frees repays overage before anything begins", () => {
    const pool = new Scenario();
    pool.grant("a", 4);
    pool.grant("begins", 9, { effectiveAt: 100 });
    pool.hold("h", 4, 100);
    pool.consume(3, "soft");
    pool.at(100).settle();
    assert.deepEqual(pool.ledger.slice(-2), ["overage_repaid 0 = 1, a -3", "activated +9 = 10, begins +9"]);
  });
});

describe("the entries of one decision", () => {
  test("say which of them was due before, and which the command made due", () => {
    const pool = new Scenario();
    pool.consume(3, "soft");
    pool.grant("a", 5, { effectiveAt: 50 });
    pool.grant("b", 5, { effectiveAt: 900 });
    const command = { kind: "update_grant", grantKey: 3, closed: null, effectiveAt: 60 } as const;
    const decision = decide(pool.pool, command, 60);
    assert.deepEqual(
      decision.entries.map((entry) => entry.type),
      ["activated", "overage_repaid", "updated", "activated"],
    );
    assert.equal(decision.settled, 2);
    assert.equal(decide(decision.pool, command, 60).settled, 0);
  });
});

describe("an expired grant of which something is held", () => {
  test("loses only what is free, and at the end of each hold what that frees", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { expiresAt: 50 });
    pool.hold("h", 4, 60);
    pool.hold("i", 3, 70);
    pool.at(100).settle();
    assert.deepEqual(pool.last(5), [
      "expired -3 = 7, a -3 @50",
      "hold_released 0 = 7, a held -4 @60",
      "expired -4 = 3, a -4 @60",
      "hold_released 0 = 3, a held -3 @70",
      "expired -3 = 0, a -3 @70",
    ]);
  });

  test("writes nothing at its end where all of it is held", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { expiresAt: 50 });
    pool.hold("h", 10, 90);
    pool.at(60).settle();
    assert.equal(pool.entries.length, 2);
    assert.equal(pool.pool.balance, 10n);
  });
});

describe("when the pool next changes by itself", () => {
  test("counts holds, and not the end of what is all held or frozen", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { expiresAt: 50 });
    pool.hold("h", 10, 90);
    assert.equal(nextDueAt(pool.pool), 90);
    pool.hold("i", 0, 70);
    assert.equal(nextDueAt(pool.pool), 70);
    pool.grant("b", 10, { expiresAt: 60 });
    assert.equal(nextDueAt(pool.pool), 60);
    pool.freeze("b");
    assert.equal(nextDueAt(pool.pool), 70);
    pool.release("i");
    pool.capture("h", 4);
    assert.equal(nextDueAt(pool.pool), 50);
  });

  test("does not count the beginning of what is unpaid or frozen", () => {
    const pool = new Scenario();
    pool.grant("unpaid", 10, { effectiveAt: 50, isPaymentPending: true });
    pool.grant("disputed", 10, { effectiveAt: 60 });
    pool.freeze("disputed");
    assert.equal(nextDueAt(pool.pool), null);
    pool.unfreeze("disputed");
    assert.equal(nextDueAt(pool.pool), 60);
    pool.confirmPayment("unpaid");
    assert.equal(nextDueAt(pool.pool), 50);
  });

  test("passes over the end of a revoked grant of which the rest is held", () => {
    const pool = new Scenario();
    pool.grant("a", 10, { expiresAt: 50 });
    pool.hold("h", 10, 90);
    pool.revoke("a");
    assert.equal(nextDueAt(pool.pool), 90);
  });

  test("is the earliest beginning or end of what still matters, or never", () => {
    assert.equal(nextDueAt(EMPTY_POOL), null);
    const pool = new Scenario();
    pool.grant("for ever", 1);
    assert.equal(nextDueAt(pool.pool), null);
    pool.grant("ends", 1, { expiresAt: 300, priority: -1 });
    assert.equal(nextDueAt(pool.pool), 300);
    pool.grant("begins", 1, { effectiveAt: 200, expiresAt: 250 });
    assert.equal(nextDueAt(pool.pool), 200);
    pool.at(200).settle();
    assert.equal(nextDueAt(pool.pool), 250);
    pool.at(250).settle();
    pool.consume(1);
    assert.equal(nextDueAt(pool.pool), null);
  });

  test("settling before anything is due writes nothing", () => {
    const pool = new Scenario();
    pool.grant("a", 1, { expiresAt: 300 });
    assert.equal(pool.at(299).settle(), null);
    assert.equal(pool.entries.length, 1);
  });
});
