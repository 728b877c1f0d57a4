import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { assertInvariants } from "../../bff/src/audit/assert-invariants.ts";
import { runAudit } from "../../bff/src/audit/run-audit.ts";
import { ArchivedPast } from "./archived-past.ts";
import { attemptAs, type Attempt } from "./attempt-as.ts";
import { noteFullLife } from "./full-life.ts";
import { LedgerBook } from "./ledger-book.ts";
import { oneOwnedEngine, type OwnedDatabase } from "./owned-database.ts";
import { sealAll } from "./seal-all.ts";

/** What the checkpoint after the 16th entry of the full life says, each changed a little. */
const TAMPERED: Readonly<Record<string, unknown>> = {
  "{balance}": "3000000",
  "{overage}": "4000000",
  "{at}": "4000000000000000",
  "{decidedAt}": "4000000000000000",
  "{endedHolds}": "00",
  "{consumed,0,overage}": "4000000",
  "{consumed,0,draws,0,amount}": "1",
  "{grants,0,remaining}": "4000000",
  "{grants,0,held}": "4000000",
  "{grants,0,amount}": "9000000",
  "{grants,1,priority}": 0,
  "{grants,1,expiresAt}": null,
  "{grants,1,effectiveAt}": 1,
  "{grants,1,frozen}": "1000000",
  "{grants,1,revoked}": "2000000",
  "{grants,1,expired}": "1000000",
  "{grants,1,repaid}": "1000000",
  "{grants,1,unsold}": "4000000",
  "{grants,1,isFrozen}": true,
  "{grants,2,activated}": false,
  "{grants,2,isPaymentPending}": true,
  "{grants,2,isRevoked}": true,
  "{holds,0,captured}": "4000000",
  "{holds,0,amount}": "11000000",
  "{holds,0,expiresAt}": 4_000_000_000_000,
  "{holds,0,parts,0,amount}": "4000000",
};

oneOwnedEngine((open) => {
  let owned: OwnedDatabase;
  let past: ArchivedPast;
  let attempt: Attempt;

  before(async () => {
    owned = await open();
    attempt = attemptAs(owned);
    past = await ArchivedPast.open(owned);
    const book = new LedgerBook(owned.owner);
    for (const name of ["kept", "whole", "untouched"]) noteFullLife(book, name);
    await book.write();
    await sealAll(owned.database, ["kept", "whole"], 16);
    // The 16th entry is of 84 days ago, the 17th of 83; the first block ends between them.
    const report = await past.archive(83.5);
    assert.deepEqual([report.pools, report.entries], [2, 32]);
    await assertInvariants(owned.database);
  });
  after(async () => {
    await owned.close();
    await past.close();
  });

  /** What the audit says of a customer after a change as the owner, which is undone. */
  const auditAfter = async (path: string, value: unknown, isForged: boolean) => {
    await sql`alter table ledger_checkpoints disable trigger all`.execute(owned.owner);
    const { rows } = await sql<{ state: string; hash: string }>`
      select state::text, encode(hash, 'hex') as hash from ledger_checkpoints where customer_id = 'kept'`.execute(
      owned.owner,
    );
    await sql`
      update ledger_checkpoints c
      set state = jsonb_set(c.state, ${path}::text[], ${JSON.stringify(value)}::jsonb, false)
      where customer_id = 'kept'`.execute(owned.owner);
    if (isForged) {
      await sql`
        update ledger_checkpoints c set hash = checkpoint_hash(s.hash, c.state) from ledger_seals s
        where c.customer_id = 'kept' and s.customer_id = c.customer_id and s.to_seq = c.seq`.execute(
        owned.owner,
      );
    }
    const { violations } = await runAudit(owned.database);
    const [before] = rows;
    await sql`
      update ledger_checkpoints set state = ${before?.state}::jsonb, hash = decode(${before?.hash}, 'hex')
      where customer_id = 'kept'`.execute(owned.owner);
    await sql`alter table ledger_checkpoints enable trigger all`.execute(owned.owner);
    assert.deepEqual(
      violations.filter(({ customerId }) => customerId !== "kept"),
      [],
    );
    return violations;
  };

  for (const [path, value] of Object.entries(TAMPERED)) {
    test(`a checkpoint is named whose ${path} was changed`, async () => {
      const violations = await auditAfter(path, value, false);
      assert.ok(
        violations.some(({ invariant, seq }) => invariant === "I-22" && seq === 16),
        JSON.stringify(violations),
      );
    });

    test(`also with its hash made anew, a checkpoint whose ${path} was changed does not go with what followed`, async () => {
      assert.notDeepEqual(await auditAfter(path, value, true), []);
    });
  }

  test("neither the writer nor the reader can archive, make a checkpoint or take entries out", async () => {
    for (const as of ["writer", "reader"] as const) {
      assert.equal(await attempt(as, "select archive_entries('whole', 1, 16)"), "42501");
      assert.equal(await attempt(as, "delete from ledger where customer_id = 'whole'"), "42501");
      assert.equal(await attempt(as, "update ledger_checkpoints set state = '{}'"), "42501");
      assert.equal(await attempt(as, "delete from ledger_checkpoints"), "42501");
      const insert =
        "insert into ledger_checkpoints (customer_id, pool_no, seq, state) values ('whole', 1, 28, '{}')";
      assert.equal(await attempt(as, insert), "42501");
    }
  });

  test("not even the owner takes entries out but by archiving", async () => {
    const spoof = "archive_entries(text,integer,bigint)";
    for (const statement of [
      "delete from ledger where customer_id = 'whole'",
      "truncate ledger",
      "update ledger set seq = seq",
      `delete from ledger /* PL/pgSQL function ${spoof} line 1 at SQL statement */`,
      `do $$ begin delete from ledger /*\nPL/pgSQL function ${spoof} line 1 at SQL statement */; end $$`,
      "delete from ledger_checkpoints",
      "update ledger_checkpoints set state = state",
    ]) {
      assert.equal(await attempt("owner", statement), "CK004", statement);
    }
  });

  test("the owner archives only up to a checkpoint that is where a seal ends, and only what is there", async () => {
    assert.equal(await attempt("owner", "select archive_entries('whole', 1, 28)"), "CK008", "no checkpoint");
    assert.equal(await attempt("owner", "select archive_entries('untouched', 1, 28)"), "CK008", "no seal");
    assert.equal(
      await attempt("owner", "select archive_entries('whole', 1, 16)"),
      "CK008",
      "archived before",
    );
    const checkpoint = (seq: number) =>
      `insert into ledger_checkpoints (customer_id, pool_no, seq, state) values ('whole', 1, ${seq}, '{}')`;
    assert.equal(await attempt("owner", checkpoint(20)), "CK007");
    assert.equal(
      await attempt("owner", `${checkpoint(28)}; select archive_entries('whole', 1, 28)`),
      "taken",
    );
  });
});
