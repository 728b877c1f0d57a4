import { describe, test } from "node:test";
import { assertTold, capture, consume, grant, hold, revoke } from "./hand-told.ts";
import type { Ask } from "./reference-model.ts";

/* Worked out by hand from the rules, so that the model is held to something besides the engine. */

const MOST = 10n ** 18n;

function release(holdId: string): Ask {
  return { kind: "release_hold", holdId };
}
function extend(holdId: string, expiresAt: number): Ask {
  return { kind: "extend_hold", holdId, expiresAt };
}
function reverse(consumed: number): Ask {
  return { kind: "reverse", consumed };
}

describe("the model burns credits", () => {
  test("in burn order, beyond what there is only where that is allowed", () => {
    assertTold(
      [
        [0, grant("a", 5), "granted +5 = 5 @0, a +5"],
        [0, grant("b", 5, { expiresAt: 90 }), "granted +5 = 10 @0, b +5"],
        [1, consume(7), "consumed -7 = 3 @0, b -5, a -2"],
        [2, consume(4), "refused: insufficient_credits: 4 of 3"],
        [2, consume(0), "consumed 0 = 3 @0"],
        [3, consume(4, "soft"), "consumed -4 = -1 @0, a -3"],
        [4, consume(1), "refused: insufficient_credits: 1 of 0"],
        [5, grant("c", 9), "granted +9 = 8 @5, c +9", "overage_repaid 0 = 8 @5, c -1"],
      ],
      "a 0, b 0, c 8; ; balance 8, overage 0",
    );
  });

  test("as far as numbers go", () => {
    assertTold(
      [
        [0, consume(-1), "refused: amount_out_of_range"],
        [0, consume(9n * MOST + 1n), `refused: insufficient_credits: ${9n * MOST + 1n} of 0`],
        [0, consume(9n * MOST + 1n, "soft"), "refused: amount_out_of_range"],
        [0, grant("a", 2), "granted +2 = 2 @0, a +2"],
        [0, hold("h", 1, 9), "hold_placed 0 = 2 @0, a 0 held +1"],
        [1, consume(9n * MOST, "soft"), `consumed -${9n * MOST} = ${2n - 9n * MOST} @0, a -1`],
        // One more would do now, but the hold can be burned yet.
        [2, consume(2, "soft"), "refused: amount_out_of_range"],
        [2, consume(1, "soft"), `consumed -1 = ${1n - 9n * MOST} @0`],
        [3, capture("h", 1, true), `consumed -1 = ${-9n * MOST} @3, a -1 held -1`],
      ],
      `a 0; ; balance ${-9n * MOST}, overage ${9n * MOST}`,
    );
  });
});

