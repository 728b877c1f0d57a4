import assert from "node:assert/strict";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import pg from "pg";
import { openDatabase } from "../../bff/src/storage/database.ts";
import { testPostgres } from "../support/postgres.ts";
import { runProduct, startProductProcess, temporaryFolder } from "../support/product.ts";

const LATER = "2100-01-01";

test("old entries of a running product go into a file, and neither it nor its audit minds", async (t) => {
  await using folder = await temporaryFolder();
  await using out = await temporaryFolder();
  const env = { DATA_DIR: folder.path };
  const archive = (before: string) =>
    runProduct(["archive", "--before", before, "--out", out.path, "--json"], env);
  const product = await startProductProcess({ env });
  t.after(() => product[Symbol.asyncDispose]());
  assert.match((await archive("2001-01-01")).stdout, /"entries":0,"file":null/);
  // What is not sealed yet stays: it takes a few runs until the product has sealed what it was seeded with.
  const { file } = await firstArchive(() => archive(LATER));
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  assert.deepEqual(await readdir(out.path), [file.slice(out.path.length + 1)]);
  const audit = await runProduct(["audit"], env);
  assert.match(audit.stdout, /nothing wrong\n$/);
  await product.kill("SIGTERM");
  const after = await runProduct(["archive", "--before", LATER, "--out", out.path], env);
  assert.match(after.stdout, /^(archived [\d,]+ entr|there is nothing to archive)/, after.stderr);
  assert.equal((await runProduct(["audit"], env)).code, 0);
});

async function firstArchive(run: () => ReturnType<typeof runProduct>): Promise<{ file: string }> {
  for (let tries = 0; tries < 30; tries += 1) {
    const { stdout, stderr } = await run();
    const found = /"entries":[1-9]\d*,"file":"([^"]+)","violations":\[\]/.exec(stdout);
    if (found?.[1]) return { file: found[1] };
    assert.match(stdout, /"file":null/, stderr);
  }
  throw new Error("nothing was ever sealed");
}

test("what does not say what to archive, and where to, is told how", async () => {
  const { code, stderr } = await runProduct(["archive", "--before", "yesterday", "--out", "."]);
  assert.equal(code, 1);
  assert.match(stderr, /archive takes --before <date, such as 2026-01-01> and --out <directory>/);
});

test("a directory without a database has nothing to archive, and nothing is made", async () => {
  await using folder = await temporaryFolder();
  const { code, stdout } = await runProduct(
    ["archive", "--before", LATER, "--out", join(folder.path, "out")],
    {
      DATA_DIR: folder.path,
    },
  );
  assert.deepEqual([code, stdout], [0, "there is nothing to archive\n"]);
  assert.deepEqual(await readdir(folder.path), []);
});

if (process.env["TEST_POSTGRES_URL"]) {
  describe("on Postgres, neither command touches the schema", () => {
    const withDatabase = async (
      run: (url: string, execute: (statement: string) => Promise<string[]>) => Promise<void>,
    ) => {
      const cluster = await testPostgres();
      const url = await cluster.createDatabase();
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        await run(url, async (statement) => {
          const { rows } = await client.query<{ name: string }>(statement);
          return rows.map((row) => row.name);
        });
      } finally {
        await client.end();
        await cluster.dropDatabase(url);
        await cluster.stop();
      }
    };
    const commands = [["audit"], ["archive", "--before", LATER, "--out", "."]];
    const tables = "select tablename as name from pg_tables where schemaname = 'public' order by 1";

    test("a database that nobody migrated is named as such, and stays empty", async () => {
      await withDatabase(async (url, execute) => {
        for (const command of commands) {
          const { code, stderr } = await runProduct(command, { DATABASE_URL: url });
          assert.equal(code, 1);
          assert.equal(
            stderr,
            "the database has none of our tables: start the product once, which makes them\n",
          );
        }
        assert.deepEqual(await execute(tables), []);
      });
    });

    test("a database of an older or a newer release is named as such", async () => {
      await withDatabase(async (url, execute) => {
        const target = { url, migrationUrl: null, maxConnections: 1, onConnectionError: () => undefined };
        await (await openDatabase({ kind: "postgres", ...target })).close();
        for (const command of commands) {
          assert.equal((await runProduct(command, { DATABASE_URL: url })).code, 0);
        }
        await execute("delete from kysely_migration where name = '0009-seals'");
        const older = await runProduct(["audit"], { DATABASE_URL: url });
        assert.equal(older.code, 1);
        assert.match(older.stderr, /older than this release: it lacks 0009-seals\./);
        await execute(
          "insert into kysely_migration (name, timestamp) values ('0009-seals', ''), ('9999-later', '')",
        );
        const newer = await runProduct(["audit"], { DATABASE_URL: url });
        assert.equal(newer.code, 1);
        assert.match(newer.stderr, /newer than this release: it has 9999-later/);
      });
    });
  });
}
