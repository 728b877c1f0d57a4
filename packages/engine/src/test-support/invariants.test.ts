import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { EMPTY_POOL, type Entry, type Pool } from "../pool/types.ts";
import { INVARIANT_NAMES, violations } from "./invariants.ts";
import { journalsOf } from "./journal.ts";
import type { Taken } from "./reference-model.ts";
import { runEngine } from "./telling-engine.ts";

const terms = {
  kind: "grant",
  amount: 10n,
  category: "paid",
  priority: 0,
  effectiveAt: null,
  expiresAt: null,
} as const;
const history: Taken[] = [
  { at: 0, command: { ...terms, grantId: "promo", category: "promo" } },
  { at: 0, command: { ...terms, grantId: "paid" } },
  { at: 0, command: { ...terms, grantId: "ends", priority: 1, expiresAt: 50 } },
  { at: 0, command: { ...terms, grantId: "later", effectiveAt: 90 } },
  { at: 10, command: { kind: "consume", amount: 4n, limit: "hard", occurredAt: 3 } },
  { at: 60, command: { kind: "consume", amount: 7n, limit: "hard", occurredAt: 60 } },
];
const sound = journalsOf(runEngine(history)).at(-1) ?? { taken: [], pool: EMPTY_POOL };

/** The sound journal with one entry, or the pool, altered behind the engine's back. */
function entryAltered(seq: number, change: (entry: Entry) => Partial<Entry>, at?: number) {
  const taken = sound.taken.map((each) =>
    each.entry.seq === seq ? { entry: { ...each.entry, ...change(each.entry) }, at: at ?? each.at } : each,
  );
  return { ...sound, taken };
}
function poolAltered(change: (pool: Pool) => Partial<Pool>) {
  return { ...sound, pool: { ...sound.pool, ...change(sound.pool) } };
}
function grantAltered(id: string, remaining: bigint) {
  return poolAltered(({ grants }) => ({
    grants: grants.map((each) => (each.id === id ? { ...each, remaining } : each)),
  }));
}

const swapped = [{ grantKey: 2, amount: -4n }];
const planted: [fault: string, journal: typeof sound, invariant: string][] = [
  ["a balance that the deltas do not give", poolAltered(({ balance }) => ({ balance: balance + 1n })), "I-1"],
  ["credits that no grant holds", grantAltered("paid", 8n), "I-2"],
  [
    "an end balance off by one",
    entryAltered(5, ({ endBalance }) => ({ endBalance: endBalance + 1n })),
    "I-3",
  ],
  ["a gap in the numbers", entryAltered(5, () => ({ seq: 6 })), "I-4 the ledger"],
  ["a pool behind its ledger", poolAltered(({ seq }) => ({ seq: seq - 1 })), "I-4 the pool"],
  ["a grant that holds more than was granted", grantAltered("paid", 11n), "I-6"],
  ["a grant below zero", grantAltered("paid", -1n), "I-6"],
  ["overage while credits remain", poolAltered(() => ({ overage: 1n })), "I-7"],
  ["negative overage", poolAltered(() => ({ overage: -1n })), "I-7"],
  ["a grant that forgot what was burned of it", grantAltered("paid", 10n), "I-8"],
  ["a grant that can be spent before it begins", grantAltered("later", 1n), "I-8"],
  ["a scheduled grant that was lost", poolAltered(({ grants }) => ({ grants: grants.slice(0, -1) })), "I-8"],
  [
    "a burn after the grant's end",
    entryAltered(7, () => ({ draws: [{ grantKey: 3, amount: -7n }] })),
    "I-10 nothing draws",
  ],
  [
    "a burn at the very end of the grant",
    entryAltered(5, () => ({ draws: [{ grantKey: 3, amount: -4n }] }), 50),
    "I-10 nothing draws",
  ],
  ["an expiry before its time", entryAltered(6, () => ({ occurredAt: 49 })), "I-10 nothing draws"],
  [
    "an expired grant that is still there",
    poolAltered(({ grants }) => ({
      grants: [
        ...grants,
        { ...terms, key: 3, id: "ends", effectiveAt: 0, expiresAt: 60, remaining: 10n, activated: true },
      ],
    })),
    "I-10 nothing is left",
  ],
  ["a burn whose draws are less than its delta", entryAltered(5, () => ({ draws: [] })), "I-12"],
  ["a burn from the wrong grant", entryAltered(5, () => ({ draws: swapped })), "I-13"],
];

describe("a fault that is planted in a ledger is named", () => {
  test("and a sound ledger breaks nothing", () => assert.deepEqual(violations(sound), []));

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
