import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { EMPTY_POOL, type Entry, type Grant, type Pool } from "../pool/types.ts";
import { INVARIANT_NAMES, violations } from "./invariants.ts";
import { type Journal, journalsOf } from "./journal.ts";
import type { Taken } from "./reference-model.ts";
import { runEngine } from "./telling-engine.ts";

const terms = {
  kind: "grant",
  asOf: null,
  amount: 10n,
  category: "paid",
  priority: 0,
  effectiveAt: null,
  expiresAt: null,
  isPaymentPending: false,
} as const;
const burn = { kind: "consume", limit: "hard" } as const;

/** Each ask with the entries that it writes. */
const history: Taken[] = [
  /* 1 */ { at: 0, ask: { ...terms, grantId: "promo", category: "promo" } },
  /* 2 */ { at: 0, ask: { ...terms, grantId: "paid" } },
  /* 3 */ { at: 0, ask: { ...terms, grantId: "ends", priority: 1, expiresAt: 50 } },
  /* 4 */ { at: 0, ask: { ...terms, grantId: "later", effectiveAt: 90 } },
  /* 5: promo -4 */ { at: 10, ask: { ...burn, amount: 4n, occurredAt: 3 } },
  /* 6: ends -10; 7: promo -6, paid -1 */ { at: 60, ask: { ...burn, amount: 7n, occurredAt: 60 } },
  /* 8: paid held +3 */ { at: 61, ask: { kind: "place_hold", holdId: "open", amount: 3n, expiresAt: 200 } },
  /* 9: paid held +2 */ { at: 62, ask: { kind: "place_hold", holdId: "done", amount: 2n, expiresAt: 200 } },
  /* 10: paid -1 held -1; 11: paid held -1 */
  { at: 63, ask: { kind: "capture_hold", holdId: "done", amount: 1n, isFinal: true } },
  /* 12: paid -2 */ { at: 64, ask: { kind: "revoke", grantId: "paid", amount: 2n } },
  /* 13 */ { at: 65, ask: { ...terms, grantId: "disputed" } },
  /* 14: disputed -10 */ { at: 66, ask: { kind: "freeze", grantId: "disputed" } },
  /* 15: promo +4 */ { at: 67, ask: { kind: "reverse", consumed: 4 } },
  /* 16: paid -3 */ { at: 68, ask: { kind: "revoke", grantId: "paid", amount: null } },
  /* 17: promo -4, overage +1 */ { at: 69, ask: { ...burn, limit: "soft", amount: 5n, occurredAt: 69 } },
];
const steps = runEngine(history);
const journals = journalsOf(steps);
const sound = journals.at(-1) ?? { taken: [], pool: EMPTY_POOL };

/** The sound journal with one entry, or the pool, altered behind the engine's back. */
function entryAltered(seq: number, change: (entry: Entry) => Partial<Entry>, at?: number): Journal {
  const taken = sound.taken.map((each) =>
    each.entry.seq === seq ? { entry: { ...each.entry, ...change(each.entry) }, at: at ?? each.at } : each,
  );
  return { ...sound, taken };
}
function drawsAltered(
  seq: number,
  ...draws: [grantKey: number, amount: bigint, heldChange: bigint][]
): Journal {
  const altered = draws.map(([grantKey, amount, heldChange]) => ({ grantKey, amount, heldChange }));
  return entryAltered(seq, () => ({ draws: altered }));
}
function poolAltered(change: (pool: Pool) => Partial<Pool>): Journal {
  return { ...sound, pool: { ...sound.pool, ...change(sound.pool) } };
}
function grantAltered(id: string, change: Partial<Grant>): Journal {
  return poolAltered(({ grants }) => ({
    grants: grants.map((each) => (each.id === id ? { ...each, ...change } : each)),
  }));
}
/** The pool after the reversal, when credits were still free, altered. */
function whileFree(change: Partial<Pool>): Journal {
  const before = journals.find(({ pool }) => pool.seq === 15) ?? sound;
  return { ...before, pool: { ...before.pool, ...change } };
}
const withoutGrant = (id: string) =>
  poolAltered(({ grants }) => ({ grants: grants.filter((grant) => grant.id !== id) }));
