import { describe, test } from "node:test";
import { assertTold, capture, consume, grant, hold, revoke } from "./hand-told.ts";
import type { Ask } from "./reference-model.ts";

/* Worked out by hand from the rules, so that the model is held to something besides the engine. */

const settle: Ask = { kind: "settle" };
const MOST = 10n ** 18n;

function about(kind: "confirm_payment" | "freeze" | "unfreeze", grantId: string): Ask {
  return { kind, grantId };
}
function update(
  grantId: string,
  terms: { priority?: number; effectiveAt?: number; expiresAt?: number | null },
): Ask {
  return { kind: "update_grant", grantId, ...terms };
}

describe("the model grants credits", () => {
  test("now, at a time to come, or once they are paid for", () => {
    assertTold(
      [
        [0, grant("now", 20), "granted +20 = 20 @0, now +20"],
        [0, grant("later", 8, { effectiveAt: 50 }), "granted 0 = 20 @0"],
        [0, grant("unpaid", 5, { isPaymentPending: true }), "granted 0 = 20 @0"],
        [50, settle, "activated +8 = 28 @50, later +8"],
        [90, settle],
      ],
      "now 20, later 8, unpaid 0; ; balance 28, overage 0",
    );
  });

  test("unless they end before they begin, or are too many", () => {
    const full = Array.from({ length: 9 }, (_, index) => grant(`g${index}`, MOST, { effectiveAt: 99 }));
    assertTold(
      [
        [5, grant("over", 1, { expiresAt: 5 }), "refused: already_expired"],
        [5, grant("never", 1, { effectiveAt: 9, expiresAt: 9 }), "refused: already_expired"],
        [5, grant("none", 0), "refused: amount_out_of_range"],
        [5, grant("neither", 0, { expiresAt: 1 }), "refused: already_expired"],
        [5, grant("much", MOST + 1n), "refused: amount_out_of_range"],
        ...full.map((ask) => [5, ask, "granted 0 = 0 @5"] as const),
        [5, grant("last", 1), "refused: amount_out_of_range"],
        [6, revoke("g0", 1), "revoked 0 = 0 @6"],
        [7, grant("fits", 1, { isPaymentPending: true }), "granted 0 = 0 @7"],
        [8, grant("more", 1), "refused: amount_out_of_range"],
      ],
      "g0 0 revoked 1, g1 0, g2 0, g3 0, g4 0, g5 0, g6 0, g7 0, g8 0, fits 0; ; balance 0, overage 0",
    );
  });
});

describe("the model confirms a payment", () => {
  test("that came when the grant was over: it repays what was owed, and the rest is gone", () => {
    assertTold(
      [
        [0, grant("a", 10, { isPaymentPending: true, expiresAt: 20 }), "granted 0 = 0 @0"],
        [10, consume(3, "soft"), "consumed -3 = -3 @0"],
        [25, settle],
        [
          ...([30, about("confirm_payment", "a"), "activated +10 = 7 @30, a +10"] as const),
          ...["overage_repaid 0 = 7 @30, a -3", "expired -7 = 0 @30, a -7"],
        ],
        [30, about("confirm_payment", "a"), "refused: not_pending"],
      ],
      "a 0; ; balance 0, overage 0",
    );
  });

  test("without haste: what is scheduled waits for its time, what is frozen for its thaw", () => {
    assertTold(
      [
        [0, grant("a", 10, { isPaymentPending: true, effectiveAt: 20 }), "granted 0 = 0 @0"],
        [5, about("confirm_payment", "a"), "updated 0 = 0 @5"],
        [
          25,
          grant("b", 4, { isPaymentPending: true }),
          "activated +10 = 10 @20, a +10",
          "granted 0 = 10 @25",
        ],
        [26, about("freeze", "b"), "frozen 0 = 10 @26"],
        [27, about("confirm_payment", "b"), "updated 0 = 10 @27"],
        [28, settle],
        [29, about("unfreeze", "b"), "unfrozen 0 = 10 @29", "activated +4 = 14 @29, b +4"],
      ],
      "a 10, b 4; ; balance 14, overage 0",
    );
  });

  test("of what was revoked in part, and not of what was revoked", () => {
    assertTold(
      [
        [0, grant("a", 10, { isPaymentPending: true }), "granted 0 = 0 @0"],
        [0, grant("b", 10, { isPaymentPending: true }), "granted 0 = 0 @0"],
        [1, revoke("a", 4), "revoked 0 = 0 @1"],
        [2, revoke("a", 7), "refused: beyond_revocable: 6"],
        [3, about("confirm_payment", "a"), "activated +6 = 6 @3, a +6"],
        [4, revoke("b", 4), "revoked 0 = 6 @4"],
        [5, revoke("b", 6), "revoked 0 = 6 @5"],
        [6, about("confirm_payment", "b"), "refused: grant_closed: revoked"],
      ],
      "a 6 revoked 4, b 0 revoked 10; ; balance 6, overage 0",
    );
  });
});

