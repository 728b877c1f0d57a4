import assert from "node:assert/strict";
import { test } from "node:test";
import { BoundedMap, poolName } from "./memory.ts";

test("what is used stays, what was not used for long goes", () => {
  const map = new BoundedMap<number>(10);
  map.set("used", 1);
  for (let n = 0; n < 100; n += 1) {
    map.set(`once ${n}`, n);
    assert.equal(map.get("used"), 1);
  }
  assert.equal(map.get("once 99"), 99);
  assert.equal(map.get("once 50"), undefined);
});

test("the latest value counts, and a deleted one is gone in both generations", () => {
  const map = new BoundedMap<number>(4);
  map.set("a", 1);
  map.set("b", 2);
  map.set("a", 3);
  assert.equal(map.get("a"), 3);
  map.delete("a");
  assert.equal(map.get("a"), undefined);
  assert.equal(map.get("b"), 2);
});

test("pools of a customer have names of their own", () => {
  const names = [
    { creditTypeId: "a", resourceId: "" },
    { creditTypeId: "a", resourceId: "b" },
    { creditTypeId: "ab", resourceId: "" },
  ].map(poolName);
  assert.equal(new Set(names).size, 3);
});
