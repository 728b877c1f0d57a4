import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { sql } from "kysely";
import { assertInvariants } from "../../bff/src/audit/assert-invariants.ts";
import { runAudit } from "../../bff/src/audit/run-audit.ts";
import { createPoolWriter, type PoolWriter } from "../../bff/src/pools/pool-writer.ts";
import { oneOwnedEngine, type OwnedDatabase } from "./owned-database.ts";
import { randomFrom } from "./random-history.ts";
import { furnish } from "./furnish.ts";
import { randomPoolCommands } from "./random-pool-commands.ts";

const CUSTOMERS = 40;

oneOwnedEngine((open) => {
  let owned: OwnedDatabase;
  let writer: PoolWriter;
  const errors: unknown[] = [];

  before(async () => {
    owned = await open();
    await furnish(owned, CUSTOMERS);
    const onError = (error: unknown) => errors.push(error);
    writer = createPoolWriter({ database: owned.database, onCommitted: () => undefined, onError });
  });
  after(async () => {
    await writer.close();
    await owned.close();
  });

  test("audits while the write path writes find nothing wrong, and the writing goes on", async () => {
    const random = randomFrom(11);
    const commands = randomPoolCommands(CUSTOMERS, random);
    let writing = true;
    let applied = 0;
    const load = Array.from({ length: 4 }, async () => {
      for (let round = 0; writing || round < 5; round += 1) {
        const outcomes = await writer.submit(Array.from({ length: 50 }, () => commands()));
        applied += outcomes.filter((outcome) => outcome.kind === "applied").length;
        // The embedded database never leaves the turn of the event loop; those who call over sockets do.
        await setImmediate();
      }
    });
    let duringAudits = 0;
    // They go on until there was something to look at; a write path that gets no turn ends them too.
    for (let audits = 0; audits < 5 || (applied < 1_500 && audits < 300); audits += 1) {
      const before = applied;
      const report = await runAudit(owned.database);
      duringAudits += applied - before;
      assert.deepEqual(report.violations, []);
      assert.deepEqual(errors, []);
    }
    writing = false;
    await Promise.all(load);
    assert.deepEqual(errors, []);
    assert.ok(duringAudits > 0, "nothing was written during the audits");
    await assertInvariants(owned.database);
    const { entries } = await runAudit(owned.database);
    assert.ok(entries >= applied);
    const { rows } = await sql<{ type: string }>`select distinct type::text from ledger`.execute(owned.owner);
    assert.equal(rows.length, 12, "every kind of entry was written");
  });
});
