import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "../test-support/index.ts";
import { type AutoTopUpWorkerOptions, startAutoTopUpWorker } from "./auto-top-ups.ts";

/** A worker whose steps are noted. */
function start(change: Partial<AutoTopUpWorkerOptions> = {}, watched: string[] = ["lena"]) {
  const seen = { evaluated: [] as string[], marks: [] as (string | null)[], sweeps: 0, errors: 0 };
  const worker = startAutoTopUpWorker({
    watched: (since) => {
      seen.marks.push(since);
      return Promise.resolve({ customerIds: watched, latest: "7" });
    },
    evaluate: (customerId) => {
      seen.evaluated.push(customerId);
      return Promise.resolve(true);
    },
    sweep: () => {
      seen.sweeps += 1;
      return Promise.resolve();
    },
    onError: () => void (seen.errors += 1),
    lookAfterMs: 1,
    sweepEveryMs: 60_000,
    ...change,
  });
  return { worker, seen };
}

test("a change of customers without a rule costs nothing: nobody is looked at", async () => {
  const { worker, seen } = start();
  await eventually("the first sweep", () => Promise.resolve(seen.sweeps === 1));
  worker.poolsChanged(["mia", "tom"]);
  worker.poolsChanged(["lena"]);
  await eventually("the look", () => Promise.resolve(seen.evaluated.length > 0));
  await worker.close();
  assert.deepEqual(seen.evaluated, ["lena"]);
});

test("many changes of one customer share a look, and a rule that was just set is looked at", async () => {
  const { worker, seen } = start({ lookAfterMs: 20 });
  await eventually("the first sweep", () => Promise.resolve(seen.sweeps === 1));
  for (let turn = 0; turn < 100; turn += 1) worker.poolsChanged(["lena"]);
  worker.ruleChanged("mia");
  await eventually("both looks", () => Promise.resolve(seen.evaluated.length === 2));
  await worker.close();
  assert.deepEqual(seen.evaluated, ["lena", "mia"]);
});

test("who has no rule any more is no longer watched", async () => {
  let looks = 0;
  const { worker, seen } = start({ evaluate: () => Promise.resolve((looks += 1) < 1) });
  await eventually("the first sweep", () => Promise.resolve(seen.sweeps === 1));
  worker.poolsChanged(["lena"]);
  await eventually("the look", () => Promise.resolve(looks === 1));
  worker.poolsChanged(["lena"]);
  worker.ruleChanged("mia");
  await eventually("the next look", () => Promise.resolve(looks === 2));
  await worker.close();
  assert.equal(looks, 2);
});

test("a look that fails is told and holds up neither others nor the sweep, which asks from its mark on", async () => {
  let sweeps = 0;
  const { worker, seen } = start({
    sweepEveryMs: 5,
    evaluate: (customerId) =>
      customerId === "lena" ? Promise.reject(new Error("no")) : Promise.resolve(true),
    sweep: () => {
      sweeps += 1;
      return sweeps === 1 ? Promise.reject(new Error("no")) : Promise.resolve();
    },
  });
  await eventually("sweeps", () => Promise.resolve(sweeps >= 2));
  worker.poolsChanged(["lena"]);
  await eventually("errors", () => Promise.resolve(seen.errors === 2));
  await worker.close();
  assert.deepEqual(seen.marks.slice(0, 2), [null, "7"]);
});

test("all rules are walked through at the start and once in a long while; sweeps in between are quick", async () => {
  const quick: boolean[] = [];
  let fails = true;
  const { worker } = start({
    sweepEveryMs: 1,
    sweep: (_isStopping, isQuick) => {
      quick.push(isQuick);
      if (!fails) return Promise.resolve();
      fails = false;
      return Promise.reject(new Error("no"));
    },
  });
  await eventually("sweeps", () => Promise.resolve(quick.length >= 4));
  await worker.close();
  // A walk that failed is made again.
  assert.deepEqual(quick.slice(0, 4), [false, false, true, true]);
  const { worker: eager } = start({
    ...{ sweepEveryMs: 1, walkEveryMs: 0 },
    sweep: (_isStopping, isQuick) => Promise.resolve(void quick.push(isQuick)),
  });
  quick.length = 0;
  await eventually("walks", () => Promise.resolve(quick.length >= 3));
  await eager.close();
  assert.deepEqual(new Set(quick), new Set([false]));
});

test("who set a rule elsewhere is looked at once that is known, though all rules were walked through before", async () => {
  let customerIds = ["lena"];
  const { worker, seen } = start({
    sweepEveryMs: 1,
    watched: () => Promise.resolve({ customerIds, latest: "7" }),
  });
  await eventually("the walk", () => Promise.resolve(seen.sweeps >= 2));
  customerIds = ["lena", "mia"];
  await eventually("the look", () => Promise.resolve(seen.evaluated.length > 0));
  await worker.close();
  assert.deepEqual(seen.evaluated, ["mia"]);
});
