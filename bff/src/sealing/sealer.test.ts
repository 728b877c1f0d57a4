import assert from "node:assert/strict";
import { test } from "node:test";
import { event, grant } from "../pools/test-support/commands.ts";
import { setUpMoney } from "../pools/test-support/money-test.ts";
import { FIRST_POOL } from "../storage/pool-sweep.ts";
import { findBehind } from "../storage/sealing/find-behind.ts";
import { oneEngine, pglite } from "../test-support/engines.ts";
import { PACE } from "./pace.ts";
import { startSealer } from "./sealer.ts";

oneEngine((engine) => {
  const money = setUpMoney(engine);
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  /** Whose entries are not all sealed. */
  const behind = async () => (await findBehind(money.database, FIRST_POOL, 10_000)).behind;
  const start = () => startSealer({ database: money.database, onError });

  test("what is written is sealed, block after block, and nothing of it twice", async () => {
    const [first, second] = money.customers();
    const writer = money.writer();
    const sealer = start();
    await sealer.drain();
    for (const customerId of [first, second]) {
      const usage = Array.from({ length: 250 }, (_, index) => event(customerId, `long-${index}`));
      await writer.submit([grant(customerId, 1_000n), ...usage]);
    }
    assert.deepEqual(await behind(), [first, second]);
    sealer.poolsChanged([first, second]);
    await sealer.drain();
    assert.deepEqual(await behind(), []);
    await writer.submit([event(first, "late")]);
    sealer.poolsChanged([first]);
    await sealer.drain();
    assert.deepEqual(await behind(), []);
    await sealer.close();
    assert.deepEqual(errors, []);
  });

  test("what an earlier process left unsealed is found by the next one", async () => {
    const [customerId] = money.customers();
    await money.writer().submit([grant(customerId, 5n), event(customerId, "left")]);
    assert.deepEqual(await behind(), [customerId]);
    const sealer = start();
    await sealer.drain();
    assert.deepEqual(await behind(), []);
    await sealer.close();
  });

  test("replicas that seal the same pools at once make one chain of it", async () => {
    const customers = money.customers();
    const writer = money.writer();
    const sealers = [start(), start(), start()];
    for (let round = 0; round < 10; round += 1) {
      const usage = customers.map((customerId) => event(customerId, `round-${round}`, { limit: "soft" }));
      await writer.submit(usage);
      await Promise.all(
        sealers.map((sealer) => {
          sealer.poolsChanged(customers);
          return sealer.drain();
        }),
      );
    }
    assert.deepEqual(await behind(), []);
    await Promise.all(sealers.map((sealer) => sealer.close()));
    assert.deepEqual(errors, []);
  });

  test("a sealer that was closed seals nothing any more", async () => {
    const [customerId] = money.customers();
    const sealer = start();
    await sealer.drain();
    await sealer.close();
    await money.writer().submit([grant(customerId, 5n)]);
    sealer.poolsChanged([customerId]);
    await sealer.drain();
    assert.deepEqual(await behind(), [customerId]);
  });
});

test("while changes come in, the embedded database is left to writers, but not for ever", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { database, close } = await pglite.open();
  let statements = 0;
  const counted = {
    ...database,
    get writer() {
      statements += 1;
      return database.writer;
    },
  };
  const pace = { ...PACE.pglite, quietMs: 1_000_000, putOffs: 2 };
  const sealer = startSealer({ database: counted, onError: (error) => assert.fail(String(error)), pace });
  sealer.poolsChanged(["nobody"]);
  t.mock.timers.tick(pace.everyMs);
  t.mock.timers.tick(pace.quietMs);
  await new Promise(setImmediate);
  assert.equal(statements, 0, "put off twice");
  t.mock.timers.tick(pace.quietMs);
  await new Promise(setImmediate);
  assert.equal(statements, 1);
  await sealer.close();
  await close();
});

test("what could not be sealed is tried again", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { database, close } = await pglite.open();
  const errors: unknown[] = [];
  let isDown = true;
  let statements = 0;
  const shaky = {
    ...database,
    get writer() {
      statements += 1;
      if (isDown) throw new Error("the database is away");
      return database.writer;
    },
  };
  const pace = { ...PACE.pglite, quietMs: 0 };
  const sealer = startSealer({ database: shaky, onError: (error) => errors.push(error), pace });
  sealer.poolsChanged(["nobody"]);
  t.mock.timers.tick(pace.everyMs);
  await new Promise(setImmediate);
  assert.equal(errors.length, 1);
  isDown = false;
  t.mock.timers.tick(pace.retryMs);
  await new Promise(setImmediate);
  assert.deepEqual([statements, errors.length], [2, 1]);
  await sealer.close();
  await close();
});