describe("the model updates a grant", () => {
  test("and what burns first changes with its terms", () => {
    assertTold(
      [
        [0, grant("a", 9, { priority: 1 }), "granted +9 = 9 @0, a +9"],
        [0, grant("b", 9, { priority: 1 }), "granted +9 = 18 @0, b +9"],
        [1, consume(1), "consumed -1 = 17 @0, a -1"],
        [2, update("b", { priority: 0 }), "updated 0 = 17 @2"],
        [3, consume(1), "consumed -1 = 16 @0, b -1"],
        [4, update("a", { priority: 0, expiresAt: 50 }), "updated 0 = 16 @4"],
        [5, consume(1), "consumed -1 = 15 @0, a -1"],
        [6, update("a", { expiresAt: null }), "updated 0 = 15 @6"],
        [60, consume(8), "consumed -8 = 7 @0, a -7, b -1"],
      ],
      "a 0, b 7; ; balance 7, overage 0",
    );
  });

  test("to begin at once, or to end sooner", () => {
    assertTold(
      [
        [0, grant("a", 9, { effectiveAt: 50, expiresAt: 90 }), "granted 0 = 0 @0"],
        [1, consume(2, "soft"), "consumed -2 = -2 @0"],
        [
          ...([10, update("a", { effectiveAt: 5 }), "updated 0 = -2 @10"] as const),
          ...["activated +9 = 7 @10, a +9", "overage_repaid 0 = 7 @10, a -2"],
        ],
        [11, update("a", { expiresAt: 20 }), "updated 0 = 7 @11"],
        [30, settle, "expired -7 = 0 @20, a -7"],
      ],
      "a 0; ; balance 0, overage 0",
    );
  });

  test("only as long as that can make a difference", () => {
    assertTold(
      [
        [0, grant("a", 9, { expiresAt: 50 }), "granted +9 = 9 @0, a +9"],
        [0, grant("b", 9, { effectiveAt: 50 }), "granted 0 = 9 @0"],
        [1, update("a", { effectiveAt: 2 }), "refused: already_active"],
        [1, update("a", { expiresAt: 1 }), "refused: already_expired"],
        [1, update("b", { expiresAt: 50 }), "refused: already_expired"],
        [1, update("b", { effectiveAt: 60, expiresAt: 70 }), "updated 0 = 9 @1"],
        [1, update("b", { effectiveAt: 70 }), "refused: already_expired"],
        [50, update("a", { priority: 1 }), "expired -9 = 0 @50, a -9", "refused: grant_closed: expired"],
        [50, update("a", {}), "updated 0 = 0 @50"],
        [51, revoke("b", null), "revoked 0 = 0 @51"],
        [52, update("b", { expiresAt: null }), "refused: grant_closed: revoked"],
      ],
      "a 0, b 0 revoked 9; ; balance 0, overage 0",
    );
  });
});

