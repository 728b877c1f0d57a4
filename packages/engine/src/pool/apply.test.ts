import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Scenario } from "../test-support/scenario.ts";
import { apply } from "./apply.ts";
import { EMPTY_POOL, type Draw, type Entry } from "./types.ts";

const draw = (grantKey: number, amount: bigint, heldChange = 0n): Draw => ({ grantKey, amount, heldChange });

/** Two grants, of which the second waits, a hold of 3 on the first, and a frozen one. */
const pool = new Scenario();
pool.grant("a", 10);
pool.grant("b", 10, { effectiveAt: 500 });
pool.hold("h", 3, 900);
pool.grant("c", 10);
pool.freeze("c");

const burn: Entry = {
  seq: 6,
  type: "consumed",
  delta: -4n,
  endBalance: 6n,
  draws: [draw(1, -4n)],
  overageChange: 0n,
  occurredAt: 0,
};
const still: Entry = { ...burn, delta: 0n, endBalance: 10n, draws: [] };
const place: Entry = {
  ...still,
  type: "hold_placed",
  draws: [draw(1, 0n, 2n)],
  hold: { key: 6, placed: { id: "i", amount: 2n }, expiresAt: 900 },
};
const release: Entry = {
  ...still,
  type: "hold_released",
  draws: [draw(1, 0n, -3n)],
  hold: { key: 3, end: "released" },
};
const capture: Entry = { ...burn, draws: [draw(1, -4n, -3n)], hold: { key: 3, end: "captured" } };
const thaw: Entry = { ...burn, type: "unfrozen", delta: 4n, endBalance: 14n, draws: [draw(4, 4n)] };
const revoke: Entry = { ...burn, type: "revoked", change: { grantKey: 1, revoked: 4n } };
const [spent, ...others] = pool.pool.grants;
assert.ok(spent && others.length === 2);
const reversal: Entry = {
  ...thaw,
  type: "reversed",
  draws: [draw(9, 4n)],
  reopens: [{ ...spent, key: 9, remaining: 0n, held: 0n }],
};

/** Each takes a sound entry and makes it one that does not fit. */
const misfits: [name: string, entry: Entry][] = [
  ["it leaves a gap in the numbers", { ...burn, seq: 7 }],
  ["it has a number that is taken", { ...burn, seq: 5 }],
  ["its end balance is not the one before plus its delta", { ...burn, endBalance: 7n }],
  ["its delta is not what it draws", { ...burn, delta: -5n, endBalance: 5n }],
  ["its delta is not what it draws less what it leaves owing", { ...burn, overageChange: 1n }],
  ["it repays more than is owed", { ...still, delta: 1n, endBalance: 11n, overageChange: -1n }],
  ["it draws more than a grant has", { ...burn, delta: -11n, endBalance: -1n, draws: [draw(1, -11n)] }],
  ["it burns what is held", { ...burn, delta: -8n, endBalance: 2n, draws: [draw(1, -8n)] }],
  ["it gives a grant more than was granted", { ...thaw, type: "reversed", draws: [draw(1, 4n)] }],
  ["it gives a grant what is frozen of it", { ...thaw, type: "reversed" }],
  ["it thaws more than is frozen", { ...thaw, delta: 11n, endBalance: 21n, draws: [draw(4, 11n)] }],
  ["it thaws what is not frozen", { ...thaw, draws: [draw(1, 4n)] }],
  ["it draws on a grant that has not begun", { ...burn, draws: [draw(2, -4n)] }],
  ["it gives to a grant that has not begun", { ...thaw, type: "reversed", draws: [draw(2, 4n)] }],
  ["it draws on a grant that the pool does not hold", { ...burn, draws: [draw(9, -4n)] }],
  ["it says that more is revoked than it draws", { ...revoke, change: { grantKey: 1, revoked: 5n } }],
  ["it grants what is there", { ...still, type: "granted", grant: { ...spent, key: 1 } }],
  [
    "it brings back what is there",
    { ...reversal, draws: [draw(1, 4n)], reopens: [{ ...spent, remaining: 0n }] },
  ],
  [
    "it brings back what is frozen",
    { ...reversal, reopens: [{ ...spent, key: 9, remaining: 0n, frozen: 1n }] },
  ],
  [
    "it gives back what was revoked",
    { ...reversal, reopens: [{ ...spent, key: 9, remaining: 0n, held: 0n, revoked: 7n }] },
  ],
  [
    "it revokes what is frozen, and leaves it there",
    { ...still, type: "revoked", change: { grantKey: 4, revoked: 1n } },
  ],
  ["it brings back more than nothing", { ...reversal, reopens: [{ ...spent, key: 9 }] }],
  ["it holds without a hold", { ...place, hold: undefined }],
  ["it places a hold under another number", { ...place, hold: { ...place.hold, key: 5 } }],
  [
    "it places a hold of more than it draws",
    { ...place, hold: { ...place.hold, key: 6, placed: { id: "i", amount: 3n } } },
  ],
  ["it places a hold without an end", { ...place, hold: { key: 6, placed: { id: "i", amount: 2n } } }],
  ["it places a hold that frees", { ...place, draws: [draw(1, 0n, 3n), draw(4, 0n, -1n)] }],
  [
    "it holds more than is free",
    { ...place, draws: [draw(1, 0n, 8n)], hold: { key: 6, placed: { id: "i", amount: 8n }, expiresAt: 9 } },
  ],
  ["it ends a hold that is not open", { ...release, hold: { key: 2, end: "released" } }],
  ["it ends a hold and leaves some of it", { ...release, draws: [draw(1, 0n, -2n)] }],
  ["it frees more than its hold reserves", { ...release, draws: [draw(1, 0n, -4n)] }],
  ["it adds to an open hold", { ...release, draws: [draw(1, 0n, 1n)], hold: { key: 3 } }],
];

