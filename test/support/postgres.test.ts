import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { startPostgres } from "./postgres.ts";

test("what was committed survives an immediate stop, and databases stand apart", async () => {
  const postgres = await startPostgres({ durable: true });
  try {
    const [first, second] = await Promise.all([postgres.createDatabase(), postgres.createDatabase()]);
    await query(first, "create table kept (n int)");
    await query(first, "insert into kept values (1)");
    await postgres.immediateStop();
    await assert.rejects(query(first, "select 1"));
    await postgres.start();
    assert.deepEqual(await query(first, "select n from kept"), [{ n: 1 }]);
    await assert.rejects(query(second, "select n from kept"), /does not exist/);
  } finally {
    await postgres.stop();
  }
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
