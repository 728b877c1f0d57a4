import assert from "node:assert/strict";
import { test } from "node:test";
import { runCallers, timeCalls } from "./callers.ts";

test("a rate counts every unit of every caller, those of the last calls too", async () => {
  let calls = 0;
  const rate = await runCallers({ callers: 4, seconds: 0.02 }, async () => {
    await Promise.resolve();
    calls += 1;
    return 10;
  });
  assert.ok(calls >= 4);
  assert.ok(rate > 0 && rate <= (10 * calls) / 0.02);
});

test("a slow call is timed once, however short the time", async () => {
  let calls = 0;
  const latencies = await timeCalls(0, async () => (calls += 1));
  assert.equal(calls, 1);
  assert.equal(latencies.length, 1);
});
