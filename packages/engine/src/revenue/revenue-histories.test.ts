import assert from "node:assert/strict";
import { describe, test } from "node:test";
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
    const grant = { amount, price, isRollover: false, rolledOut: 0n };
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