describe("the model revokes a grant", () => {
  test("in part and as a whole, what is held as soon as it comes free", () => {
    assertTold(
      [
        [0, grant("a", 20), "granted +20 = 20 @0, a +20"],
        [0, hold("h", 5, 100), "hold_placed 0 = 20 @0, a 0 held +5"],
        [1, revoke("a", 16), "refused: beyond_revocable: 15"],
        [1, revoke("a", 0), "refused: amount_out_of_range"],
        [1, revoke("a", 4), "revoked -4 = 16 @1, a -4"],
        [2, revoke("a", null), "revoked -11 = 5 @2, a -11"],
        [3, revoke("a", null), "refused: grant_closed: revoked"],
        [4, capture("h", 2, false), "consumed -2 = 3 @4, a -2 held -2"],
        [
          ...([5, { kind: "release_hold", holdId: "h" }] as const),
          ...["hold_released 0 = 3 @5, a 0 held -3", "revoked -3 = 0 @5, a -3"],
        ],
      ],
      "a 0 revoked 18; ; balance 0, overage 0",
    );
  });

  test("that is all held, and not one of which part is left", () => {
    assertTold(
      [
        [0, grant("a", 5), "granted +5 = 5 @0, a +5"],
        [0, hold("h", 3, 100), "hold_placed 0 = 5 @0, a 0 held +3"],
        [1, revoke("a", 2), "revoked -2 = 3 @1, a -2"],
        [2, update("a", { priority: 1 }), "updated 0 = 3 @2"],
        [3, revoke("a", null), "revoked 0 = 3 @3"],
        [4, update("a", { priority: 1 }), "refused: grant_closed: revoked"],
      ],
      "a 3 held 3 revoked 2; h 3; balance 3, overage 0",
    );
  });

  test("but nothing of one that is spent or over", () => {
    assertTold(
      [
        [0, grant("a", 5), "granted +5 = 5 @0, a +5"],
        [1, consume(5), "consumed -5 = 0 @0, a -5"],
        [2, revoke("a", 0), "refused: grant_closed: depleted"],
        [3, grant("b", 5, { expiresAt: 4 }), "granted +5 = 5 @3, b +5"],
        [4, revoke("b", null), "expired -5 = 0 @4, b -5", "refused: grant_closed: expired"],
      ],
      "a 0, b 0; ; balance 0, overage 0",
    );
  });

  test("out of what a dispute froze", () => {
    assertTold(
      [
        [0, grant("a", 10), "granted +10 = 10 @0, a +10"],
        [1, about("freeze", "a"), "frozen -10 = 0 @1, a -10"],
        [2, revoke("a", 4), "unfrozen +4 = 4 @2, a +4", "revoked -4 = 0 @2, a -4"],
        [3, about("freeze", "a"), "refused: already_frozen"],
        [4, revoke("a", null), "unfrozen +6 = 6 @4, a +6", "revoked -6 = 0 @4, a -6"],
        [5, about("unfreeze", "a"), "refused: grant_closed: revoked"],
      ],
      "a 0 revoked 10; ; balance 0, overage 0",
    );
  });
});

describe("the model freezes a grant", () => {
  test("with what comes free of it, past its end, and lets all of it expire at its thaw", () => {
    assertTold(
      [
        [0, grant("a", 10, { expiresAt: 50 }), "granted +10 = 10 @0, a +10"],
        [0, hold("h", 4, 30), "hold_placed 0 = 10 @0, a 0 held +4"],
        [1, about("freeze", "a"), "frozen -6 = 4 @1, a -6"],
        [40, settle, "hold_released 0 = 4 @30, a 0 held -4", "frozen -4 = 0 @30, a -4"],
        [60, about("freeze", "a"), "refused: grant_closed: expired"],
        [60, about("unfreeze", "a"), "unfrozen +10 = 10 @60, a +10", "expired -10 = 0 @60, a -10"],
        [61, about("unfreeze", "a"), "refused: not_frozen"],
      ],
      "a 0; ; balance 0, overage 0",
    );
  });

  test("and what thaws repays what was owed", () => {
    assertTold(
      [
        [0, grant("a", 10), "granted +10 = 10 @0, a +10"],
        [1, about("freeze", "a"), "frozen -10 = 0 @1, a -10"],
        [2, consume(3), "refused: insufficient_credits: 3 of 0"],
        [2, consume(3, "soft"), "consumed -3 = -3 @0"],
        [3, about("unfreeze", "a"), "unfrozen +10 = 7 @3, a +10", "overage_repaid 0 = 7 @3, a -3"],
      ],
      "a 7; ; balance 7, overage 0",
    );
  });

  test("that waits: it begins at its thaw, and ends there if it should have ended before", () => {
    assertTold(
      [
        [0, grant("a", 10, { effectiveAt: 10, expiresAt: 20 }), "granted 0 = 0 @0"],
        [1, about("freeze", "a"), "frozen 0 = 0 @1"],
        [
          ...([30, about("unfreeze", "a"), "unfrozen 0 = 0 @30"] as const),
          ...["activated +10 = 10 @30, a +10", "expired -10 = 0 @30, a -10"],
        ],
      ],
      "a 0; ; balance 0, overage 0",
    );
  });
});