const holdAltered = (change: Partial<Pool["holds"][number]>) =>
  poolAltered(({ holds }) => ({ holds: holds.map((hold) => ({ ...hold, ...change })) }));

const nothing = { remaining: 0n, held: 0n, frozen: 0n, revoked: 0n, isFrozen: false, isRevoked: false };
const leftOver = { ...terms, ...nothing, effectiveAt: 0, activated: true, remaining: 10n };
const withGhost = poolAltered(({ grants }) => ({
  grants: [...grants, { ...leftOver, key: 3, id: "ends", expiresAt: 69 }],
}));
const twice = {
  ...sound,
  taken: [...sound.taken, ...sound.taken.filter(({ entry }) => entry.type === "reversed")],
};

const planted: [fault: string, journal: Journal, invariant: string][] = [
  [
    "a balance that the deltas do not give",
    poolAltered(({ balance }) => ({ balance: balance + 1n })),
    "I-1 ",
  ],
  ["credits that no grant holds", grantAltered("paid", { remaining: 8n }), "I-2 the balance"],
  [
    "overage that nobody burned",
    poolAltered(({ overage }) => ({ overage: overage + 1n })),
    "I-2 the overage",
  ],
  [
    "an end balance off by one",
    entryAltered(5, ({ endBalance }) => ({ endBalance: endBalance + 1n })),
    "I-3",
  ],
  ["a gap in the numbers", entryAltered(5, () => ({ seq: 6 })), "I-4 the ledger"],
  ["a pool behind its ledger", poolAltered(({ seq }) => ({ seq: seq - 1 })), "I-4 the pool"],
  ["a grant that holds more than was granted", grantAltered("paid", { remaining: 11n }), "I-6"],
  ["a grant that holds what was revoked", grantAltered("disputed", { revoked: 1n }), "I-6"],
  ["a grant below zero", grantAltered("paid", { remaining: -1n, held: -1n }), "I-6"],
  ["more held than there is", grantAltered("paid", { held: 4n }), "I-6"],
  ["less than nothing held", grantAltered("disputed", { held: -1n }), "I-6"],
  ["less than nothing frozen", grantAltered("later", { frozen: -1n }), "I-6"],
  ["overage while credits are free", whileFree({ overage: 1n }), "I-7"],
  ["negative overage", poolAltered(() => ({ overage: -1n })), "I-7"],
  ["a grant that forgot what was burned of it", grantAltered("paid", { remaining: 8n }), "I-8"],
  ["a grant that forgot what was frozen of it", grantAltered("disputed", { frozen: 0n }), "I-8"],
  ["a grant that can be spent before it begins", grantAltered("later", { remaining: 1n }), "I-8"],
  ["a scheduled grant that was lost", withoutGrant("later"), "I-8"],
  ["a frozen grant that was lost", withoutGrant("disputed"), "I-8"],
  [
    "more revoked than is free",
    entryAltered(16, ({ change }) => ({ change: change && { ...change, revoked: 4n } })),
    "I-9 nothing",
  ],
  ["a revocation that takes more than it says", drawsAltered(12, [2, -3n, 0n]), "I-9 nothing"],
  [
    "a revocation that does not say how much",
    entryAltered(12, () => ({ change: { grantKey: 2 } })),
    "I-9 nothing",
  ],
  [
    "a freeze that revokes",
    entryAltered(14, () => ({ change: { grantKey: 13, revoked: 1n } })),
    "I-9 nothing",
  ],
  ["a grant that forgot what was revoked of it", grantAltered("paid", { revoked: 3n }), "I-9 a grant"],
  ["a grant that forgot that it was revoked", grantAltered("paid", { isRevoked: false }), "I-9 a grant"],
  ["a burn after the grant's end", drawsAltered(7, [3, -7n, 0n]), "I-10 nothing draws"],
  [
    "a burn at the very end of the grant",
    entryAltered(5, () => ({ draws: [{ grantKey: 3, amount: -4n, heldChange: 0n }] }), 50),
    "I-10 nothing draws",
  ],
  ["a burn of a revoked grant", drawsAltered(17, [2, -1n, 0n]), "I-10 nothing draws"],
  ["a hold on a grant after its end", drawsAltered(8, [3, 0n, 3n]), "I-10 nothing draws"],
  ["credits restored to a grant after its end", drawsAltered(15, [3, 4n, 0n]), "I-10 nothing draws"],
  ["an expiry before its time", entryAltered(6, () => ({ occurredAt: 49 })), "I-10 nothing draws"],
  ["an expiry after its time", entryAltered(6, () => ({ occurredAt: 51 })), "I-10 nothing draws"],
  ["an expired grant that is still there", withGhost, "I-10 nothing is left"],
  ["free credits of a revoked grant", grantAltered("paid", { remaining: 4n }), "I-10 nothing is left"],
  ["frozen credits of a revoked grant", grantAltered("paid", { frozen: 1n }), "I-10 nothing is left"],
  ["a burn whose draws are less than its delta", drawsAltered(5), "I-12"],
  ["a burn from the wrong grant", drawsAltered(5, [2, -4n, 0n]), "I-13"],
  ["a hold on the wrong grant", drawsAltered(8, [4, 0n, 3n]), "I-13"],
  ["a capture past what the hold reserves", drawsAltered(10, [2, -1n, 0n]), "I-13"],
  ["a hold that ends and frees less", drawsAltered(11), "I-13"],
  ["a reversal that gives more than was taken", drawsAltered(15, [1, 5n, 0n]), "a reversal"],
  ["a reversal that gives another grant", drawsAltered(15, [2, 4n, 0n]), "a reversal"],
  ["a reversal of the debts of others", entryAltered(15, () => ({ overageChange: -1n })), "a reversal"],
  ["a reversal of a grant", entryAltered(15, () => ({ reverses: 1 })), "a reversal"],
  ["a second reversal", twice, "a reversal"],
  ["a grant that forgot a hold", grantAltered("paid", { held: 2n }), "what is held"],
  ["a grant held by no hold", poolAltered(() => ({ holds: [] })), "what is held"],
  ["a hold that was lost", poolAltered(() => ({ holds: [] })), "a hold is open"],
  [
    "a hold that reserves less than was placed",
    holdAltered({ parts: [{ grantKey: 2, amount: 2n }] }),
    "a hold is open",
  ],
  ["a hold on another grant", holdAltered({ parts: [{ grantKey: 4, amount: 3n }] }), "a hold is open"],
  ["a capture that nobody asked for", holdAltered({ captured: 1n }), "a hold is open"],
  ["a hold with another end", holdAltered({ expiresAt: 201 }), "a hold is open"],
];

describe("a fault that is planted in a ledger is named", () => {
  test("and a sound ledger breaks nothing, with every ask carried out", () => {
    assert.deepEqual(violations(sound), []);
    assert.equal(sound.taken.length, 17);
    assert.equal(
      steps.every(({ command, decision }) => command && !decision.refusal),
      true,
    );
  });

  test("and overage beside credits that are held is no fault", () => {
    assert.equal(sound.pool.overage, 1n);
    assert.equal(sound.pool.grants.find((grant) => grant.id === "paid")?.held, 3n);
  });

  for (const [fault, journal, invariant] of planted) {
    test(fault, () => {
      const names = violations(journal);
      assert.ok(
        names.some((name) => name.startsWith(invariant)),
        `${invariant} is not among ${JSON.stringify(names)}`,
      );
    });
  }

  test("for every invariant that there is", () => {
    const unproven = INVARIANT_NAMES.filter(
      (name) => !planted.some(([, , invariant]) => name.startsWith(invariant)),
    );
    assert.deepEqual(unproven, []);
  });
});
