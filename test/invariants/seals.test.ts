import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { assertInvariants } from "../../bff/src/audit/assert-invariants.ts";
import { type Attempt, attemptAs } from "./attempt-as.ts";
import { noteFullLife } from "./full-life.ts";
import { LedgerBook } from "./ledger-book.ts";
import { oneOwnedEngine, type OwnedDatabase } from "./owned-database.ts";
import { sealAll } from "./seal-all.ts";

/** What the entry below is sealed as, on every engine and version, for ever. */
const GOLDEN_LINE =
  `{1,1,1700000000123000,1700000000123000,1700000000123000,5000000,5000000,0,NULL,NULL,NULL}|granted|{1}|{5000000}|-|` +
  `{6,3,NULL,7,3,NULL,NULL,NULL,NULL,NULL}|golden|api|api_key|key`;
const GOLDEN_HASH = "409d5be70a3575390c5d1f8ad42ba20759c6eea3a9a70eeb70cb9ff0851cf005";

oneOwnedEngine((open) => {
  let owned: OwnedDatabase;
  let attempt: Attempt;

  before(async () => {
    owned = await open();
    attempt = attemptAs(owned);
    const book = new LedgerBook(owned.owner);
    noteFullLife(book, "sealed");
    noteFullLife(book, "open");
    book.openCustomer("golden");
    const grant = {
      kind: "grant",
      asOf: null,
      grantId: "golden",
      amount: 5_000_000n,
      category: "promo",
      priority: 0,
    } as const;
    const always = { effectiveAt: null, expiresAt: null, isPaymentPending: false };
    book.carryOut(book.openPool("golden", "images"), { ...grant, ...always }, 1_700_000_000_123);
    await book.write();
    await sealAll(owned.database, ["sealed", "golden"], 10);
  });
  after(() => owned.close());

  const seal = (customer: string, from: number, to: number) =>
    `insert into ledger_seals (customer_id, pool_no, from_seq, to_seq) values ('${customer}', 1, ${from}, ${to})`;

  test("the writer may seal what comes next", async () => {
    assert.equal(await attempt("writer", seal("open", 1, 5)), "taken");
  });

  for (const as of ["writer", "owner"] as const) {
    test(`the ${as} cannot make a seal that does not continue the chain`, async () => {
      assert.equal(await attempt(as, seal("open", 2, 5)), "CK007", "from the middle");
      assert.equal(await attempt(as, seal("sealed", 5, 12)), "CK007", "over the edge of a block");
      assert.equal(await attempt(as, seal("open", 1, 29)), "CK007", "past the last entry");
      assert.equal(await attempt(as, seal("nobody", 1, 1)), "CK007", "of a pool that is not there");
      assert.equal(await attempt(as, seal("open", 3, 2)), "CK007", "backwards");
      assert.equal(await attempt(as, seal("sealed", 11, 12)), "23505", "once more");
    });
  }

  test("the writer cannot say what the hash is, nor when a seal was made", async () => {
    const insert = (column: string, value: string) => `
      insert into ledger_seals (customer_id, pool_no, from_seq, to_seq, ${column}) values ('open', 1, 1, 5, ${value})`;
    assert.equal(await attempt("writer", insert("hash", "sha256('')")), "42501");
    assert.equal(await attempt("writer", insert("sealed_at", "now()")), "42501");
    assert.equal(await attempt("writer", insert("form", "2")), "42501");
  });

  test("nobody changes a seal, not even its owner", async () => {
    for (const statement of [
      "update ledger_seals set to_seq = to_seq",
      "delete from ledger_seals",
      "truncate ledger_seals",
      `${seal("sealed", 11, 12)} on conflict (customer_id, pool_no, from_seq) do update set to_seq = 12`,
    ]) {
      assert.equal(await attempt("owner", statement), "CK004", statement);
      assert.equal(await attempt("writer", statement), "42501", statement);
    }
    assert.equal(await attempt("reader", seal("open", 1, 5)), "42501");
  });

  test("an entry is sealed as the same text in every session, on every engine", async () => {
    const line = sql<{ line: string; hash: string }>`
      select ledger_line_1(l) as line, encode(seal_hash('', 'golden', 1, 1, 1), 'hex') as hash
      from ledger l where customer_id = 'golden'`;
    const [plain] = (await line.execute(owned.owner)).rows;
    const [foreign] = await owned.owner.transaction().execute(async (transaction) => {
      for (const setting of [
        "timezone = 'Asia/Tokyo'",
        "datestyle = 'SQL, DMY'",
        "intervalstyle = 'sql_standard'",
        "extra_float_digits = -15",
        "bytea_output = 'escape'",
      ]) {
        await sql.raw(`set local ${setting}`).execute(transaction);
      }
      return (await line.execute(transaction)).rows;
    });
    assert.deepEqual(plain, { line: GOLDEN_LINE, hash: GOLDEN_HASH });
    assert.deepEqual(foreign, plain);
  });

  test("every column of the ledger is sealed", async () => {
    const { rows } = await sql<{ name: string }>`
      select column_name as name from information_schema.columns
      where table_name = 'ledger' and strpos(pg_get_functiondef('ledger_line_1'::regproc), 'l.' || column_name) = 0`.execute(
      owned.owner,
    );
    assert.deepEqual(rows, []);
  });

  test("entries after the last seal are no fault", async () => {
    await assertInvariants(owned.database);
  });
});
