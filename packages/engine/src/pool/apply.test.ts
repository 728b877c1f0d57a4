import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Scenario } from "../test-support/scenario.ts";
import { apply } from "./apply.ts";
import { EMPTY_POOL, type Entry } from "./types.ts";

describe("an entry that does not continue its pool is never taken", () => {
  const pool = new Scenario();
  pool.grant("a", 10);
  pool.grant("b", 10, { effectiveAt: 500 });
  const good: Entry = {
    seq: 3,
    type: "consumed",
    delta: -4n,
    endBalance: 6n,
    draws: [{ grantKey: 1, amount: -4n, heldChange: 0n }],
    overageChange: 0n,
    occurredAt: 0,
  };

  const bad: [name: string, change: Partial<Entry>][] = [
    ["it leaves a gap in the numbers", { seq: 4 }],
    ["it has a number that is taken", { seq: 2 }],
    ["its end balance is not the one before plus its delta", { endBalance: 7n }],
    [
      "it draws more than a grant has",
      { delta: -11n, endBalance: -1n, draws: [{ grantKey: 1, amount: -11n, heldChange: 0n }] },
    ],
    [
      "it gives a grant more than was granted",
      { delta: 1n, endBalance: 11n, draws: [{ grantKey: 1, amount: 1n, heldChange: 0n }] },
    ],
    ["it draws on a grant that has not begun", { draws: [{ grantKey: 2, amount: -4n, heldChange: 0n }] }],
    ["it draws on a grant that the pool does not hold", { draws: [{ grantKey: 9, amount: -4n, heldChange: 0n }] }],
  ];

  test("the one that does is", () => assert.equal(apply(pool.pool, good).balance, 6n));

  for (const [name, change] of bad) {
    test(name, () => {
      const before = structuredClone(pool.pool);
      assert.throws(
        () => apply(pool.pool, { ...good, ...change }),
        /^Error: entry \d+ d(oes not continue|raws)/,
      );
      assert.deepEqual(pool.pool, before);
    });
  }
});

test("a ledger read back from storage gives the pool that wrote it", () => {
  const pool = new Scenario();
  pool.grant("a", 10, { expiresAt: 100, category: "promo" });
  pool.grant("b", 20, { effectiveAt: 50 });
  pool.consume(15, "soft");
  pool.at(60).consume(3);
  pool.at(200).grant("c", 7, { priority: 3 });
  assert.deepEqual(structuredClone(pool.entries).reduce(apply, EMPTY_POOL), pool.pool);
  assert.equal(pool.pool.balance, 19n);
});
