import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { assertInvariants } from "../../bff/src/audit/assert-invariants.ts";
import { runAudit } from "../../bff/src/audit/run-audit.ts";
import { LedgerBook } from "./ledger-book.ts";
import { oneOwnedEngine, type OwnedDatabase } from "./owned-database.ts";

const DAY = 24 * 60 * 60 * 1000;
const START = Date.now() - 100 * DAY;
const day = (days: number) => new Date(START + days * DAY);

const plain = {
  kind: "grant",
  amount: 10_000_000n,
  category: "recurring",
  priority: 0,
  effectiveAt: null,
  isPaymentPending: false,
} as const;

/**
 * What a plan gives late, as a ledger has it:
 *
 *     1 granted, until day 30        4 granted on day 35, as of day 30, until day 60
 *     2 granted, until day 32        5 expired, of 2, on day 32
 *     3 expired, of 1, on day 30     6 consumed on day 35, of 4
 */
function noteLateLife(book: LedgerBook, customerId: string): void {
  book.openCustomer(customerId);
  const pool = book.openPool(customerId, "images");
  const on = (days: number) => START + days * DAY;
  const grant = (grantId: string, asOf: number | null, until: number) =>
    ({ ...plain, grantId: `${customerId}-${grantId}`, asOf, expiresAt: on(until) }) as const;
  book.carryOut(pool, grant("a", null, 30), on(0));
  book.carryOut(pool, grant("b", null, 32), on(1));
  book.carryOut(pool, grant("c", on(30), 60), on(35));
  const occurredAt = on(35);
  book.carryOut(pool, { kind: "consume", amount: 1_000_000n, limit: "hard", occurredAt }, on(35));
}

/** What somebody makes of the fourth entry, and why that cannot have been. */
const CORRUPTIONS = [
  ["before what had expired by then", day(29)],
  ["after what expired only later", day(33)],
  ["when it was written, after which nothing could expire any more", day(35)],
] as const;

oneOwnedEngine((open) => {
  let owned: OwnedDatabase;
  before(async () => {
    owned = await open();
    const book = new LedgerBook(owned.owner);
    for (const index of [...CORRUPTIONS.keys(), "sound"]) noteLateLife(book, `late-${index}`);
    await book.write();
    await assertInvariants(owned.database);
    await sql`alter table ledger disable trigger all`.execute(owned.owner);
  });
  after(() => owned.close());

  for (const [index, [what, occurredAt]] of CORRUPTIONS.entries()) {
    test(`a grant that claims to have been given ${what} is found`, async () => {
      const customerId = `late-${index}`;
      await sql`
        update ledger set occurred_at = ${occurredAt} where customer_id = ${customerId} and seq = 4`.execute(
        owned.owner,
      );
      const { violations } = await runAudit(owned.database);
      const found = violations.filter((each) => each.customerId === customerId);
      assert.ok(found.length > 0, JSON.stringify(violations));
      assert.ok(!violations.some((each) => each.customerId === "late-sound"));
    });
  }
});
