import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Scenario } from "../test-support/scenario.ts";

describe("an extended hold", () => {
  test("ends at its new time, with a line that says so and moves nothing", () => {
    const pool = new Scenario();
    pool.grant("a", 10);
    pool.hold("h", 6, 100);
    assert.equal(pool.at(20).extend("h", 101), null);
    assert.deepEqual(pool.last(1), ["updated 0 = 10 @20"]);
    assert.deepEqual(pool.entries.at(-1)?.hold, { key: 2, expiresAt: 101 });
    pool.at(100).settle();
    assert.equal(pool.pool.holds[0]?.expiresAt, 101);
    pool.at(101).settle();
    assert.deepEqual(pool.last(1), ["hold_released 0 = 10, a held -6 @101"]);
  });

  test("never ends sooner, nor at the same time", () => {
    const pool = new Scenario();
    pool.hold("h", 0, 100);
    assert.deepEqual(pool.extend("h", 99), { code: "not_later" });
    assert.deepEqual(pool.extend("h", 100), { code: "not_later" });
    assert.equal(pool.entries.length, 1);
  });

  test("must still be open", () => {
    const pool = new Scenario();
    pool.hold("h", 0, 100);
    assert.deepEqual(pool.at(100).extend("h", 900), { code: "hold_closed" });
  });
});
