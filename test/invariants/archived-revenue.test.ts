import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Command } from "@credits-kit/engine";
import { sql } from "kysely";
import { ArchivedPast } from "./archived-past.ts";
import { exported } from "./exported.ts";
import { LedgerBook } from "./ledger-book.ts";
import { oneOwnedEngine, type OwnedDatabase } from "./owned-database.ts";
import { CREDIT } from "./plain-life.ts";
import { DAY } from "./random-commands.ts";
import { sealAll } from "./seal-all.ts";

oneOwnedEngine((open) => {
  let owned: OwnedDatabase;
  let past: ArchivedPast;

  before(async () => {
    owned = await open();
    past = await ArchivedPast.open(owned);
    const book = new LedgerBook(owned.owner);
    book.openCustomer("late");
    const pool = book.openPool("late", "images");
    const start = Date.now() - 100 * DAY;
    const carryOut = (day: number, command: Command) =>
      assert.ok(book.carryOut(pool, command, start + day * DAY));
    const named = { grantId: "late", amount: 20n * CREDIT, category: "paid", priority: 0 } as const;
    carryOut(1, {
      ...{ kind: "grant", ...named, asOf: null, effectiveAt: null, expiresAt: null, isPaymentPending: true },
    });
    carryOut(2, { kind: "revoke", grantKey: 1, closed: null, amount: 3n * CREDIT });
    carryOut(3, { kind: "confirm_payment", grantKey: 1, closed: null });
    carryOut(4, { kind: "revoke", grantKey: 1, closed: null, amount: 5n * CREDIT });
    carryOut(5, { kind: "consume", amount: 4n * CREDIT, limit: "hard", occurredAt: start + 5 * DAY });
    carryOut(90, { kind: "consume", amount: 2n * CREDIT, limit: "hard", occurredAt: start + 90 * DAY });
    await book.write();
    await sql`update grants set cost_basis_amount = '0.01', cost_basis_currency = 'usd'`.execute(owned.owner);
    await sealAll(owned.database, ["late"], 5);
  });
  after(async () => {
    await owned.close();
    await past.close();
  });

  const totals = async () => {
    const { rows } = await exported(owned, "revenue");
    const sum = (column: "paid_minor" | "refunded_minor" | "recognised_minor") =>
      rows.reduce((total, row) => total + Number(row[column]), 0);
    return [sum("paid_minor"), sum("refunded_minor"), sum("recognised_minor")];
  };

  test("what was revoked before its payment is neither paid nor refunded, also once it is archived", async () => {
    assert.deepEqual(await totals(), [17, 5, 6]);
    const { entries } = await past.archive(50);
    assert.equal(entries, 5);
    assert.deepEqual(await totals(), [17, 5, 6]);
  });
});
