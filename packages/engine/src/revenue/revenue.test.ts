import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { exactCostOf } from "./exact-cost.ts";
import type { Movement } from "./movements.ts";
import { type DatedMovement, type PricedGrant, revenueByMonth, type RevenueFigures } from "./revenue.ts";

const CREDIT = 1_000_000n;
const SOLD: DatedMovement = { month: "2026-01", kind: "sold", amount: 0n };

function granted(credits: bigint, amount: string, more: Partial<PricedGrant> = {}): PricedGrant {
  const price = { amount, currency: "usd" };
  return { amount: credits * CREDIT, price, isRollover: false, ...more };
}

function moved(month: string, kind: Movement["kind"], credits: bigint): DatedMovement {
  return { month, kind, amount: credits * CREDIT };
}

/** The months with those figures that are not nothing, in minor units. */
function told(grant: PricedGrant, movements: readonly DatedMovement[]): [string, Record<string, number>][] {
  return revenueByMonth(grant, movements).map(({ month, minor }) => [month, notable(minor)]);
}

function notable(figures: RevenueFigures): Record<string, number> {
  const entries = Object.entries(figures).map(([name, value]): [string, number] => [name, Number(value)]);
  return Object.fromEntries(entries.filter(([name, value]) => value !== 0 || name === "deferred"));
}

describe("revenue of a grant", () => {
  test("is deferred when it is paid, recognised as it burns, and broken when it expires", () => {
    const months = told(granted(1000n, "0.01"), [
      SOLD,
      moved("2026-01", "earned", 200n),
      moved("2026-03", "earned", 300n),
      moved("2026-04", "expired", 500n),
    ]);
    assert.deepEqual(months, [
      ["2026-01", { paid: 1000, recognised: 200, deferred: 800 }],
      ["2026-03", { recognised: 300, deferred: 500 }],
      ["2026-04", { breakage: 500, deferred: 0 }],
    ]);
  });

  test("goes back where usage is taken back, in the month of that, and closed months stay", () => {
    const before = [SOLD, moved("2026-01", "earned", 200n)];
    const after = [...before, moved("2026-02", "earned", -50n)];
    const grant = granted(1000n, "0.01");
    assert.deepEqual(told(grant, after).slice(0, 1), told(grant, before));
    assert.deepEqual(told(grant, after)[1], ["2026-02", { recognised: -50, deferred: 850 }]);
  });

  test("is refunded where it is revoked", () => {
    const months = told(granted(10n, "1"), [SOLD, moved("2026-02", "revoked", 4n)]);
    assert.deepEqual(months[1], ["2026-02", { refunded: 400, deferred: 600 }]);
  });

  test("begins with the payment, and what was revoked before that was never sold", () => {
    const months = told(granted(10n, "1"), [
      moved("2026-01", "revoked", 4n),
      { ...SOLD, month: "2026-02" },
      moved("2026-02", "revoked", 1n),
    ]);
    assert.deepEqual(months, [["2026-02", { paid: 600, refunded: 100, deferred: 500 }]]);
    assert.deepEqual(told(granted(10n, "1"), [moved("2026-01", "revoked", 10n)]), []);
  });

  test("goes on in a rollover and is paid once", () => {
    const first = told(granted(100n, "0.333"), [
      SOLD,
      moved("2026-01", "earned", 35n),
      moved("2026-02", "expired", 65n),
      moved("2026-02", "rolled", 40n),
    ]);
    const next = told(granted(40n, "0.333", { isRollover: true }), [{ ...SOLD, month: "2026-02" }]);
    assert.deepEqual(first, [
      ["2026-01", { paid: 3330, recognised: 1166, deferred: 2164 }],
      // 11.655 of 33.30 rounds to 11.66 by itself; behind 13.32 and 8.325 it is 11.65 that is left for it.
      ["2026-02", { recognised: -1, rolledOut: 1332, breakage: 833, deferred: 0 }],
    ]);
    assert.deepEqual(next, [["2026-02", { rolledIn: 1332, deferred: 1332 }]]);
  });

  test("is exact to the minor unit whatever the price: thirds of a cent end at nothing", () => {
    const grant = granted(3n, "0.003333333333");
    const months = revenueByMonth(grant, [
      SOLD,
      moved("2026-01", "earned", 1n),
      moved("2026-02", "earned", 1n),
      moved("2026-03", "earned", 1n),
    ]);
    assert.deepEqual(
      months.map(({ minor }) => [minor.recognised, minor.deferred]),
      [
        [0n, 1n],
        [1n, 0n],
        [0n, 0n],
      ],
    );
  });

  test("knows currencies without and with three decimals", () => {
    const yen = { ...granted(3n, "1.5"), price: { amount: "1.5", currency: "jpy" } };
    const dinar = { ...granted(3n, "1.5"), price: { amount: "1.5", currency: "kwd" } };
    assert.equal(revenueByMonth(yen, [SOLD])[0]?.minor.paid, 5n);
    assert.equal(revenueByMonth(dinar, [SOLD])[0]?.minor.paid, 4500n);
  });
});

test("an exact cost has all its decimals and no more", () => {
  const usd = (amount: string) => ({ amount, currency: "usd" });
  assert.equal(exactCostOf(1n, usd("0.000000000001")), "0.000000000000000001");
  assert.equal(exactCostOf(-12_500_000n, usd("0.012")), "-0.15");
  assert.equal(exactCostOf(10n * CREDIT, usd("3")), "30");
  assert.equal(exactCostOf(0n, usd("0.5")), "0");
  assert.equal(exactCostOf(-1n, usd("0")), "0");
});
