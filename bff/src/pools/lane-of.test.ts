import assert from "node:assert/strict";
import { test } from "node:test";
import { laneOf } from "./lane-of.ts";

test("a customer has one lane, always the same", () => {
  for (const lanes of [1, 2, 7]) {
    for (const customerId of ["", "a", "cus_lena", "auth0|5f7c8ec7c33c6c004bbafe82", "ü@example.com"]) {
      const lane = laneOf(customerId, lanes);
      assert.equal(laneOf(customerId, lanes), lane);
      assert.ok(Number.isInteger(lane) && lane >= 0 && lane < lanes, `${lane} of ${lanes}`);
    }
  }
});

test("customers that differ in one digit spread over all lanes evenly", () => {
  const counts = [0, 0, 0, 0];
  for (let n = 0; n < 10_000; n += 1) counts[laneOf(`cus_${n}`, 4)]! += 1;
  for (const count of counts) assert.ok(count > 2_200 && count < 2_800, counts.join());
});
