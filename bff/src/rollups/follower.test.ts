import assert from "node:assert/strict";
import { test } from "node:test";
import { event, grant, reverse } from "../pools/test-support/commands.ts";
import { setUpMoney } from "../pools/test-support/money-test.ts";
import { readUsageSeries } from "../services/usage/read.ts";
import { FIRST_POOL } from "../storage/pool-sweep.ts";
import { findBehind } from "../storage/rollups/find-behind.ts";
import { oneEngine, pglite } from "../test-support/engines.ts";
import { startUsageFollower } from "./follower.ts";
import { type FollowerPace, PACE } from "./pace.ts";

const EAGER: FollowerPace = { ...PACE.postgres, atLeast: 1, longest: 40, customers: 2 };

// After each test, the audit compares every sum with the entries that it is made of.
oneEngine((engine) => {
  const money = setUpMoney(engine);
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  /** Whose usage is not all summed up. */
  const behind = async (atLeast = 1) =>
    (await findBehind(money.database, FIRST_POOL, { pools: 10_000, atLeast })).behind;
  const start = (pace = EAGER) => startUsageFollower({ database: money.database, onError, pace });
  const used = async (customerId: string) => (await readUsageSeries(money, { customerId })).total;

  test("what is used is summed up page after page, nothing of it twice, and shown from the first moment", async () => {
    const [first, second] = money.customers();
    const writer = money.writer();
    const follower = start();
    await follower.drain();
    for (const customerId of [first, second]) {
      const usage = Array.from({ length: 100 }, (_, index) =>
        event(customerId, `long-${index}`, { userId: `u${index % 7}` }),
      );
      await writer.submit([grant(customerId, 1_000n), ...usage]);
    }
    assert.deepEqual(await behind(), [first, second]);
    assert.equal(await used(first), "100");
    follower.poolsChanged([first, second]);
    await follower.drain();
    assert.deepEqual(await behind(), []);
    assert.equal(await used(first), "100");
    await writer.submit([event(first, "late"), reverse(second, "long-3")]);
    assert.deepEqual([await used(first), await used(second)], ["101", "99"]);
    follower.poolsChanged([first, second]);
    await follower.drain();
    assert.deepEqual([await used(first), await used(second)], ["101", "99"]);
    await follower.close();
    assert.deepEqual(errors, []);
  });

  test("a pool with little new in it is left alone, as a read adds up that little as fast", async () => {
    const [customerId] = money.customers();
    const follower = start({ ...EAGER, atLeast: 5 });
    await follower.drain();
    await money.writer().submit([grant(customerId, 9n), event(customerId, "a"), event(customerId, "b")]);
    follower.poolsChanged([customerId]);
    await follower.drain();
    assert.deepEqual(await behind(), [customerId]);
    await money.writer().submit([event(customerId, "c"), event(customerId, "d")]);
    follower.poolsChanged([customerId]);
    await follower.drain();
    assert.deepEqual(await behind(), []);
    assert.equal(await used(customerId), "4");
    await follower.close();
  });

  test("what an earlier process left behind is found by the next one", async () => {
    const [customerId] = money.customers();
    await money.writer().submit([grant(customerId, 5n), event(customerId, "left")]);
    assert.deepEqual(await behind(), [customerId]);
    const follower = start();
    await follower.drain();
    assert.deepEqual(await behind(), []);
    await follower.close();
  });

  test("replicas that sum up the same pools at once, while they are written, count each entry once", async () => {
    const customers = money.customers();
    const writer = money.writer();
    const followers = [start(), start(), start()];
    await writer.submit(customers.map((customerId) => grant(customerId, 1_000n)));
    for (let round = 0; round < 8; round += 1) {
      const usage = customers.flatMap((customerId) =>
        Array.from({ length: 15 }, (_, index) => event(customerId, `${round}-${index}`)),
      );
      await Promise.all([
        writer.submit(usage),
        ...followers.map((follower) => {
          follower.poolsChanged(customers);
          return follower.drain();
        }),
      ]);
    }
    const [follower] = followers;
    follower?.poolsChanged(customers);
    await follower?.drain();
    assert.deepEqual(await behind(), []);
    assert.deepEqual(await Promise.all(customers.map(used)), ["120", "120", "120"]);
    await Promise.all(followers.map((each) => each.close()));
    assert.deepEqual(errors, []);
  });

  test("a follower that was closed sums up nothing any more", async () => {
    const [customerId] = money.customers();
    const follower = start();
    await follower.drain();
    await follower.close();
    await money.writer().submit([grant(customerId, 5n)]);
    follower.poolsChanged([customerId]);
    await follower.drain();
    assert.deepEqual(await behind(), [customerId]);
  });
});

/** A database of which every statement is counted, and those that name one customer fail. */
async function openShaky(isDown: () => boolean) {
  const { database, close } = await pglite.open();
  const seen = { statements: 0 };
  const shaky = {
    ...database,
    get writer() {
      seen.statements += 1;
      if (isDown()) throw new Error("the database is away");
      return database.writer;
    },
  };
  return { database: shaky, seen, close };
}

test("while changes come in, the embedded database is left to writers, but not for ever", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { database, seen, close } = await openShaky(() => false);
  const pace = { ...PACE.pglite, quietMs: 1_000_000, putOffs: 2 };
  const onError = (error: unknown) => assert.fail(String(error));
  const follower = startUsageFollower({ database, onError, pace });
  follower.poolsChanged(["nobody"]);
  t.mock.timers.tick(pace.everyMs);
  t.mock.timers.tick(pace.quietMs);
  await new Promise(setImmediate);
  assert.equal(seen.statements, 0, "put off twice");
  t.mock.timers.tick(pace.quietMs);
  await new Promise(setImmediate);
  assert.equal(seen.statements, 1);
  await follower.close();
  await close();
});

test("customers whose usage could not be summed up together are tried one by one, so that one stops nobody", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let isDown = true;
  const { database, seen, close } = await openShaky(() => isDown);
  const errors: unknown[] = [];
  const pace = { ...PACE.pglite, quietMs: 0 };
  const follower = startUsageFollower({ database, onError: (error) => errors.push(error), pace });
  follower.poolsChanged(["one", "two"]);
  t.mock.timers.tick(pace.everyMs);
  await new Promise(setImmediate);
  assert.deepEqual([seen.statements, errors.length], [1, 1]);
  t.mock.timers.tick(pace.retryMs);
  await new Promise(setImmediate);
  assert.deepEqual([seen.statements, errors.length], [2, 2], "the first of them alone");
  isDown = false;
  await follower.drain();
  assert.equal(errors.length, 2);
  assert.ok(seen.statements >= 4, "the second of them, and a look at all pools");
  await follower.close();
  await close();
});
