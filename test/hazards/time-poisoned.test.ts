import assert from "node:assert/strict";
import { after, before, test, type TestContext } from "node:test";
import { sql } from "kysely";
import { startJobs } from "../../bff/src/jobs/job-runner.ts";
import { PACE } from "../../bff/src/jobs/pace.ts";
import { createPoolWriter } from "../../bff/src/pools/pool-writer.ts";
import { grant } from "../../bff/src/pools/test-support/commands.ts";
import { seedCustomers } from "../../bff/src/storage/test-support/seed-customers.ts";
import { eventually } from "../../bff/src/test-support/index.ts";
import { oneOwnedEngine, type OwnedDatabase } from "../invariants/owned-database.ts";

const NOBODY = () => undefined;

oneOwnedEngine((open) => {
  let owned: OwnedDatabase;
  before(async () => {
    owned = await open();
    await seedCustomers(owned.database, 4);
  });
  after(() => owned.close());

  /** What time triggers, over a write path of its own. */
  function start(t: TestContext) {
    const { database } = owned;
    const errors: unknown[] = [];
    const pools = createPoolWriter({ database, onCommitted: () => jobs.poolsChanged(), onError: NOBODY });
    const jobs = startJobs({
      database,
      pools,
      sweepSeals: NOBODY,
      onError: (error) => errors.push(error),
      pace: { ...PACE[database.engine], asideMs: 100 },
    });
    t.after(async () => {
      await jobs.close();
      await pools.close();
    });
    return { pools, errors };
  }

  async function balanceOf(customerId: string): Promise<string | undefined> {
    const { writer } = owned.database;
    const query = writer.selectFrom("pools").select("balance").where("customer_id", "=", customerId);
    return (await query.executeTakeFirst())?.balance;
  }

  /** Grants that fell due a day ago, while nobody ran. */
  async function expireYesterday(customerIds: readonly string[]): Promise<void> {
    const pools = createPoolWriter({ database: owned.database, onCommitted: NOBODY, onError: NOBODY });
    await pools.submit(customerIds.map((customerId) => grant(customerId, 5n)));
    await pools.close();
    const yesterday = sql`clock_timestamp() - interval '1 day'`;
    await sql`update grants set effective_at = ${yesterday}, expires_at = ${yesterday}`.execute(owned.owner);
    await sql`update pools set next_due_at = ${yesterday}`.execute(owned.owner);
  }

  test("a pool that cannot be settled stops no other one, is told by name, and waits in the queue for a person", async (t) => {
    await expireYesterday(["cus_0", "cus_1", "cus_2"]);
    // By the owner's force: the ledger takes nothing of this customer.
    await sql`alter table ledger add constraint poison check (customer_id <> 'cus_1') not valid`.execute(
      owned.owner,
    );
    const { errors } = start(t);
    await eventually("the others", async () => {
      return (await balanceOf("cus_0")) === "0" && (await balanceOf("cus_2")) === "0";
    });
    await eventually("a second try", () => errors.length > 1);
    assert.match(String(errors[0]), /UnsettledError: customer cus_1 could not be settled \(try 1\)/);
    const waiting = async () => {
      const { rows } = await sql<{ data: unknown }>`
        select data from credits_kit_jobs.job where name = 'settle'`.execute(owned.database.writer);
      return rows.map(({ data }) => data);
    };
    await eventually("the queue", async () => (await waiting()).length > 0);
    assert.deepEqual(await waiting(), [{ customerId: "cus_1" }]);
    // Whoever mends it needs to do nothing more.
    await sql`alter table ledger drop constraint poison`.execute(owned.owner);
    await eventually("the mended one", async () => (await balanceOf("cus_1")) === "0");
  });

  test("without its queue the product still does on time what is due", async (t) => {
    await sql`alter schema credits_kit_jobs rename to elsewhere`.execute(owned.owner);
    const { pools, errors } = start(t);
    await pools.submit([grant("cus_3", 5n, { expiresAt: Date.now() + 3_000 })]);
    await eventually("the expiry", async () => (await balanceOf("cus_3")) === "0");
    await eventually("the complaint", () => errors.length > 0);
    assert.match(String(errors[0]), /the job queue did not open/);
  });
});
