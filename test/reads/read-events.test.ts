import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { createPoolWriter } from "../../bff/src/pools/pool-writer.ts";
import { event, grant, reverse } from "../../bff/src/pools/test-support/commands.ts";
import { oneEngine, type TestDatabase } from "../../bff/src/test-support/engines.ts";
import type { PageRequest } from "../../bff/src/storage/keyset.ts";
import { seedCustomers } from "../../bff/src/storage/test-support/seed-customers.ts";
import { type EventFilter, listUsage } from "../../bff/src/storage/pools/read-events.ts";

const customerId = "cus_0";

oneEngine((engine) => {
  let opened: TestDatabase;
  before(async () => {
    opened = await engine.open();
    await seedCustomers(opened.database, 1);
  });
  after(() => opened.close());

  test("events and denials of the very same moment are paged without a gap or a repeat", async () => {
    const { database } = opened;
    const pools = createPoolWriter({
      database,
      onCommitted: () => undefined,
      onError: (error) => assert.ifError(error),
    });
    for (const resourceId of ["", "team"]) await pools.submit([grant(customerId, 6n, { resourceId })]);
    const use = (id: string, index: number) =>
      event(customerId, id, {
        resourceId: index % 3 === 0 ? "team" : "",
        ...(index % 2 === 0 ? {} : { quantity: 100_000_000n }),
      });
    await pools.submit(Array.from({ length: 20 }, (_, index) => use(`e${index}`, index)));
    await pools.submit([reverse(customerId, "e4"), reverse(customerId, "e6")]);
    await pools.close();
    // Every denial now comes at the moment of an event that was taken, two or three at each.
    await sql`
      update denied_events d set at = l.at from ledger l
      where l.customer_id = d.customer_id and l.type = 'consumed'
        and l.source_id = 'e' || (substring(d.event_id from 2)::int / 5 * 4)`.execute(database.writer);

    const page = async (filter: Partial<EventFilter>, request: PageRequest) => {
      const { rows, ...more } = await listUsage(database.writer, { customerId, ...filter }, request);
      return { ids: rows.map((row) => row.event_id), ...more };
    };
    for (const filter of [{}, { status: "denied" }, { resourceId: "team" }] as const) {
      const all = await page(filter, { limit: 100, from: null });
      assert.ok(all.ids.length >= 6);
      for (let limit = 1; limit <= all.ids.length; limit += 1) {
        let now = await page(filter, { limit, from: null });
        const forth = [...now.ids];
        while (now.next) {
          now = await page(filter, { limit, from: { direction: "next", position: now.next } });
          forth.push(...now.ids);
        }
        assert.deepEqual(forth, all.ids, `forth by ${limit}`);
        const back = [...now.ids];
        while (now.prev) {
          now = await page(filter, { limit, from: { direction: "prev", position: now.prev } });
          back.unshift(...now.ids);
        }
        assert.deepEqual(back, all.ids, `back by ${limit}`);
      }
    }
  });
});