describe("an entry that does not continue its pool is never taken", () => {
  for (const entry of [burn, still, place, release, capture, thaw, revoke, reversal]) {
    test(`one that does is: ${entry.type}`, () => {
      assert.equal(apply(pool.pool, entry).balance, entry.endBalance);
    });
  }

  for (const [name, entry] of misfits) {
    test(name, () => {
      const before = structuredClone(pool.pool);
      assert.throws(() => apply(pool.pool, entry), /^Error: entry \d+ (does not |draws |repays )/);
      assert.deepEqual(pool.pool, before);
    });
  }
});

test("a change of a grant that the pool does not carry is none of the pool's business", () => {
  const entry: Entry = { ...still, type: "updated", change: { grantKey: 9, priority: 5 } };
  assert.deepEqual(apply(pool.pool, entry), { ...pool.pool, seq: 6 });
});

describe("a ledger read back from storage gives the pool that wrote it", () => {
  test("with grants that begin, end and repay", () => {
    const told = new Scenario();
    told.grant("a", 10, { expiresAt: 100, category: "promo" });
    told.grant("b", 20, { effectiveAt: 50 });
    told.consume(15, "soft");
    told.at(60).consume(3);
    told.at(200).grant("c", 7, { priority: 3 });
    assert.deepEqual(structuredClone(told.entries).reduce(apply, EMPTY_POOL), told.pool);
    assert.equal(told.pool.balance, 19n);
  });

  test("with holds, changes of all kinds, and grants that come back", () => {
    const told = new Scenario();
    told.grant("a", 10);
    told.grant("b", 20, { expiresAt: 900 });
    told.grant("c", 5, { isPaymentPending: true });
    told.consume(25);
    told.hold("h", 4, 100);
    told.hold("i", 1);
    told.update("a", { priority: -2, expiresAt: 700 });
    told.extend("h", 300);
    told.capture("h", 2, false);
    told.reverse(4);
    told.revoke("b", 3);
    told.freeze("b");
    told.confirmPayment("c");
    told.at(400).update("c", { priority: -9 });
    told.unfreeze("b");
    told.revoke("a");
    assert.deepEqual(structuredClone(told.entries).reduce(apply, EMPTY_POOL), told.pool);
    assert.deepEqual(
      told.pool.grants.map(({ id, remaining, held }) => [id, remaining, held]),
      [
        ["c", 5n, 0n],
        ["a", 1n, 1n],
        ["b", 17n, 0n],
      ],
    );
  });
});
