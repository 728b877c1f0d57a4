import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { rankInBurnOrder, type Taken, tell } from "./reference-model.ts";
import { chapterText } from "./telling-engine.ts";

const terms = { kind: "grant", category: "paid", priority: 0, effectiveAt: null, expiresAt: null } as const;

/** Worked out by hand from the rules, so that the model is held to something besides the engine. */
const byHand: [taken: Taken, chapter: string][] = [
  [
    { at: 0, command: { kind: "consume", amount: 5n, limit: "soft", occurredAt: 0 } },
    "consumed -5 -> -5 [] @0\nrefused: null; balance -5, overage 5; ",
  ],
  [
    { at: 10, command: { ...terms, grantId: "a", amount: 20n, expiresAt: 100 } },
    "granted 20 -> 15 [a 20] @10\noverage_repaid 0 -> 15 [a -5] @10\nrefused: null; balance 15, overage 0; a=15",
  ],
  [
    {
      at: 20,
      command: { ...terms, grantId: "b", amount: 8n, category: "promo", expiresAt: 100, effectiveAt: 50 },
    },
    "granted 0 -> 15 [] @20\nrefused: null; balance 15, overage 0; a=15 b=0",
  ],
  [
    { at: 60, command: { kind: "consume", amount: 10n, limit: "hard", occurredAt: 40 } },
    "activated 8 -> 23 [b 8] @50\nconsumed -10 -> 13 [b -8, a -2] @40\nrefused: null; balance 13, overage 0; a=13 b=0",
  ],
  [
    { at: 100, command: { kind: "consume", amount: 1n, limit: "hard", occurredAt: 100 } },
    "expired -13 -> 0 [a -13] @100\nrefused: insufficient_credits: 1 of 0; balance 0, overage 0; a=0 b=0",
  ],
];

describe("the reference model", () => {
  test("tells a history as it was worked out by hand", () => {
    const chapters = tell(byHand.map(([taken]) => taken));
    assert.deepEqual(
      chapters.map(chapterText),
      byHand.map(([, chapter]) => chapter),
    );
  });

  test("ranks a grant by the terms of the burn order, in their order", () => {
    const grant = {
      priority: 2,
      expiresAt: null,
      category: "recurring",
      effectiveAt: 7,
      created: 3,
    } as const;
    assert.deepEqual(rankInBurnOrder(grant), [2, Infinity, 1, 7, 3]);
  });
});
