import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { byRows, rankInBurnOrder } from "../test-support/reference-model.ts";
import { Scenario } from "../test-support/scenario.ts";
import { compareBurnOrder, insertInBurnOrder } from "./burn-order.ts";
import type { GrantCommand } from "./commands.ts";
import type { Grant } from "./types.ts";

type Terms = Partial<GrantCommand>;

/** In each pair, every later term of the burn order speaks for the one that must wait. */
const pairs: [name: string, first: Terms, second: Terms][] = [
  [
    "the lower priority burns first, though it ends later",
    { priority: 0, expiresAt: 200, category: "paid" },
    { priority: 1, expiresAt: 100, category: "promo" },
  ],
  [
    "at the same priority what ends earlier burns first, though it was paid for",
    { expiresAt: 100, category: "paid" },
    { expiresAt: 200, category: "promo" },
  ],
  [
    "what never ends burns last, though it was a present",
    { expiresAt: 1_000_000, category: "paid" },
    { expiresAt: null, category: "promo" },
  ],
  [
    "with the same end a promotion burns before a recurring grant, though it began later",
    { expiresAt: 100, category: "promo", effectiveAt: -1 },
    { expiresAt: 100, category: "recurring", effectiveAt: -9 },
  ],
  [
    "with the same end a recurring grant burns before a paid one, though it began later",
    { expiresAt: 100, category: "recurring", effectiveAt: -1 },
    { expiresAt: 100, category: "paid", effectiveAt: -9 },
  ],
  [
    "without any end a promotion burns before a paid grant",
    { category: "promo", effectiveAt: -1 },
    { category: "paid", effectiveAt: -9 },
  ],
  ["of the same category what began earlier burns first", { effectiveAt: -9 }, { effectiveAt: -1 }],
];

describe("which grant burns first", () => {
  for (const [name, first, second] of pairs) {
    test(name, () => {
      for (const order of [
        ["first", "second"],
        ["second", "first"],
      ] as const) {
        const pool = new Scenario();
        for (const each of order) pool.grant(each, 10, each === "first" ? first : second);
        pool.consume(10);
        assert.equal(pool.ledger.at(-1), "consumed -10 = 10, first -10", `granted ${order.join(", then ")}`);
      }
    });
  }

  test("where all else is equal the older grant burns first, whatever its id", () => {
    const pool = new Scenario();
    pool.grant("z", 10);
    pool.grant("a", 10);
    pool.consume(4);
    assert.equal(pool.ledger.at(-1), "consumed -4 = 16, z -4");
  });

  test("one burn draws on as many grants as it takes, in their order, and leaves the rest alone", () => {
    const pool = new Scenario();
    pool.grant("late", 5, { expiresAt: 300 });
    pool.grant("never", 5);
    pool.grant("soon", 5, { expiresAt: 100 });
    pool.grant("first", 5, { priority: -1 });
    pool.consume(13);
    assert.equal(pool.ledger.at(-1), "consumed -13 = 7, first -5, soon -5, late -3");
    pool.consume(3);
    assert.equal(pool.ledger.at(-1), "consumed -3 = 4, late -2, never -1");
  });

  test("a grant takes its place among those already there once it activates", () => {
    const pool = new Scenario();
    pool.grant("paid", 5);
    pool.grant("promo", 5, { category: "promo", effectiveAt: 10 });
    pool.consume(1);
    assert.equal(pool.ledger.at(-1), "consumed -1 = 4, paid -1");
    pool.at(10).consume(6);
    assert.equal(pool.ledger.at(-1), "consumed -6 = 3, promo -5, paid -1");
  });
});

describe("any grants at all", () => {
  const terms = {
    priority: fc.nat({ max: 2 }),
    expiresAt: fc.option(fc.integer({ min: 50, max: 53 }), { freq: 3 }),
    category: fc.constantFrom("promo", "recurring", "paid"),
    effectiveAt: fc.integer({ min: 1, max: 3 }),
  };
  const anyGrants = fc.array(fc.record(terms), { maxLength: 12 }).map((drafts): Grant[] =>
    drafts.map((draft, key) => ({
      ...draft,
      key,
      id: `g${key}`,
      amount: 1n,
      activated: true,
      isPaymentPending: false,
      remaining: 1n,
      held: 0n,
      frozen: 0n,
      revoked: 0n,
      isFrozen: false,
      isRevoked: false,
    })),
  );
  const byTheRules = (left: Grant, right: Grant) => {
    return byRows(
      rankInBurnOrder({ ...left, created: left.key }),
      rankInBurnOrder({ ...right, created: right.key }),
    );
  };

  test("are compared as the rules compare them, the same from both sides", () => {
    fc.assert(
      fc.property(anyGrants, (grants) => {
        for (const left of grants) {
          for (const right of grants) {
            assert.equal(Math.sign(compareBurnOrder(left, right)), byTheRules(left, right));
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test("stand in the same order, whichever came first", () => {
    const shuffled = anyGrants.chain((grants) =>
      fc.shuffledSubarray(grants, { minLength: grants.length, maxLength: grants.length }),
    );
    fc.assert(
      fc.property(shuffled, (grants) => {
        const inserted = grants.reduce<Grant[]>((known, grant) => insertInBurnOrder(known, grant), []);
        assert.deepEqual(inserted, grants.toSorted(byTheRules));
      }),
      { numRuns: 300 },
    );
  });
});