describe("the model takes an event back", () => {
  test("once, and gives its credits to the grants that are still there", () => {
    assertTold(
      [
        [0, grant("a", 5, { expiresAt: 50 }), "granted +5 = 5 @0, a +5"],
        [0, grant("b", 10), "granted +10 = 15 @0, b +10"],
        [1, consume(8), "consumed -8 = 7 @0, a -5, b -3"],
        [2, consume(2), "consumed -2 = 5 @0, b -2"],
        [9, reverse(3), "reversed +2 = 7 @9, b +2"],
        [60, reverse(2), "reversed +3 = 10 @60, b +3"],
        [61, reverse(2), "refused: unknown"],
      ],
      "a 0, b 10; ; balance 10, overage 0",
    );
  });

  test("even if nothing is left that could get anything", () => {
    assertTold(
      [
        [0, grant("a", 5, { expiresAt: 10 }), "granted +5 = 5 @0, a +5"],
        [1, consume(5), "consumed -5 = 0 @0, a -5"],
        [20, reverse(1), "reversed 0 = 0 @20"],
      ],
      "a 0; ; balance 0, overage 0",
    );
  });

  test("with what it owed, and what others repaid of that since, the newest first", () => {
    assertTold(
      [
        [0, grant("a", 4), "granted +4 = 4 @0, a +4"],
        [1, consume(10, "soft"), "consumed -10 = -6 @0, a -4"],
        [2, grant("b", 3), "granted +3 = -3 @2, b +3", "overage_repaid 0 = -3 @2, b -3"],
        [3, grant("c", 2), "granted +2 = -1 @3, c +2", "overage_repaid 0 = -1 @3, c -2"],
        [4, reverse(1), "overage_repaid 0 = -1 @4, c +2, b +3", "reversed +10 = 9 @4, a +4"],
      ],
      "a 4, b 3, c 2; ; balance 9, overage 0",
    );
  });

  test("without what a grant repaid that is gone", () => {
    assertTold(
      [
        [0, grant("a", 4), "granted +4 = 4 @0, a +4"],
        [1, consume(10, "soft"), "consumed -10 = -6 @0, a -4"],
        [2, grant("b", 3), "granted +3 = -3 @2, b +3", "overage_repaid 0 = -3 @2, b -3"],
        [
          ...([3, grant("c", 2, { expiresAt: 10 }), "granted +2 = -1 @3, c +2"] as const),
          "overage_repaid 0 = -1 @3, c -2",
        ],
        [20, reverse(1), "overage_repaid 0 = -1 @20, b +3", "reversed +8 = 7 @20, a +4"],
      ],
      "a 4, b 3, c 0; ; balance 7, overage 0",
    );
  });

  test("of two that owed, only what is the event's own", () => {
    assertTold(
      [
        [0, consume(5, "soft"), "consumed -5 = -5 @0"],
        [0, consume(3, "soft"), "consumed -3 = -8 @0"],
        [1, grant("a", 6), "granted +6 = -2 @1, a +6", "overage_repaid 0 = -2 @1, a -6"],
        // Of the five, two are owed still; the grant repaid the other three.
        [2, reverse(0), "overage_repaid 0 = -2 @2, a +3", "reversed +5 = 3 @2"],
        [3, reverse(1), "overage_repaid 0 = 3 @3, a +3", "reversed +3 = 6 @3"],
      ],
      "a 6; ; balance 6, overage 0",
    );
  });

  test("and what comes back repays what others owe, or is frozen", () => {
    assertTold(
      [
        [0, grant("a", 5), "granted +5 = 5 @0, a +5"],
        [1, consume(5), "consumed -5 = 0 @0, a -5"],
        [2, consume(3, "soft"), "consumed -3 = -3 @0"],
        [3, reverse(1), "reversed +5 = 2 @3, a +5", "overage_repaid 0 = 2 @3, a -3"],
        [4, { kind: "freeze", grantId: "a" }, "frozen -2 = 0 @4, a -2"],
        [
          ...([5, reverse(2), "overage_repaid 0 = 0 @5, a +3"] as const),
          ...["reversed +3 = 3 @5", "frozen -3 = 0 @5, a -3"],
        ],
      ],
      "a 0 frozen 5; ; balance 0, overage 0",
    );
  });

  test("unless the pool would hold too much", () => {
    const others = Array.from({ length: 9 }, (_, index) => grant(`g${index}`, MOST, { effectiveAt: 99 }));
    assertTold(
      [
        [0, grant("a", 1), "granted +1 = 1 @0, a +1"],
        [1, consume(1), "consumed -1 = 0 @0, a -1"],
        ...others.map((ask) => [2, ask, "granted 0 = 0 @2"] as const),
        [3, reverse(1), "refused: amount_out_of_range"],
        [4, revoke("g3", 1), "revoked 0 = 0 @4"],
        [5, reverse(1), "reversed +1 = 1 @5, a +1"],
      ],
      "a 1, g0 0, g1 0, g2 0, g3 0 revoked 1, g4 0, g5 0, g6 0, g7 0, g8 0; ; balance 1, overage 0",
    );
  });
});

