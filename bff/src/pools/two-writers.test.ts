import assert from "node:assert/strict";
import { test } from "node:test";
import { lockCustomer } from "../storage/customers/subscriptions.ts";
import type { Database } from "../storage/database.ts";
import { inTransaction } from "../storage/transaction.ts";
import { eachEngine, openTestPostgres } from "../test-support/engines.ts";
import { event, grant } from "./test-support/commands.ts";
import { setUpMoney, told } from "./test-support/money-test.ts";

// The embedded database belongs to one process, so these have only a Postgres to run on.
eachEngine((engine) => {
  if (engine.name !== "Postgres") return;
  const money = setUpMoney(engine);

  test("two processes race for the same ids in the same pools: each id burns once", async () => {
    const customers = money.customers();
    const other = await openTestPostgres(money.url ?? "");
    const writers = [money.writer({ groupMax: 50 }), money.writer({ database: other, groupMax: 50 })];
    await writers[0]?.submit(customers.map((customerId) => grant(customerId, 100_000n)));
    const ids = Array.from({ length: 600 }, (_, n) => event(customers[n % 3] ?? "", `e${n}`));
    const shuffled = ids.toSorted((left, right) =>
      left.contentHash + left.id < right.contentHash + right.id ? 1 : -1,
    );
    const calls = writers.flatMap((writer, which) =>
      Array.from({ length: 30 }, (_, n) =>
        writer.submit((which ? shuffled : ids).slice(n * 20, n * 20 + 20)),
      ),
    );
    const outcomes = (await Promise.all(calls)).flat();
    assert.equal(outcomes.filter(({ kind }) => kind === "applied").length, 600);
    assert.equal(outcomes.filter(({ kind }) => kind === "duplicate").length, 600);
    const after = await writers[1]?.submit(customers.map((customerId) => event(customerId, "after")));
    assert.deepEqual(told(after ?? []), ["202: 99799", "202: 99799", "202: 99799"]);
    await Promise.all(writers.map((writer) => writer.close()));
    await other.close();
  });

  test("a customer whom somebody else holds waits, in order, while the others go on", async () => {
    const [held, free] = money.customers();
    const pools = money.writer();
    await pools.submit([grant(held, 10n), grant(free, 10n)]);
    const holder = await hold(money.database, held);
    const events = ["a", "b", "c"].map((id) => event(held, id));
    const first = pools.submit(events);
    assert.deepEqual(told(await pools.submit([event(free, "a")])), ["2: 9"]);
    const second = pools.submit([event(held, "d")]);
    assert.deepEqual(told(await pools.submit([event(free, "b")])), ["3: 8"]);
    await holder.letGo();
    assert.deepEqual(told(await first), ["2: 9", "3: 8", "4: 7"]);
    assert.deepEqual(told(await second), ["5: 6"]);
    assert.deepEqual(money.errors, []);
  });

  test("a customer held for too long is answered with overloaded, and nobody else is", async () => {
    const [held, free] = money.customers();
    const pools = money.writer();
    await pools.submit([grant(held, 10n), grant(free, 10n)]);
    const holder = await hold(money.database, held);
    const stuck = pools.submit(["a", "b", "c", "d"].map((id) => event(held, id)));
    const started = performance.now();
    assert.deepEqual(told(await pools.submit([event(free, "a")])), ["2: 9"]);
    assert.ok(performance.now() - started < 1_000, "waited for somebody else's customer");
    assert.deepEqual(told(await stuck), ["overloaded", "overloaded", "overloaded", "overloaded"]);
    assert.ok(performance.now() - started < 6_000, "waited more than once");
    await holder.letGo();
    assert.deepEqual(told(await pools.submit([event(held, "a")])), ["2: 9"]);
  });

  test("what another process did to a pool is seen, also by a process that remembers it otherwise", async () => {
    const [customerId] = money.customers();
    const other = await openTestPostgres(money.url ?? "");
    const [here, there] = [money.writer(), money.writer({ database: other })];
    await here.submit([grant(customerId, 2n)]);
    assert.deepEqual(told(await there.submit([event(customerId, "a")])), ["2: 1"]);
    assert.deepEqual(told(await here.submit([event(customerId, "b")])), ["3: 0"]);
    assert.deepEqual(told(await there.submit([event(customerId, "c")])), ["insufficient_credits"]);
    assert.deepEqual(told(await there.submit([grant(customerId, 5n)])), ["4: 5"]);
    assert.deepEqual(told(await here.submit([event(customerId, "c"), event(customerId, "a")])), [
      "5: 4",
      "duplicate of 2, now 5: 4",
    ]);
    await there.close();
    await other.close();
  });
});

/** Holds a customer's row, as another process does in its transaction. */
async function hold(database: Database, customerId: string): Promise<{ letGo(): Promise<void> }> {
  const { promise: held, resolve: isHeld } = Promise.withResolvers<void>();
  const { promise: over, resolve: letGo } = Promise.withResolvers<void>();
  const done = inTransaction(database, async (transaction) => {
    await lockCustomer(transaction, customerId);
    isHeld();
    await over;
  });
  await held;
  return {
    letGo: async () => {
      letGo();
      await done;
    },
  };
}
