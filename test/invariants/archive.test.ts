import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { archiveLedger } from "../../bff/src/audit/archive/archive-ledger.ts";
import { formatAudit } from "../../bff/src/audit/report.ts";
import { runAudit } from "../../bff/src/audit/run-audit.ts";
import { LedgerBook } from "./ledger-book.ts";
import { eachOwnedEngine, type OwnedDatabase } from "./owned-database.ts";
import { RandomLife, randomFrom } from "./random-history.ts";
import { DAY } from "./random-commands.ts";
import { sealAll } from "./seal-all.ts";

eachOwnedEngine((open) => {
  let owned: OwnedDatabase;
  let directory: string;

  before(async () => {
    owned = await open();
    directory = await mkdtemp(join(tmpdir(), "credits-kit-archive-"));
  });
  after(async () => {
    await owned.close();
    await rm(directory, { recursive: true });
  });

  const archive = (daysAgo: number) =>
    archiveLedger({
      database: owned.database,
      owner: owned.asOwner,
      before: Date.now() - daysAgo * DAY,
      directory,
    });
  const audit = async (note: string) => {
    const report = await runAudit(owned.database);
    const few = { ...report, violations: report.violations.slice(0, 5) };
    assert.equal(formatAudit(few).split(": ").at(-1), "nothing wrong", note);
    return report;
  };

  test("lives whose past is archived again and again have nothing wrong, and every entry is in a file", async () => {
    const seed = Date.now() % 1_000_000;
    const random = randomFrom(seed);
    const book = new LedgerBook(owned.owner);
    const lives = Array.from({ length: 25 }, (_, index) => new RandomLife(book, `life-${index}`, random));
    const names = lives.map((life) => life.customerId);
    let archived = 0;
    for (const share of [0.3, 0.5, 0.7, 1]) {
      for (const life of lives) life.live(1 + random(120), share);
      await book.write();
      await sealAll(owned.database, names, 1 + random(30));
      await audit(`seed ${seed}, before archiving at ${share}`);
      const report = await archive(701 - 700 * (share - 0.05));
      assert.deepEqual(report.violations, []);
      archived += report.entries;
      await book.forgetArchived();
      const left = await audit(`seed ${seed}, after archiving at ${share}`);
      assert.equal(left.entries + archived, book.entries);
    }
    assert.ok(archived > book.entries / 2, "most is archived");
    const files = await readdir(directory);
    const lines = await Promise.all(files.map((file) => readFile(join(directory, file), "utf8")));
    const entries = lines.join("").split("\n").filter((line) => line.includes(`"kind" : "entry"`));
    assert.equal(entries.length, archived);
  });
});
