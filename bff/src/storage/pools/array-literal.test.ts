import assert from "node:assert/strict";
import { test } from "node:test";
import { eachEngine } from "../../test-support/engines.ts";
import { idArray, numberArray, textArray, timeArray } from "./array-literal.ts";

eachEngine((engine) => {
  test("what is written is what Postgres reads", async () => {
    const { database, close } = await engine.open();
    const connection = await database.connect();
    const read = async (type: string, literal: string) => {
      const { rows } = await connection.query<{ values: unknown }>(
        `select to_json($1::${type}[]) as values`,
        [literal],
      );
      return rows[0]?.values;
    };
    const texts = [
      "",
      " ",
      "NULL",
      "null",
      null,
      `"`,
      `\\`,
      `\\"`,
      "a,b",
      "{x}",
      "'",
      "\n\t",
      "ü 🦊",
      "a b",
      "{",
      "\\N",
    ];
    const numbers = [0, -1, null, 9_007_199_254_740_991, -9_223_372_036_854_775_808n, 1_000_000n];
    const times = [0, null, 1_790_000_000_123, -62_135_596_800_000, 253_402_300_799_999];
    try {
      assert.deepEqual(await read("text", textArray(texts)), texts);
      assert.deepEqual(await read("text", textArray([])), []);
      const ids = ["a", "Z9._:@|-", "NULL", "null"];
      assert.deepEqual(await read("text", idArray(ids)), ids);
      assert.deepEqual(await read("text", idArray([])), []);
      const exact = await connection.query<{ values: string }>("select ($1::bigint[])::text as values", [
        numberArray(numbers),
      ]);
      assert.equal(exact.rows[0]?.values, `{${numbers.map((value) => value ?? "NULL").join(",")}}`);
      const { rows } = await connection.query<{ ms: string | null }>(
        "select (extract(epoch from t) * 1000)::bigint::text as ms from unnest($1::timestamptz[]) t",
        [timeArray(times)],
      );
      assert.deepEqual(
        rows.map((row) => (row.ms === null ? null : Number(row.ms))),
        times,
      );
    } finally {
      connection.release();
      await close();
    }
  });
});
