import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { computeForecast, HORIZON_DAYS } from "./compute.ts";

const NOW = Date.UTC(2026, 2, 1, 12);
const DAY_MS = 86_400_000;
const CREDIT = 1_000_000n;
const days = (...credits: number[]) => credits.map((each) => BigInt(each) * CREDIT);

test("a steady use runs out when the average says, and nothing is uncertain about it", () => {
  const outlook = computeForecast({ daily: Array(10).fill(4n * CREDIT), available: 50n * CREDIT, now: NOW });
  assert.deepEqual(
    [outlook.perDay, outlook.trend, outlook.spread, outlook.method],
    [4n * CREDIT, 0n, 0n, "linear_trend"],
  );
  const at = NOW + 12.5 * DAY_MS;
  assert.deepEqual(outlook.runsOutAt, { likely: at, earliest: at, latest: at });
});

test("a use that grows runs out sooner than its average says, one that falls later", () => {
  const growing = computeForecast({ daily: days(1, 2, 3, 4, 5, 6, 7, 8), available: 50n * CREDIT, now: NOW });
  assert.deepEqual([growing.perDay, growing.trend], [4_500_000n, 1n * CREDIT]);
  // 9 + 10 + 11 + 12 of the days ahead, and 8 of the 13 of the fifth.
  assert.equal(growing.runsOutAt?.likely, Math.round(NOW + (4 + 8 / 13) * DAY_MS));
  const falling = computeForecast({ daily: days(9, 8, 7, 6, 5, 4, 3, 3), available: 5n * CREDIT, now: NOW });
  assert.ok(falling.trend < 0n);
  assert.ok((falling.runsOutAt?.likely ?? Infinity) > NOW + (5 / 5.6) * DAY_MS);
});

test("few days make an average and no trend, and a range around it", () => {
  const outlook = computeForecast({ daily: days(1, 5), available: 30n * CREDIT, now: NOW });
  assert.deepEqual([outlook.method, outlook.perDay, outlook.trend], ["mean", 3n * CREDIT, 0n]);
  assert.equal(outlook.runsOutAt?.likely, NOW + 10 * DAY_MS);
  assert.ok((outlook.runsOutAt?.earliest ?? Infinity) < NOW + 8 * DAY_MS);
  assert.ok((outlook.runsOutAt?.latest ?? 0) > NOW + 14 * DAY_MS);
  const single = computeForecast({ daily: days(3), available: 30n * CREDIT, now: NOW });
  assert.equal(single.spread, 3n * CREDIT, "one day says nothing of how far others lie off");
});

test("nothing used, or more than two years' worth of credits, has no date; nothing left is now", () => {
  assert.equal(computeForecast({ daily: [], available: 5n, now: NOW }).runsOutAt, null);
  assert.equal(computeForecast({ daily: days(0, 0, 0), available: 0n, now: NOW }).runsOutAt, null);
  const plenty = computeForecast({
    daily: days(1, 1),
    available: BigInt(HORIZON_DAYS + 1) * CREDIT,
    now: NOW,
  });
  assert.equal(plenty.runsOutAt, null);
  const just = computeForecast({ daily: days(1, 1), available: BigInt(HORIZON_DAYS) * CREDIT, now: NOW });
  assert.equal(just.runsOutAt?.likely, NOW + HORIZON_DAYS * DAY_MS);
  const gone = { likely: NOW, earliest: NOW, latest: NOW };
  for (const available of [0n, -5n]) {
    assert.deepEqual(computeForecast({ daily: days(1, 2), available, now: NOW }).runsOutAt, gone);
  }
});

test("a use that falls to nothing has no date, and one that is all over the place no latest one", () => {
  const falling = days(16, 14, 12, 10, 8, 6, 4, 2);
  assert.equal(computeForecast({ daily: falling, available: 5n * CREDIT, now: NOW }).runsOutAt, null);
  const wild = computeForecast({ daily: days(0, 9, 9, 0, 0, 9, 9, 0), available: 3_200n * CREDIT, now: NOW });
  assert.equal(wild.trend, 0n);
  assert.ok((wild.runsOutAt?.likely ?? 0) > NOW + 700 * DAY_MS);
  assert.equal(wild.runsOutAt?.latest, null);
});

test("whatever was used: earliest before likely before latest, and more credits never run out sooner", () => {
  const amounts = fc.array(fc.bigInt({ min: 0n, max: 10n ** 15n }), { minLength: 1, maxLength: 90 });
  fc.assert(
    fc.property(
      amounts,
      fc.bigInt({ min: 1n, max: 10n ** 17n }),
      fc.bigInt({ min: 0n, max: 10n ** 17n }),
      (daily, available, more) => {
        const { perDay, runsOutAt } = computeForecast({ daily, available, now: NOW });
        const used = daily.reduce((sum, each) => sum + each, 0n);
        const off = 2n * (perDay * BigInt(daily.length) - used);
        assert.ok(off <= BigInt(daily.length) && -off <= BigInt(daily.length), "rounded once");
        if (runsOutAt === null) return;
        const { earliest, likely, latest } = runsOutAt;
        assert.ok(NOW <= earliest && earliest <= likely && likely <= (latest ?? Infinity));
        assert.ok(Number.isSafeInteger(likely) && likely <= NOW + HORIZON_DAYS * DAY_MS);
        const later = computeForecast({ daily, available: available + more, now: NOW }).runsOutAt;
        if (later) assert.ok(later.likely >= likely && later.earliest >= earliest);
      },
    ),
    { numRuns: 300 },
  );
});
