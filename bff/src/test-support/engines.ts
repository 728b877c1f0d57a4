import { describe } from "node:test";
import { type Database, openDatabase } from "../storage/database.ts";
import { migratedDump } from "../storage/test-support/migrated-dump.ts";
import { freshPostgres } from "../storage/test-support/fresh-postgres.ts";

/** A migrated database for tests, empty and of its own. */
export interface TestDatabase {
  readonly database: Database;
  /** Where it is, for a second process or connection; null on the embedded engine. */
  readonly url: string | null;
  close(): Promise<void>;
}

/** An engine that the tests run on. */
export interface Engine {
  readonly name: "PGlite" | "Postgres";
  open(): Promise<TestDatabase>;
}

/** The embedded engine, in memory. */
export const pglite: Engine = {
  name: "PGlite",
  open: async () => {
    const dump = await migratedDump();
    const database = await openDatabase({ kind: "pglite", directory: null, ...(dump ? { dump } : {}) });
    return { database, url: null, close: () => database.close() };
  },
};

function postgres(adminUrl: string): Engine {
  return {
    name: "Postgres",
    open: async () => {
      const { url, drop } = await freshPostgres(adminUrl);
      const database = await openTestPostgres(url);
      return {
        database,
        url,
        close: async () => {
          await database.close();
          await drop();
        },
      };
    },
  };
}

/** Opens a Postgres as a replica of the BFF would. */
export function openTestPostgres(url: string): Promise<Database> {
  return openDatabase({
    kind: "postgres",
    url,
    migrationUrl: null,
    maxConnections: 6,
    onConnectionError: () => undefined,
  });
}

/** Runs the same tests on PGlite, and on Postgres where TEST_POSTGRES_URL names a cluster. */
export function eachEngine(run: (engine: Engine) => void): void {
  for (const engine of engines()) describe(`on ${engine.name}`, () => run(engine));
}

/** Runs tests once, on Postgres where there is one: for what the engines can hardly differ in, at a third of the time. */
export function oneEngine(run: (engine: Engine) => void): void {
  const engine = engines().at(-1) ?? pglite;
  describe(`on ${engine.name}`, () => run(engine));
}

function engines(): Engine[] {
  const adminUrl = process.env.TEST_POSTGRES_URL;
  return [pglite, ...(adminUrl ? [postgres(adminUrl)] : [])];
}
