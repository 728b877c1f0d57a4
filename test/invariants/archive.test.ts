import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { formatAudit } from "../../bff/src/audit/report.ts";
import { runAudit } from "../../bff/src/audit/run-audit.ts";
import { ArchivedPast } from "./archived-past.ts";
import { LedgerBook } from "./ledger-book.ts";
import { oneOwnedEngine, type OwnedDatabase } from "./owned-database.ts";
import { notePlainLife } from "./plain-life.ts";
import { RandomLife, randomFrom } from "./random-history.ts";
import { sealAll } from "./seal-all.ts";
import { testSeed } from "../support/seeded-random.ts";

oneOwnedEngine((open) => {
  let owned: OwnedDatabase;
  let past: ArchivedPast;
  let book: LedgerBook;

  before(async () => {
    owned = await open();
    past = await ArchivedPast.open(owned);
    book = new LedgerBook(owned.owner);
  });
  after(async () => {
    await owned.close();
    await past.close();
  });

  const audit = async (note: string) => {
    const report = await runAudit(owned.database);
    const few = { ...report, violations: report.violations.slice(0, 5) };
    assert.equal(formatAudit(few).split(": ").at(-1), "nothing wrong", note);
    return report;
  };

  test("what is not sealed is not archived, and a run without anything to archive leaves no file", async () => {
    notePlainLife(book, "unsealed");
    await book.write();
    assert.deepEqual(await past.archive(0), { pools: 0, entries: 0, file: null, violations: [] });
    assert.deepEqual(await past.lines(), []);
  });

  test("entries from before the time are archived up to the last seal, later ones stay", async () => {
    notePlainLife(book, "partly");
    await book.write();
    // Blocks 1 to 5, 6 to 10, 11 to 13; the 10th entry is of 91 days ago, the 11th of 88.
    await sealAll(owned.database, ["partly"], 5);
    const report = await past.archive(90);
    assert.deepEqual([report.pools, report.entries, report.violations], [1, 10, []]);
    const { rows } = await sql<{ seq: string }>`
      select seq from ledger where customer_id = 'partly' order by seq`.execute(owned.owner);
    assert.deepEqual(
      rows.map(({ seq }) => Number(seq)),
      [11, 12, 13],
    );
    await audit("after it");
    const again = await past.archive(90);
    assert.deepEqual([again.pools, again.entries, again.file], [0, 0, null]);
  });

  test("the file has every column of every entry, exactly, for its owner alone", async () => {
    const lines = await past.lines();
    const { rows } = await sql<{ name: string }>`
      select column_name as name from information_schema.columns where table_name = 'ledger'`.execute(
      owned.owner,
    );
    const columns = rows.map(({ name }) => name);
    const entries = lines.filter((line) => line["kind"] === "entry");
    for (const entry of entries) assert.deepEqual(Object.keys(entry).sort(), ["kind", ...columns].sort());
    assert.deepEqual(
      entries.map(({ seq, type, delta, draw_keys, draw_amounts }) => [
        seq,
        type,
        delta,
        draw_keys,
        draw_amounts,
      ])[5],
      [6, "consumed", "-27000000", [2], ["-17000000"]],
    );
    assert.match(String(entries[0]?.["at"]), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    const seals = lines.filter((line) => line["kind"] === "seal");
    assert.deepEqual(
      seals.map((seal) => [seal["from_seq"], seal["to_seq"]]),
      [
        [1, 5],
        [6, 10],
      ],
    );
    const { mode } = await stat(past.directory);
    assert.equal(mode & 0o077, 0);
  });

  test("nothing is archived of a customer with whom something is wrong, and it is said what", async () => {
    notePlainLife(book, "wrong");
    notePlainLife(book, "right");
    await book.write();
    await sealAll(owned.database, ["wrong", "right"], 5);
    await sql`update pools set balance = balance + 1 where customer_id = 'wrong'`.execute(owned.owner);
    const report = await past.archive(0);
    assert.deepEqual(
      report.violations
        .map(({ customerId }) => customerId)
        .filter((each, index, all) => all.indexOf(each) === index),
      ["wrong"],
    );
    const { rows } = await sql<{ customer_id: string }>`
      select customer_id from ledger_checkpoints where customer_id in ('right', 'wrong')`.execute(
      owned.owner,
    );
    assert.deepEqual(rows, [{ customer_id: "right" }]);
    await sql`update pools set balance = balance - 1 where customer_id = 'wrong'`.execute(owned.owner);
  });

  test("lives whose past is archived again and again have nothing wrong, and every entry is in a file", async () => {
    const seed = testSeed();
    const random = randomFrom(seed);
    const lives = Array.from({ length: 15 }, (_, index) => new RandomLife(book, `life-${index}`, random));
    const names = lives.map((life) => life.customerId);
    await past.archive(0);
    const archivedBefore = (await past.lines()).filter((line) => line["kind"] === "entry").length;
    let archived = archivedBefore;
    for (const share of [0.3, 0.5, 0.7, 1]) {
      for (const life of lives) life.live(1 + random(100), share);
      await book.write();
      await sealAll(owned.database, names, 5 + random(30));
      await audit(`seed ${seed}, before archiving at ${share}`);
      const report = await past.archive(701 - 700 * (share - 0.05));
      assert.deepEqual(report.violations, []);
      archived += report.entries;
      await book.forgetArchived();
      const left = await audit(`seed ${seed}, after archiving at ${share}`);
      assert.equal(left.entries + archived, book.entries);
    }
    assert.ok(archived - archivedBefore > book.entries / 3, "much is archived");
    const entries = (await past.lines()).filter((line) => line["kind"] === "entry");
    assert.equal(entries.length, archived);
    const { rows } = await sql<{ pools: string; checkpoints: string }>`
      select count(distinct (customer_id, pool_no)) as pools, count(*) as checkpoints from ledger_checkpoints`.execute(
      owned.owner,
    );
    assert.equal(rows[0]?.pools, rows[0]?.checkpoints, "one checkpoint a pool");
  });
});
