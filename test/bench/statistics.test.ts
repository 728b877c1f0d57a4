import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, median, percentile, percentile95, spreadOf, variation } from "./statistics.ts";

test("the median is the middle, or the mean of the two in the middle", () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.throws(() => median([]));
});

test("one in twenty values is above the 95th percentile, or it is the greatest", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  assert.equal(percentile95(hundred), 96);
  assert.equal(percentile95([7]), 7);
  assert.throws(() => percentile95([]));
  assert.equal(percentile(hundred, 0.99), 100);
  assert.equal(percentile(hundred, 0.5), 51);
});

test("spread and variation", () => {
  assert.deepEqual(spreadOf([3, 1, 2]), { min: 1, max: 3 });
  assert.equal(variation([90, 100, 110]), 0.2);
});

test("a comparison is the median of the ratios of the pairs", () => {
  const comparison = compare([200, 300, 500], [100, 100, 100]);
  assert.deepEqual(comparison, { ratio: 3, spread: { min: 2, max: 5 }, pairs: 3 });
});

test("a restless baseline voids the ratio and keeps the spread", () => {
  const comparison = compare([200, 300, 400], [100, 100, 130]);
  assert.equal(comparison.ratio, null);
  assert.equal(comparison.void, "the baseline varied by 30 %");
  assert.equal(comparison.spread?.min, 2);
});

test("without a baseline the ratio is null and nothing takes its place", () => {
  assert.deepEqual(compare([200], [null]), {
    ratio: null,
    spread: null,
    pairs: 0,
    void: "no baseline on this machine",
  });
});
