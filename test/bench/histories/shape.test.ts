import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesOf, shapeOf, stretchesOf } from "./shape.ts";

test("a history has about as many entries as were asked for, and the ten grants that are left", () => {
  assert.equal(entriesOf(shapeOf(1_000_000, 1_000)), 1_000_010);
  assert.equal(entriesOf(shapeOf(1_000, 1_000)), 1_010);
  assert.equal(shapeOf(100_000, 10).cycles, 10_000);
  assert.deepEqual(shapeOf(10, 1_000), { reserves: 10, cycles: 1, cycleLength: 10 });
});

test("stretches cover a history without a gap, in whole cycles", () => {
  for (const shape of [shapeOf(20_000, 10), shapeOf(250_000, 1_000), { ...shapeOf(99, 11), reserves: 1 }]) {
    const stretches = stretchesOf(shape, 1);
    assert.equal(stretches.at(-1)?.until, entriesOf(shape));
    for (const [index, { from, until }] of stretches.entries()) {
      assert.equal(from, (stretches[index - 1]?.until ?? 0) + 1);
      if (index > 0) assert.equal((until - from + 1) % shape.cycleLength, 0);
    }
  }
});

test("a stretch holds few enough grants, and few enough entries of all pools together", () => {
  assert.equal(stretchesOf(shapeOf(100_000, 10), 1).length, 1 + 20);
  assert.equal(stretchesOf(shapeOf(1_000_000, 1_000), 1).length, 1 + 10);
  assert.equal(stretchesOf({ reserves: 1, cycles: 9, cycleLength: 11 }, 10_000).length, 1 + 9);
});
