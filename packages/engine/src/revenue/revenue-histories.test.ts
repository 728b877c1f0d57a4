import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { priceOf, type PricePerCredit } from "@credits-kit/amounts";
import { checkHistories } from "../test-support/random-runs.ts";
import { type Taken, tell } from "../test-support/reference-model.ts";
import { runEngine, type Step } from "../test-support/telling-engine.ts";
import { movementsOf } from "./movements.ts";
import { type DatedMovement, revenueByMonth, type RevenueMonth } from "./revenue.ts";

/** So few instants that most months have several movements. */
const MONTH = 7;
const PRICES: readonly PricePerCredit[] = [
  { amount: "0.01", currency: "usd" },
  { amount: "0.333333333333", currency: "usd" },
  { amount: "1234.5", currency: "jpy" },
  { amount: "987654.321", currency: "kwd" },
];

function monthOf(at: number): string {
  return String(Math.floor(at / MONTH)).padStart(9, "0");
}

interface Sold {
  readonly id: string;
  readonly amount: bigint;
  readonly price: PricePerCredit;
  readonly months: readonly RevenueMonth[];
}

/** The revenue of every grant of a history, by the entries that the engine wrote. */
function revenueOf(steps: readonly Step[]): Sold[] {
  const movements = new Map<number, DatedMovement[]>();
  for (const { taken, decision } of steps) {
    for (const entry of decision.entries) {
      for (const [key, movement] of movementsOf(entry)) {
        const known = movements.get(key) ?? [];
        movements.set(key, [...known, { ...movement, month: monthOf(taken.at) }]);
      }
    }
  }
  return (steps.at(-1)?.grants ?? []).map(({ key, id, amount }) => {
    const price = PRICES[key % PRICES.length] ?? { amount: "1", currency: "usd" };
    const grant = { amount, price, isRollover: false };
    return { id, amount, price, months: revenueByMonth(grant, movements.get(key) ?? []) };
  });
}

/** What the reference model says that is left of each grant at the end of a month: in the balance, frozen, or waiting. */
function leftByMonth(history: readonly Taken[], sold: readonly Sold[]): Map<string, Map<string, bigint>> {
  const began = new Set<string>();
  const byMonth = new Map<string, Map<string, bigint>>();
  tell(history).forEach(({ lines, remaining, frozen, revoked }, index) => {
    for (const { type, moves } of lines) {
      if (type === "granted" || type === "activated") for (const [id] of moves) began.add(id);
    }
    const left = sold.map(({ id, amount }): [string, bigint] => {
      const waiting = began.has(id) ? 0n : amount - (revoked.get(id) ?? 0n);
      return [id, (remaining.get(id) ?? 0n) + (frozen.get(id) ?? 0n) + waiting];
    });
    byMonth.set(monthOf(history[index]?.at ?? 0), new Map(left));
  });
  return byMonth;
}

function sum(months: readonly RevenueMonth[], of: (month: RevenueMonth) => bigint): bigint {
  return months.reduce((total, month) => total + of(month), 0n);
}

