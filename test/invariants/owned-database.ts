import { describe } from "node:test";
import { Kysely, PostgresDialect, type PostgresPool } from "kysely";
import {
  type LedgerOwner,
  ownerOfEmbedded,
  ownerOfPostgres,
} from "../../bff/src/storage/audit/archive/owner.ts";
import { type Database, openDatabase, type Tables } from "../../bff/src/storage/database.ts";
import { openPGlite, SingleSession } from "../../bff/src/storage/dialects/pglite.ts";
import { PostgresSessions } from "../../bff/src/storage/dialects/postgres.ts";
import { migratedDump } from "../../bff/src/storage/test-support/migrated-dump.ts";
import { migrate } from "../../bff/src/storage/migrate.ts";
import { testPostgres } from "../support/postgres.ts";

/** A migrated database with its owner at hand: nothing keeps the owner from writing what must not be. */
export interface OwnedDatabase {
  readonly database: Database;
  readonly owner: Kysely<Tables>;
  /** The owner as the product knows it. */
  readonly asOwner: LedgerOwner;
  close(): Promise<void>;
}

/** Runs the same tests on PGlite in memory, and on Postgres where TEST_POSTGRES_URL names a cluster. */
export function eachOwnedEngine(run: (open: () => Promise<OwnedDatabase>) => void): void {
  describe("on PGlite", () => run(openOwnedPGlite));
  if (process.env["TEST_POSTGRES_URL"]) describe("on Postgres", () => run(openOwnedPostgres));
}

/** Runs tests once, on Postgres where there is one: for what the engines can hardly differ in, at a third of the time. */
export function oneOwnedEngine(run: (open: () => Promise<OwnedDatabase>) => void): void {
  if (process.env["TEST_POSTGRES_URL"]) describe("on Postgres", () => run(openOwnedPostgres));
  else describe("on PGlite", () => run(openOwnedPGlite));
}

/** The embedded database, put together from the parts that `openDatabase` uses, as that one hides its owner. */
export async function openOwnedPGlite(): Promise<OwnedDatabase> {
  const session = new SingleSession(await openPGlite(null, await migratedDump()));
  const owner = over(session.as(null));
  await migrate(owner);
  const sessions = session.as("credits_kit_writer");
  const database: Database = {
    engine: "pglite",
    writer: over(sessions),
    reader: over(session.as("credits_kit_reader")),
    connect: () => sessions.connect(),
    close: () => session.close(),
  };
  return { database, owner, asOwner: ownerOfEmbedded(database), close: () => database.close() };
}

async function openOwnedPostgres(): Promise<OwnedDatabase> {
  const cluster = await testPostgres();
  const url = await cluster.createDatabase();
  const options = { url, maxConnections: 4, onConnectionError: () => undefined };
  const database = await openDatabase({ kind: "postgres", migrationUrl: null, ...options });
  const owner = over(new PostgresSessions({ ...options, maxConnections: 1, role: null }));
  const asOwner = ownerOfPostgres({ url, migrationUrl: null });
  return {
    database,
    owner,
    asOwner,
    close: async () => {
      await Promise.all([database.close(), owner.destroy(), asOwner.close()]);
      await cluster.dropDatabase(url);
      await cluster.stop();
    },
  };
}

function over(pool: PostgresPool): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}
