import assert from "node:assert/strict";
import { test } from "node:test";
import type { SweptPage } from "../storage/pool-sweep.ts";
import type { FollowingPace } from "./pace.ts";
import { startPoolFollower } from "./pool-follower.ts";

const PACE: FollowingPace = {
  everyMs: 1_000,
  restMs: 10,
  idleMs: 20,
  quietMs: 0,
  putOffs: 0,
  retryMs: 5_000,
  sweepEveryMs: 60_000,
  customers: 2,
};
const NOBODY: SweptPage = { behind: [], next: null };

/** A follower whose statements are noted, and fail as a test wants. */
function noting(fails: (customerIds: readonly string[]) => Error | null = () => null) {
  const batches: (readonly string[])[] = [];
  const errors: unknown[] = [];
  const looks: string[] = [];
  const follower = startPoolFollower({
    pace: PACE,
    onError: (error) => errors.push(error),
    follow: (customerIds) => {
      batches.push(customerIds);
      const error = fails(customerIds);
      return error ? Promise.reject(error) : Promise.resolve({ entries: customerIds.length, unfinished: [] });
    },
    look: ({ customerId }) => {
      looks.push(customerId);
      return Promise.resolve(NOBODY);
    },
  });
  return { follower, batches, errors, looks };
}

async function passed(): Promise<void> {
  await new Promise(setImmediate);
}

test("while the database cannot be used, everybody waits, together", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let isDown = true;
  const away = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  const { follower, batches, errors } = noting(() => (isDown ? away : null));
  follower.poolsChanged(["one", "two"]);
  t.mock.timers.tick(PACE.everyMs);
  await passed();
  isDown = false;
  t.mock.timers.tick(PACE.retryMs);
  await passed();
  assert.deepEqual(batches, [
    ["one", "two"],
    ["one", "two"],
  ]);
  assert.deepEqual(errors, [away]);
  await follower.close();
});

test("one at fault stops nobody, and is left to the next sweep", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const wrong = new Error("a number out of range");
  const { follower, batches, errors, looks } = noting((ids) => (ids.includes("two") ? wrong : null));
  follower.poolsChanged(["one", "two"]);
  t.mock.timers.tick(PACE.everyMs);
  await passed();
  for (let step = 0; step < 3; step += 1) {
    t.mock.timers.tick(PACE.retryMs);
    await passed();
  }
  assert.deepEqual(batches, [["one", "two"], ["one"], ["two"]]);
  assert.deepEqual(errors, [wrong, wrong]);
  assert.deepEqual(looks, [""], "then all pools are looked through");
  await follower.close();
});

test("who changes again and again goes before many who did so once", async () => {
  const { follower, batches } = noting();
  follower.poolsChanged(["a", "b", "c"]);
  for (let times = 0; times < 8; times += 1) follower.poolsChanged(["hot"]);
  await follower.drain();
  assert.deepEqual(batches[0], ["hot", "a"]);
  await follower.close();
});

test("those who are too many to remember are found by looking through all pools", async () => {
  const { follower, batches, looks } = noting();
  await follower.drain();
  follower.poolsChanged(Array.from({ length: 60_000 }, (_, index) => `c${index}`));
  await follower.drain();
  assert.deepEqual(batches, []);
  assert.deepEqual(looks, ["", ""]);
  await follower.close();
});
