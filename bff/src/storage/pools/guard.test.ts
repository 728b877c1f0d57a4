import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eachEngine, type TestDatabase } from "../../test-support/engines.ts";
import { fingerprint } from "../test-support/fingerprint.ts";
import { ATTACKS, BEGINNING, GOOD, insert } from "../test-support/ledger-attacks.ts";
import { seedCustomers } from "../test-support/seed-customers.ts";

eachEngine((engine) => {
  let opened: TestDatabase;
  let untouched: Record<string, string>;
  before(async () => {
    opened = await engine.open();
    await seedCustomers(opened.database, 2);
    const connection = await opened.database.connect();
    for (const statement of BEGINNING) await connection.query(statement, []);
    connection.release();
    untouched = await fingerprint(opened.database);
  });
  after(async () => {
    assert.deepEqual(await fingerprint(opened.database), untouched);
    await opened.close();
  });

  /** Runs a statement as the write path's role, and undoes it; answers the code it failed with. */
  const attempt = async (statement: string): Promise<string | null> => {
    const connection = await opened.database.connect();
    await connection.query("begin", []);
    try {
      for (const each of statement.split(";")) await connection.query(each, []);
      return null;
    } catch (error) {
      return error instanceof Error && "code" in error ? String(error.code) : String(error);
    } finally {
      await connection.query("rollback", []);
      connection.release();
    }
  };

  test("the entry that the attacks vary is taken", async () => {
    assert.equal(await attempt(insert(GOOD)), null);
    assert.equal(await attempt(insert(GOOD, { seq: 4, end: 7_000_000 })), null);
    assert.equal(await attempt(insert({ seq: 4, end: 7_000_000 }, GOOD)), null, "in any order");
  });

  for (const [name, statement, code] of ATTACKS) {
    test(`the writer cannot bring in ${name}`, async () => {
      const answered = (await attempt(statement)) ?? "nothing: it was taken";
      if (typeof code === "string") assert.equal(answered, code);
      else assert.match(answered, code);
    });
  }

  test("the writer cannot become the owner", async () => {
    const connection = await opened.database.connect();
    const { rows } = await connection.query<{ member: boolean; super: boolean }>(
      `select pg_has_role(current_user, (select tableowner from pg_tables where tablename = 'ledger'), 'member') as member,
         (select rolsuper from pg_roles where rolname = current_user) as super`,
      [],
    );
    connection.release();
    assert.deepEqual(rows, [{ member: false, super: false }]);
  });
});
