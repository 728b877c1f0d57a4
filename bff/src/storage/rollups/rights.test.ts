import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { eachEngine, type TestDatabase } from "../../test-support/engines.ts";

eachEngine((engine) => {
  let opened: TestDatabase;
  before(async () => {
    opened = await engine.open();
  });
  after(() => opened.close());

  test("the product itself cannot write a sum, a mark, a value, or what was tracked when", async () => {
    const attacks = [
      "update usage_rollups set credits = 0",
      "delete from usage_rollups",
      "insert into usage_marks (customer_id, pool_no, seq, from_seq) values ('x', 1, 5, 0)",
      "update usage_marks set seq = seq + 1",
      "update usage_values set value = 'y'",
      "delete from usage_values",
      "update usage_cells set seqs = '{}'",
      "insert into tracked_dimensions values ('many', now(), '[]')",
      "truncate usage_rollups, usage_marks",
    ];
    for (const attack of attacks) {
      await assert.rejects(sql.raw(attack).execute(opened.database.writer), { code: "42501" }, attack);
    }
  });

  test("who may only read moves no sums", async () => {
    const move = sql`select move_usage('{}', 1, 1)`;
    await assert.rejects(move.execute(opened.database.reader), { code: "42501" });
    await move.execute(opened.database.writer);
  });
});
