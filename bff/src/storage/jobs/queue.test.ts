import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { eachEngine, openTestPostgres, type TestDatabase } from "../../test-support/engines.ts";
import { eventually } from "../../test-support/eventually.ts";
import type { Database } from "../database.ts";
import { deadLetterOf, openQueue, type QueueOptions } from "./queue.ts";

eachEngine((engine) => {
  let opened: TestDatabase;
  before(async () => {
    opened = await engine.open();
  });
  after(() => opened.close());

  const open = (more: Partial<QueueOptions>) =>
    openQueue({
      database: opened.database,
      schedules: [],
      retried: [],
      onError: (error) => assert.fail(String(error)),
      pollSeconds: 0.5,
      drainMs: 1_000,
      ...more,
    });

  async function jobs(name: string): Promise<string[]> {
    const { rows } = await sql<{ state: string }>`
      select state::text from credits_kit_jobs.job where name = ${name}`.execute(opened.database.writer);
    return rows.map(({ state }) => state);
  }

  test("a schedule that two replicas have is run by one of them each time", async () => {
    let runs = 0;
    const schedules = [{ name: "now-and-then", cron: "* * * * *", run: async () => void (runs += 1) }];
    const other: Database =
      engine.name === "Postgres" ? await openTestPostgres(opened.url ?? "") : opened.database;
    const queues = await Promise.all([open({ schedules }), open({ schedules, database: other })]);
    // The occurrence of the minute that has just begun or ended is made up for at once.
    await eventually("a run", async () => (await jobs("now-and-then")).includes("completed"));
    await Promise.all(queues.map((queue) => queue.close()));
    assert.equal(runs, (await jobs("now-and-then")).length);
    if (other !== opened.database) await other.close();
  });

  test("what fails is tried again, once at a time for each customer, and is kept when nothing helps", async () => {
    const tried: string[] = [];
    const errors: unknown[] = [];
    const queue = await open({
      onError: (error) => errors.push(error),
      retried: [
        {
          name: "mend",
          firstDelaySeconds: 1,
          tries: 2,
          run: async (customerId) => {
            tried.push(customerId);
            if (customerId === "ill" || tried.filter((id) => id === customerId).length < 2)
              throw new Error("no");
          },
        },
      ],
    });
    for (const customerId of ["ill", "ill", "better", "better"]) await queue.retry("mend", customerId);
    assert.equal((await jobs("mend")).length, 2);
    await eventually("the end of both", async () => {
      return (await jobs("mend")).toSorted().join() === "completed,failed";
    });
    assert.deepEqual(tried.toSorted(), ["better", "better", "ill", "ill"]);
    assert.equal(errors.length, 3);
    assert.deepEqual(await jobs(deadLetterOf("mend")), ["created"]);
    await queue.close();
  });

  test("the writer works the queue, and may not change how it is built", async () => {
    for (const attempt of [
      "drop table credits_kit_jobs.schedule",
      "create table credits_kit_jobs.mine (n int)",
      "delete from credits_kit_jobs.version",
      "alter table credits_kit_jobs.job add column mine int",
    ]) {
      await assert.rejects(
        sql.raw(attempt).execute(opened.database.writer),
        /permission denied|must be owner/,
        attempt,
      );
    }
  });

  test("a queue that was closed takes nothing up any more", async () => {
    const tried: string[] = [];
    const run = async (customerId: string) => void tried.push(customerId);
    const queue = await open({ retried: [{ name: "later", firstDelaySeconds: 1, tries: 2, run }] });
    await queue.close();
    await queue.retry("later", "cus");
    assert.deepEqual(await jobs("later"), ["created"]);
    assert.deepEqual(tried, []);
  });
});