describe("revenue of random histories", () => {
  test("adds up to what was paid, to the minor unit, at the end of every month", (context) => {
    const tried = checkHistories(150, (history) => {
      for (const { price, months } of revenueOf(runEngine(history))) {
        months.forEach(({ minor, credits }, index) => {
          const until = months.slice(0, index + 1);
          for (const unit of ["minor", "credits"] as const) {
            const out = sum(until, ({ [unit]: each }) => each.recognised + each.breakage + each.refunded);
            const deferred = unit === "minor" ? minor.deferred : credits.deferred;
            assert.equal(
              sum(until, ({ [unit]: each }) => each.paid),
              out + deferred,
            );
          }
          assert.ok(minor.deferred >= 0n);
          assert.equal(minor.paid, priceOf(credits.paid, price));
          if (credits.deferred === 0n) assert.equal(minor.deferred, 0n);
        });
      }
    });
    context.diagnostic(tried);
  });

  test("defers what the reference model says is left, month by month", () => {
    checkHistories(150, (history) => {
      const sold = revenueOf(runEngine(history));
      const left = leftByMonth(history, sold);
      for (const { id, months } of sold) {
        for (const { month, credits } of months) assert.equal(credits.deferred, left.get(month)?.get(id), id);
      }
    });
  });

  test("recognises, breaks and refunds what the lines of the reference model moved", () => {
    checkHistories(150, (history) => {
      const sold = revenueOf(runEngine(history));
      const chapters = tell(history);
      const moved = (id: string, types: readonly string[]) =>
        -chapters
          .flatMap(({ lines }) => lines)
          .filter(({ type }) => types.includes(type))
          .flatMap(({ moves }) => moves)
          .reduce((total, [grantId, amount]) => (grantId === id ? total + amount : total), 0n);
      for (const { id, amount, months } of sold) {
        const earned = moved(id, ["consumed", "reversed", "overage_repaid"]);
        assert.equal(
          sum(months, ({ credits }) => credits.recognised),
          earned,
        );
        assert.equal(
          sum(months, ({ credits }) => credits.breakage),
          moved(id, ["expired"]),
        );
        const paid = sum(months, ({ credits }) => credits.paid);
        const refunded = sum(months, ({ credits }) => credits.refunded);
        const revoked = chapters.at(-1)?.revoked.get(id) ?? 0n;
        // What was revoked before the payment is in neither.
        assert.equal(amount - paid, paid === 0n ? amount : revoked - refunded);
      }
    });
  });
});

/** A grant of a chain: what burned of it, and what of the rest goes on in how many rollovers. */
interface Link {
  readonly burned: number;
  readonly carried: readonly number[];
}

const share = fc.integer({ min: 0, max: 100 });
const link: fc.Arbitrary<Link> = fc.record({ burned: share, carried: fc.array(share, { maxLength: 3 }) });

test("along any chain of rollovers, what was paid once is earned, broken or still owed, to the minor unit", () => {
  const chains = fc.tuple(
    fc.bigInt(1n, 10n ** 9n),
    fc.constantFrom(...PRICES),
    fc.array(link, { maxLength: 8 }),
  );
  fc.assert(
    fc.property(chains, ([amount, price, links]) => {
      const total = { paid: 0n, out: 0n, deferred: 0n, rolledIn: 0n, rolledOut: 0n };
      let waiting: { amount: bigint; isRollover: boolean }[] = [{ amount, isRollover: false }];
      links.forEach(({ burned, carried }, number) => {
        const month = String(number);
        const grants = waiting;
        waiting = [];
        for (const grant of grants) {
          const earned = (grant.amount * BigInt(burned)) / 100n;
          const left = grant.amount - earned;
          const rolled = carried.map((part) => (left * BigInt(part)) / 300n).filter((part) => part > 0n);
          const movements: DatedMovement[] = [
            { month, kind: "sold", amount: 0n },
            { month, kind: "earned", amount: earned },
            { month, kind: "expired", amount: left },
            ...rolled.map((part): DatedMovement => ({ month, kind: "rolled", amount: part })),
          ];
          count(revenueByMonth({ ...grant, price }, movements));
          waiting.push(...rolled.map((part) => ({ amount: part, isRollover: true })));
        }
      });
      for (const grant of waiting) {
        count(revenueByMonth({ ...grant, price }, [{ month: "9", kind: "sold", amount: 0n }]));
      }
      assert.equal(total.paid, priceOf(amount, price));
      assert.equal(total.paid, total.out + total.deferred);
      assert.equal(total.rolledIn, total.rolledOut);

      function count(months: readonly RevenueMonth[]): void {
        for (const { minor } of months) {
          total.paid += minor.paid;
          total.out += minor.recognised + minor.breakage + minor.refunded;
          total.rolledIn += minor.rolledIn;
          total.rolledOut += minor.rolledOut;
        }
        total.deferred += months.at(-1)?.minor.deferred ?? 0n;
      }
    }),
    { numRuns: 300 },
  );
});
