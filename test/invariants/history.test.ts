import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { assertInvariants } from "../../bff/src/audit/assert-invariants.ts";
import { formatAudit } from "../../bff/src/audit/report.ts";
import { runAudit } from "../../bff/src/audit/run-audit.ts";
import { CREDIT } from "./plain-life.ts";
import { LedgerBook } from "./ledger-book.ts";
import { eachOwnedEngine, type OwnedDatabase } from "./owned-database.ts";
import { noteRandomLife, randomFrom } from "./random-history.ts";
import { testSeed } from "../support/seeded-random.ts";

const CUSTOMERS = 90;

eachOwnedEngine((open) => {
  let owned: OwnedDatabase;
  let book: LedgerBook;

  before(async () => {
    owned = await open();
    book = new LedgerBook(owned.owner);
  });
  after(() => owned.close());

  test("an empty database has nothing wrong", async () => {
    const report = await runAudit(owned.database);
    assert.deepEqual(report, { pools: 0, entries: 0, violations: [] });
  });

  test("a grant that is due and not yet settled is no fault", async () => {
    book.openCustomer("late");
    const pool = book.openPool("late", "images");
    const day = 24 * 60 * 60 * 1000;
    const terms = {
      kind: "grant",
      asOf: null,
      category: "promo",
      priority: 0,
      amount: CREDIT,
      isPaymentPending: false,
    } as const;
    const begun = Date.now() - 9 * day;
    book.carryOut(pool, { ...terms, grantId: "over", effectiveAt: null, expiresAt: begun + day }, begun);
    book.carryOut(pool, { ...terms, grantId: "begun", effectiveAt: begun + day, expiresAt: null }, begun);
    await book.write();
    await assertInvariants(owned.database);
  });

  test("a burn at the very moment at which its grant ended is found", async () => {
    book.openCustomer("moments");
    const pool = book.openPool("moments", "images");
    const now = Date.now() - 20_000;
    const terms = {
      category: "promo",
      priority: 0,
      effectiveAt: null,
      expiresAt: null,
      isPaymentPending: false,
    } as const;
    book.carryOut(pool, { kind: "grant", asOf: null, grantId: "moment", amount: CREDIT, ...terms }, now);
    await book.write();
    for (const at of [now + 2_000, now + 2_001]) {
      book.carryOut(pool, { kind: "consume", amount: 1n, limit: "hard", occurredAt: at }, at);
      await book.write();
    }
    await assertInvariants(owned.database);
    // Whoever forges the terms forges what was told of them too.
    await sql`
      with ended as (
        update grants set expires_at = ${new Date(now + 2_000).toISOString()} where customer_id = 'moments' returning *
      ), forgotten as (
        update commands set answer = null where customer_id = 'moments'
      )
      update pools p set next_due_at = ended.expires_at from ended
      where p.customer_id = ended.customer_id`.execute(owned.owner);
    const { violations } = await runAudit(owned.database);
    assert.deepEqual(
      violations.map(({ customerId, invariant, seq }) => ({ customerId, invariant, seq })),
      [{ customerId: "moments", invariant: "I-10", seq: 2 }],
    );
    await sql`update grants set expires_at = null where customer_id = 'moments'`.execute(owned.owner);
  });

  test("years of many customers have nothing wrong, and every entry was looked at", async (t) => {
    const seed = testSeed();
    const random = randomFrom(seed);
    for (let index = 0; index < CUSTOMERS; index += 1) {
      noteRandomLife(book, { customerId: `random-${index}`, commands: 1 + random(300), random });
    }
    // One customer who alone fills several pages.
    noteRandomLife(book, { customerId: "random-busy", commands: 8_000, random });
    await book.write();
    const report = await runAudit(owned.database);
    assert.equal(
      formatAudit({ ...report, violations: report.violations.slice(0, 10) })
        .split(": ")
        .at(-1),
      "nothing wrong",
      `seed ${seed}`,
    );
    assert.equal(report.entries, book.entries);
    const { rows } = await sql<{ type: string; entries: string }>`
      select type::text, count(*) as entries from ledger group by type`.execute(owned.owner);
    assert.equal(rows.length, 12, "every kind of entry occurs");
    t.diagnostic(`seed ${seed}: ${rows.map(({ type, entries }) => `${entries} ${type}`).join(", ")}`);
  });
});
