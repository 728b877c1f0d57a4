import assert from "node:assert/strict";
import { test } from "node:test";
import { AnswerCache } from "./answer-cache.ts";

/** A cache with a clock of its own, and reads that end when they are told to. */
function setUp({ customers = 10, answersEach = 10 } = {}) {
  let time = 0;
  let reads = 0;
  const cache = new AnswerCache<string>({ customers, answersEach, ttlMs: 1_000, now: () => time });
  const read = (customerId: string, question = "q") =>
    cache.read(customerId, question, async () => `${customerId} ${question} ${(reads += 1)}`);
  return { cache, read, reads: () => reads, wait: (ms: number) => (time += ms) };
}

test("the same question is answered by one read, also while that one is under way", async () => {
  const { read, reads } = setUp();
  assert.deepEqual(await Promise.all([read("ada"), read("ada"), read("ada", "other"), read("bob")]), [
    "ada q 1",
    "ada q 1",
    "ada other 2",
    "bob q 3",
  ]);
  assert.equal(await read("ada"), "ada q 1");
  assert.equal(reads(), 3);
});

test("a change is for whoever asks after it, even if a read began before it", async () => {
  const { cache, read } = setUp();
  const { promise, resolve } = Promise.withResolvers<string>();
  const early = cache.read("ada", "q", () => promise);
  cache.forget(["ada"]);
  assert.equal(await read("ada"), "ada q 1");
  resolve("old");
  assert.equal(await early, "old");
  assert.equal(await read("ada"), "ada q 1", "the early answer is not kept");
  cache.forget(["bob"]);
  assert.equal(await read("ada"), "ada q 1");
  cache.clear();
  assert.equal(await read("ada"), "ada q 2");
});

test("an answer is kept for a second and no longer, and a failure not at all", async () => {
  const { cache, read, wait } = setUp();
  assert.equal(await read("ada"), "ada q 1");
  wait(999);
  assert.equal(await read("ada"), "ada q 1");
  wait(1);
  assert.equal(await read("ada"), "ada q 2");
  await assert.rejects(
    cache.read("bob", "q", () => Promise.reject(new Error("away"))),
    /away/,
  );
  assert.equal(await read("bob"), "bob q 3");
});

test("it holds so many customers and so many answers of each: what was asked longest ago goes first", async () => {
  const { cache, read, reads } = setUp({ customers: 2, answersEach: 2 });
  for (const customerId of ["ada", "bob", "ada", "cleo"]) await read(customerId);
  assert.equal(cache.size, 2);
  assert.equal(reads(), 3);
  await read("ada");
  assert.equal(reads(), 3, "ada was asked for after bob");
  await read("bob");
  assert.equal(reads(), 4);
  for (const question of ["1", "2", "3", "2", "1"]) await read("dora", question);
  assert.equal(reads(), 8, "of three questions the first was forgotten");
});
