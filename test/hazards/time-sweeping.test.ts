import assert from "node:assert/strict";
import { test } from "node:test";
import { rejected } from "../../bff/src/pools/outcomes.ts";
import type { PoolWriter } from "../../bff/src/pools/pool-writer.ts";
import { event, grant } from "../../bff/src/pools/test-support/commands.ts";
import { setUpMoney, told } from "../../bff/src/pools/test-support/money-test.ts";
import type { Database } from "../../bff/src/storage/database.ts";
import { dueCustomers } from "../../bff/src/storage/pools/due-customers.ts";
import { isAnyoneWaiting } from "../../bff/src/storage/test-support/lock-waits.ts";
import { readBalances } from "../../bff/src/storage/pools/read-balances.ts";
import { listLedgerLines } from "../../bff/src/storage/pools/read-ledger.ts";
import { inTransaction } from "../../bff/src/storage/transaction.ts";
import { oneEngine, openTestPostgres } from "../../bff/src/test-support/engines.ts";
import { eventually } from "../../bff/src/test-support/eventually.ts";
import { PACE, type SweeperPace } from "../../bff/src/jobs/pace.ts";
import { startSweeper } from "../../bff/src/jobs/sweeper.ts";

const NEVER_MS = 2 ** 31 - 1;

oneEngine((engine) => {
  const money = setUpMoney(engine);

  /** A write path and a sweeper over it, as one process has them. */
  function replica(
    database: Database,
    { pools: given, ...pace }: Partial<SweeperPace> & { pools?: PoolWriter } = {},
  ) {
    const errors: unknown[] = [];
    const poisoned: string[] = [];
    const pools: PoolWriter = given ?? money.writer({ database, onCommitted: () => sweeper.poolsChanged() });
    const sweeper = startSweeper({
      database,
      pools,
      onError: (error) => errors.push(error),
      onPoisoned: (customerId) => poisoned.push(customerId),
      pace: { ...PACE[database.engine], ...pace },
    });
    return { pools, sweeper, errors, poisoned };
  }

  /** What a customer's balance is and how many entries there are, as they are stored. */
  async function stored(customerId: string): Promise<string[]> {
    const rows = await readBalances(money.database.writer, { customerId, historyLength: 0 });
    return rows.map(({ seq, balance }) => `${seq}: ${BigInt(balance) / 1_000_000n}`);
  }

  test("a sweeper that has nothing to wait for is woken by a write here, and settles at the moment", async () => {
    const [customerId] = money.customers();
    const { pools, sweeper, errors } = replica(money.database, { lookEveryMs: NEVER_MS, lookAfterMs: 20 });
    await sweeper.drain();
    const [from, to] = [Date.now() + 1_000, Date.now() + 1_500];
    await pools.submit([grant(customerId, 5n, { effectiveAt: from, expiresAt: to })]);
    await eventually("the expiry", async () => (await stored(customerId))[0] === "3: 0");
    const page = { limit: 9, from: null };
    const { rows } = await listLedgerLines(money.database.writer, { customerId }, page);
    const byTime = rows.filter(({ type }) => type !== "granted").toReversed();
    assert.deepEqual(
      byTime.map(({ type, occurred_at }) => [type, occurred_at.getTime()]),
      [
        ["activated", from],
        ["expired", to],
      ],
    );
    assert.ok(byTime.every(({ at, occurred_at }) => at >= occurred_at));
    assert.deepEqual(errors, []);
    await sweeper.close();
  });

  test("what fell due while nobody ran is settled by the first sweep, page after page", async () => {
    const customers = [...money.customers(), ...money.customers()];
    const soon = Date.now() + 1_000;
    await money.writer().submit(customers.map((customerId) => grant(customerId, 5n, { expiresAt: soon })));
    await eventually("the due time", async () => (await dueCustomers(money.database, 10, [])).length === 6);
    const { sweeper, errors } = replica(money.database, { page: 4 });
    assert.equal(await sweeper.drain(), 6);
    for (const customerId of customers) assert.deepEqual(await stored(customerId), ["2: 0"]);
    assert.equal(await sweeper.drain(), 0);
    assert.deepEqual(errors, []);
    await sweeper.close();
  });

  test("whoever cannot be settled is put aside, and settled once that is possible; the others go on", async () => {
    const [ill, fine] = money.customers();
    const pools = money.writer();
    const soon = Date.now() + 1_000;
    await pools.submit([ill, fine].map((customerId) => grant(customerId, 5n, { expiresAt: soon })));
    await eventually("the due time", async () => (await dueCustomers(money.database, 9, [])).length === 2);
    let tries = 0;
    const failing: PoolWriter = {
      ...pools,
      submit: async (commands) => {
        const isIll = commands.some(({ customerId }) => customerId === ill) && (tries += 1) <= 3;
        const outcomes = await pools.submit(
          commands.filter(({ customerId }) => !isIll || customerId !== ill),
        );
        return commands.map(({ customerId }) => {
          if (isIll && customerId === ill)
            return rejected("internal", "", "the command could not be carried out");
          return outcomes.shift() ?? assert.fail("an outcome is missing");
        });
      },
    };
    const { sweeper, errors, poisoned } = replica(money.database, { asideMs: 50, pools: failing });
    await eventually("the settling of the ill one", async () => (await stored(ill))[0] === "2: 0");
    assert.deepEqual(await stored(fine), ["2: 0"]);
    assert.deepEqual(
      errors.map(String),
      [1, 2, 3].map(
        (number) =>
          `UnsettledError: customer ${ill} could not be settled (try ${number}): the command could not be carried out`,
      ),
    );
    assert.deepEqual(poisoned, [ill, ill, ill]);
    assert.equal(await sweeper.drain(), 0);
    await sweeper.close();
  });

  test("a sweeper that was closed settles nothing any more", async () => {
    const [customerId] = money.customers();
    const { pools, sweeper } = replica(money.database);
    await sweeper.close();
    await pools.submit([grant(customerId, 5n, { expiresAt: Date.now() + 1_000 })]);
    await eventually("the due time", async () => (await dueCustomers(money.database, 1, [])).length === 1);
    assert.equal(await sweeper.drain(), 0);
    assert.deepEqual(await stored(customerId), ["1: 5"]);
    assert.deepEqual(told(await money.writer().submit([event(customerId, "late")])), [
      "insufficient_credits",
    ]);
  });

  if (engine.name !== "Postgres") return;

  test("two replicas that sweep at once settle each customer once, also one whom somebody holds meanwhile", async () => {
    const customers = Array.from({ length: 20 }, () => money.customers()).flat();
    const soon = Date.now() + 1_000;
    await money
      .writer()
      .submit(
        customers.flatMap((customerId) => [
          grant(customerId, 5n, { expiresAt: soon }),
          grant(customerId, 3n, { effectiveAt: soon }),
        ]),
      );
    await eventually("the due time", async () => (await dueCustomers(money.database, 100, [])).length >= 60);
    const other = await openTestPostgres(money.url ?? "");
    const replicas = [money.database, other].map((database) => replica(database, { page: 7 }));
    await inTransaction(money.database, async (transaction) => {
      await transaction
        .selectFrom("customers")
        .select("customer_id")
        .where("customer_id", "=", customers[30] ?? "")
        .forNoKeyUpdate()
        .execute();
      const swept = replicas.map(({ sweeper }) => sweeper.drain());
      await eventually("somebody waits for who is held", () => isAnyoneWaiting(money.database));
      return { swept };
    }).then(({ swept }) => Promise.all(swept));
    for (const customerId of customers) assert.deepEqual(await stored(customerId), ["4: 3"]);
    for (const { sweeper, errors, pools } of replicas) {
      assert.deepEqual(errors, []);
      await sweeper.close();
      await pools.close();
    }
    await other.close();
  });
});
