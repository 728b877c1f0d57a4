import assert from "node:assert/strict";
import { test } from "node:test";
import { runOpenLoop } from "./open-loop.ts";

test("calls come on schedule while the first one is not answered", async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let calls = 0;
  const { latencies, errors } = await runOpenLoop({ perSecond: 1000, seconds: 0.02 }, async (index) => {
    calls += 1;
    if (index === 19) resolve(undefined);
    if (index === 0) await promise;
  });
  assert.deepEqual([calls, latencies.length, errors], [20, 20, 0]);
  assert.ok((latencies[0] ?? 0) >= 18);
});

test("what holds the callers up counts, from when each call was due", async () => {
  const { latencies } = await runOpenLoop({ perSecond: 1000, seconds: 0.02 }, (index) => {
    const until = performance.now() + (index === 0 ? 30 : 0);
    while (performance.now() < until);
    return Promise.resolve();
  });
  assert.ok((latencies[10] ?? 0) >= 19);
});

test("a call that fails is an error, with the time that it took", async () => {
  const failing = () => Promise.reject(new Error("refused"));
  const { latencies, errors } = await runOpenLoop({ perSecond: 1000, seconds: 0.003 }, failing);
  assert.deepEqual([latencies.length, errors], [3, 3]);
});
