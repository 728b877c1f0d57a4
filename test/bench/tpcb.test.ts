import assert from "node:assert/strict";
import { test } from "node:test";
import { readTps } from "./tpcb.ts";

test("the rate is read from what pgbench prints", () => {
  const printed = "latency average = 1.7 ms\ntps = 4750.123456 (without initial connection time)\n";
  assert.equal(readTps(printed), 4750.123456);
  assert.throws(() => readTps("pgbench: error"));
});
