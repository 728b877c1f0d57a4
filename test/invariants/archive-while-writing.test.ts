import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { assertInvariants } from "../../bff/src/audit/assert-invariants.ts";
import { createPoolWriter, type PoolWriter } from "../../bff/src/pools/pool-writer.ts";
import type { PoolFollower } from "../../bff/src/following/pool-follower.ts";
import { startSealer } from "../../bff/src/sealing/sealer.ts";
import { ArchivedPast } from "./archived-past.ts";
import { furnish } from "./furnish.ts";
import { oneOwnedEngine, type OwnedDatabase } from "./owned-database.ts";
import { randomFrom } from "./random-history.ts";
import { randomPoolCommands } from "./random-pool-commands.ts";
import { sealAll } from "./seal-all.ts";

const CUSTOMERS = 10;
const names = Array.from({ length: CUSTOMERS }, (_, index) => `c${index + 1}`);

oneOwnedEngine((open) => {
  let owned: OwnedDatabase;
  let writer: PoolWriter;
  let sealer: PoolFollower;
  let past: ArchivedPast;
  const errors: unknown[] = [];

  before(async () => {
    owned = await open();
    past = await ArchivedPast.open(owned);
    await furnish(owned, CUSTOMERS);
    const onError = (error: unknown) => errors.push(error);
    const { database } = owned;
    sealer = startSealer({ database, onError });
    writer = createPoolWriter({ database, onCommitted: (ids) => sealer.poolsChanged(ids), onError });
  });
  after(async () => {
    await writer.close();
    await sealer.close();
    await owned.close();
    await past.close();
  });

  test("entries that are archived while the write path writes leave a ledger with nothing wrong", async () => {
    const commands = randomPoolCommands(CUSTOMERS, randomFrom(12));
    let writing = true;
    let applied = 0;
    let written = Promise.withResolvers<void>();
    const load = Array.from({ length: 3 }, async () => {
      while (writing) {
        const outcomes = await writer.submit(Array.from({ length: 30 }, () => commands()));
        applied += outcomes.filter((outcome) => outcome.kind === "applied").length;
        // The embedded database never leaves the turn of the event loop; those who call over sockets do.
        await setImmediate();
        written.resolve();
        written = Promise.withResolvers();
      }
    });
    let archived = 0;
    try {
      while (archived < 300) {
        // The load ends before its time only if it fails.
        await Promise.race([written.promise, ...load]);
        await sealAll(owned.database, names, 50);
        const report = await past.archive(0);
        assert.deepEqual(report.violations, []);
        archived += report.entries;
      }
    } finally {
      writing = false;
      await Promise.all(load);
    }
    assert.deepEqual(errors, []);
    assert.ok(applied > 0);
    await assertInvariants(owned.database);
    const entries = (await past.lines()).filter((line) => line["kind"] === "entry");
    assert.equal(entries.length, archived);
  });
});
