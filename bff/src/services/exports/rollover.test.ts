import assert from "node:assert/strict";
import { test } from "node:test";
import { oneEngine, useTestApp } from "../../test-support/index.ts";
import { Subscribers } from "../subscriptions/test-support/subscriber.ts";
import { askExport } from "./test-support/asking.ts";

oneEngine((engine) => {
  const app = useTestApp(engine);
  const people = new Subscribers(app);

  test("what a plan gives is revenue once, along all rollovers, month by month and to the cent", async () => {
    const plan = await people.plan({
      ...{ credits: 100, rollover: { upTo: 50 }, costBasis: { amount: "0.3335", currency: "eur" } },
    });
    const lena = await people.at("2030-01-31T10:00:00Z");
    await lena.subscribe(plan);
    await lena.burn(33);
    await lena.live("2030-02-28T10:00:00Z");
    await lena.burn(7);
    const first = await askExport(app().client, "revenue", { customerId: lena.id });
    await lena.live("2030-03-31T10:00:00Z");
    const later = await askExport(app().client, "revenue", { customerId: lena.id, since: first.cursor });
    const all = (await askExport(app().client, "revenue", { customerId: lena.id })).rows;

    // 33.35 a month. Of January's 67 left, 50 go on (16.68) and 17 break.
    const january = all.filter((row) => row.grant_id.endsWith(".0"));
    assert.deepEqual(
      january.map((row) => [
        row.month,
        row.paid_minor,
        row.rolled_out_minor,
        row.breakage_minor,
        row.deferred_minor,
      ]),
      [
        ["2030-01", "3335", "0", "0", "2234"],
        ["2030-02", "0", "1668", "566", "0"],
      ],
    );
    const carried = all.filter((row) => row.grant_id.includes(".0.r"));
    assert.deepEqual(
      carried.map((row) => [
        row.month,
        row.paid_minor,
        row.rolled_in_minor,
        row.recognised_minor,
        row.breakage_minor,
      ]),
      [
        ["2030-02", "0", "1668", "233", "0"],
        // 43 break: 14.34, and what rounding left over is earned.
        ["2030-03", "0", "0", "1", "1434"],
      ],
    );
    const sum = (column: "paid" | "recognised" | "breakage" | "refunded" | "rolled_in" | "rolled_out") =>
      all.reduce((total, row) => total + BigInt(row[`${column}_minor`]), 0n);
    const left = [...Map.groupBy(all, (row) => row.grant_id).values()].map((rows) =>
      BigInt(rows.at(-1)?.deferred_minor ?? 0),
    );
    assert.equal(sum("paid"), 3n * 3335n);
    assert.equal(sum("rolled_in"), sum("rolled_out"));
    assert.equal(
      sum("paid"),
      sum("recognised") + sum("breakage") + sum("refunded") + left.reduce((a, b) => a + b, 0n),
    );

    const loaded = new Map(
      [...first.rows, ...later.rows].map((row) => [`${row.grant_id} ${row.month}`, row]),
    );
    assert.deepEqual([...loaded.keys()].sort(), all.map((row) => `${row.grant_id} ${row.month}`).sort());
    for (const row of all) assert.deepEqual(loaded.get(`${row.grant_id} ${row.month}`), row);
  });
});
