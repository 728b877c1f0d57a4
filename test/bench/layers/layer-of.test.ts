import assert from "node:assert/strict";
import { test } from "node:test";
import { layerOf, splitInsert, writesEntries } from "./layer-of.ts";

test("a statement is told by what it does, whatever stands around it", () => {
  assert.equal(layerOf("begin"), "transaction");
  assert.equal(layerOf("commit"), "transaction");
  assert.equal(layerOf("select 1 from customers for no key update skip locked"), "lock");
  assert.equal(layerOf("\n  select q.n, c.content_hash, c.answer from commands c"), "dedupe");
  assert.equal(layerOf("\n  select q.n, p.pool_no, p.seq\n  from pools p"), "positions");
  assert.equal(layerOf("select q.n, p.pool_no, p.seq, p.balance from pools p"), "other");
  assert.ok(writesEntries("with entries as (\n insert into ledger (seq) values (1)) insert into commands"));
  assert.ok(!writesEntries("insert into holds select * from ledger"));
});

function explained(ledger: string, guard: string) {
  const Plan = {
    "Relation Name": "commands",
    "Actual Total Time": 2,
    Plans: [{ "Relation Name": ledger, "Actual Total Time": 5 }, { "Actual Total Time": 1 }],
  };
  return [
    { "QUERY PLAN": [{ Plan, "Planning Time": 0.5, Triggers: [{ "Trigger Name": guard, Time: 10 }] }] },
  ];
}

test("writing entries is divided into both tables, the guard, and what is left of the time", () => {
  const layers = splitInsert(explained("ledger", "ledger_guard"), 20);
  assert.deepEqual(Object.fromEntries(layers), {
    ledgerInsert: 5,
    guard: 10,
    commandsInsert: 2,
    explaining: 0.5,
    sending: 2.5,
  });
});

test("a layer that is no longer there is an error rather than a zero", () => {
  assert.throws(() => splitInsert(explained("pools", "ledger_guard"), 20));
  assert.throws(() => splitInsert(explained("ledger", "another"), 20));
  assert.throws(() => splitInsert([], 20));
});
