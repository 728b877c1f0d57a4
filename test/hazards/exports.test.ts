import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { exported } from "../invariants/exported.ts";
import { LedgerBook } from "../invariants/ledger-book.ts";
import { oneOwnedEngine, type OwnedDatabase } from "../invariants/owned-database.ts";
import { CREDIT } from "../invariants/plain-life.ts";

const CUSTOMERS = 40;
const EVENTS = 12;
const KINDS = ["ledger", "allocations", "usage"] as const;

// Elsewhere, a backfill that went on from the time of the last event skipped all others of the same time. Here the cursor
// stands at a number of each pool, and time has no say in it.
oneOwnedEngine((open) => {
  let owned: OwnedDatabase;
  before(async () => {
    owned = await open();
  });
  after(() => owned.close());

  test("entries of one and the same instant are exported once each, whatever the cuts between them (complaint 42)", async () => {
    const book = new LedgerBook(owned.owner);
    const at = Date.now() - 60_000;
    const pools = Array.from({ length: CUSTOMERS }, (_, number) => {
      book.openCustomer(`twin-${number}`);
      return book.openPool(`twin-${number}`, "images");
    });
    const seen = new Map<string, string[]>(KINDS.map((kind) => [kind, []]));
    const cursors = new Map<string, string>();
    const load = async (): Promise<void> => {
      for (const kind of KINDS) {
        const since = cursors.get(kind);
        const { rows, cursor } = await exported(owned, kind, since === undefined ? {} : { since });
        seen.get(kind)?.push(...rows.map((row) => `${row.customer_id} ${row.seq}`));
        cursors.set(kind, cursor);
      }
    };
    const terms = {
      category: "promo",
      priority: 0,
      effectiveAt: null,
      expiresAt: null,
      isPaymentPending: false,
    } as const;
    for (const [number, pool] of pools.entries()) {
      const grant = {
        kind: "grant",
        asOf: null,
        grantId: `g${number}`,
        amount: 100n * CREDIT,
        ...terms,
      } as const;
      book.carryOut(pool, grant, at);
    }
    await book.write();
    await load();
    for (let event = 0; event < EVENTS; event += 1) {
      // Every other customer each time, the last ones first: behind what was exported, and before it.
      for (const pool of pools.toReversed().filter((_, number) => number % 2 === event % 2)) {
        book.carryOut(pool, { kind: "consume", amount: CREDIT, limit: "hard", occurredAt: at }, at);
      }
      await book.write();
      await load();
    }
    const total = {
      ledger: CUSTOMERS * (1 + EVENTS / 2),
      allocations: CUSTOMERS * (1 + EVENTS / 2),
      usage: CUSTOMERS * (EVENTS / 2),
    };
    for (const kind of KINDS) {
      const names = seen.get(kind) ?? [];
      assert.equal(new Set(names).size, names.length, `${kind}: a row came twice`);
      assert.equal(names.length, total[kind], `${kind}: a row was skipped`);
    }
  });
});