describe("the model holds credits", () => {
  test("of those that would burn, so that nothing else can burn them", () => {
    assertTold(
      [
        [0, grant("b", 5), "granted +5 = 5 @0, b +5"],
        [0, grant("a", 10, { expiresAt: 100 }), "granted +10 = 15 @0, a +10"],
        [1, hold("h", 12, 50), "hold_placed 0 = 15 @1, a 0 held +10, b 0 held +2"],
        [2, consume(4), "refused: insufficient_credits: 4 of 3"],
        [2, hold("i", 4, 50), "refused: insufficient_credits: 4 of 3"],
        [2, consume(4, "soft"), "consumed -4 = 11 @0, b -3"],
        [3, hold("i", 1, 50), "refused: insufficient_credits: 1 of 0"],
        [4, hold("i", 0, 50), "hold_placed 0 = 11 @4"],
        [5, hold("j", -1, 50), "refused: amount_out_of_range"],
        [5, hold("j", 9n * MOST + 1n, 50), "refused: amount_out_of_range"],
        [
          ...([6, release("h"), "hold_released 0 = 11 @6, a 0 held -10, b 0 held -2"] as const),
          "overage_repaid 0 = 11 @6, a -1",
        ],
      ],
      "b 2, a 9; i 0; balance 11, overage 0",
    );
  });

  test("and captures a part, all or more of them", () => {
    assertTold(
      [
        [0, grant("a", 10, { expiresAt: 100 }), "granted +10 = 10 @0, a +10"],
        [0, grant("b", 5), "granted +5 = 15 @0, b +5"],
        [1, hold("h", 12, 50), "hold_placed 0 = 15 @1, a 0 held +10, b 0 held +2"],
        [2, capture("h", 5, false), "consumed -5 = 10 @2, a -5 held -5"],
        [2, capture("h", -1, false), "refused: amount_out_of_range"],
        [2, capture("h", 9n * MOST + 1n, false), "refused: amount_out_of_range"],
        [3, capture("h", 11, true), "refused: insufficient_credits: 11 of 10"],
        [4, capture("h", 9, true), "consumed -9 = 1 @4, a -5 held -5, b -4 held -2"],
        [5, capture("h", 0, true), "refused: hold_closed"],
        [5, release("h"), "refused: hold_closed"],
        [5, extend("h", 99), "refused: hold_closed"],
        [6, hold("i", 1, 50), "hold_placed 0 = 1 @6, b 0 held +1"],
        [7, capture("i", 1, false), "consumed -1 = 0 @7, b -1 held -1"],
        [8, release("i"), "hold_released 0 = 0 @8"],
      ],
      "a 0, b 0; ; balance 0, overage 0",
    );
  });

  test("and frees what a final capture leaves, though the grant be over", () => {
    assertTold(
      [
        [0, grant("a", 10, { expiresAt: 20 }), "granted +10 = 10 @0, a +10"],
        [1, hold("h", 6, 50), "hold_placed 0 = 10 @1, a 0 held +6"],
        [
          ...([
            30,
            capture("h", 2, true),
            "expired -4 = 6 @20, a -4",
            "consumed -2 = 4 @30, a -2 held -2",
          ] as const),
          ...["hold_released 0 = 4 @30, a 0 held -4", "expired -4 = 0 @30, a -4"],
        ],
      ],
      "a 0; ; balance 0, overage 0",
    );
  });

  test("until their time, which can be moved on", () => {
    assertTold(
      [
        [0, grant("a", 10), "granted +10 = 10 @0, a +10"],
        [1, hold("h", 6, 50), "hold_placed 0 = 10 @1, a 0 held +6"],
        [2, extend("h", 50), "refused: not_later"],
        [2, extend("h", 60), "updated 0 = 10 @2"],
        [55, consume(5), "refused: insufficient_credits: 5 of 4"],
        [61, extend("h", 90), "hold_released 0 = 10 @60, a 0 held -6", "refused: hold_closed"],
        [
          70,
          hold("i", 1, 70),
          "hold_placed 0 = 10 @70, a 0 held +1",
          "hold_released 0 = 10 @70, a 0 held -1",
        ],
      ],
      "a 10; ; balance 10, overage 0",
    );
  });
});
