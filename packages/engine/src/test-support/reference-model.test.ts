import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertTold, capture, consume, grant, hold, revoke } from "./hand-told.ts";
import { checkHistories } from "./random-runs.ts";
import { rankInBurnOrder, tell } from "./reference-model.ts";

/* Worked out by hand from the rules, so that the model is held to something besides the engine. */

describe("the model lets time pass", () => {
  test("in its order: at one instant holds end, then grants, then others begin", () => {
    assertTold(
      [
        [0, grant("a", 10, { expiresAt: 50 }), "granted +10 = 10 @0, a +10"],
        [0, grant("b", 4, { effectiveAt: 50 }), "granted 0 = 10 @0"],
        [0, grant("c", 2, { effectiveAt: 40, expiresAt: 50 }), "granted 0 = 10 @0"],
        [0, hold("h", 3, 50), "hold_placed 0 = 10 @0, a 0 held +3"],
        [
          ...([60, { kind: "settle" }, "activated +2 = 12 @40, c +2"] as const),
          ...["hold_released 0 = 12 @50, a 0 held -3", "expired -10 = 2 @50, a -10"],
          ...["expired -2 = 0 @50, c -2", "activated +4 = 4 @50, b +4"],
        ],
      ],
      "a 0, b 4, c 0; ; balance 4, overage 0",
    );
  });

  test("before it refuses, and what begins repays what is owed", () => {
    assertTold(
      [
        [0, grant("a", 10, { effectiveAt: 10, expiresAt: 40 }), "granted 0 = 0 @0"],
        [1, consume(4, "soft"), "consumed -4 = -4 @0"],
        [
          ...([50, consume(7), "activated +10 = 6 @10, a +10", "overage_repaid 0 = 6 @10, a -4"] as const),
          ...["expired -6 = 0 @40, a -6", "refused: insufficient_credits: 7 of 0"],
        ],
      ],
      "a 0; ; balance 0, overage 0",
    );
  });

  test("older things first, and what expired leaves the credits alone that a hold reserves", () => {
    assertTold(
      [
        [0, grant("a", 5, { expiresAt: 50 }), "granted +5 = 5 @0, a +5"],
        [0, grant("b", 5, { expiresAt: 50, category: "promo" }), "granted +5 = 10 @0, b +5"],
        [0, hold("h", 4, 90), "hold_placed 0 = 10 @0, b 0 held +4"],
        [0, hold("i", 4, 60), "hold_placed 0 = 10 @0, b 0 held +1, a 0 held +3"],
        [55, { kind: "settle" }, "expired -2 = 8 @50, a -2"],
        [
          ...([95, { kind: "settle" }, "hold_released 0 = 8 @60, b 0 held -1, a 0 held -3"] as const),
          ...["expired -1 = 7 @60, b -1", "expired -3 = 4 @60, a -3"],
          ...["hold_released 0 = 4 @90, b 0 held -4", "expired -4 = 0 @90, b -4"],
        ],
      ],
      "a 0, b 0; ; balance 0, overage 0",
    );
  });

  test("but not for who asks about nothing that there is", () => {
    assertTold(
      [
        [0, grant("a", 10, { expiresAt: 10 }), "granted +10 = 10 @0, a +10"],
        [20, revoke("b", null), "refused: unknown"],
        [20, capture("h", 1, true), "refused: unknown"],
        [20, { kind: "reverse", consumed: 0 }, "refused: unknown"],
      ],
      "a 10; ; balance 10, overage 0",
    );
  });
});

test("the model keeps the laws that it was not told", (t) => {
  const most = 9n * 10n ** 18n;
  const tried = checkHistories(200, (history) => {
    for (const chapter of tell(history)) {
      const { lines, balance, overage, remaining, held, frozen, revoked, holds } = chapter;
      const sums = [remaining, held, frozen, holds].map((amounts) =>
        [...amounts.values()].reduce((total, amount) => total + amount, 0n),
      );
      const [allRemaining = 0n, allHeld = 0n, allFrozen = 0n, allReserved = 0n] = sums;
      assert.equal(balance, allRemaining - overage);
      assert.equal(allHeld, allReserved);
      assert.ok(balance >= -most && allRemaining + allFrozen <= most && overage >= 0n);
      assert.ok(overage === 0n || allRemaining === allHeld, "something is owed while something is free");
      for (const [id, amount] of remaining) {
        const reserved = held.get(id) ?? 0n;
        assert.ok(reserved >= 0n && reserved <= amount, `${reserved} of ${amount} of ${id} is held`);
        assert.ok((frozen.get(id) ?? 0n) >= 0n && (revoked.get(id) ?? 0n) >= 0n);
      }
      const last = lines.at(-1);
      assert.equal(last?.endBalance ?? balance, balance);
    }
  });
  t.diagnostic(tried);
});

test("the model ranks a grant by the terms of the burn order, in their order", () => {
  const terms = { priority: 2, expiresAt: null, category: "recurring", effectiveAt: 7, created: 3 } as const;
  assert.deepEqual(rankInBurnOrder(terms), [2, Infinity, 1, 7, 3]);
});
