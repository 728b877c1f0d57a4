import { Kysely, PostgresDialect, sql } from "kysely";
import type { Database, PostgresTarget, Tables } from "../database.ts";
import { PostgresSessions } from "../dialects/postgres.ts";
import { MIGRATION_NAMES, MigrationError } from "../migrate.ts";

/** No such table, no such role, no right to it: nobody made a schema here, or an older release did. */
const NOT_OURS = new Set(["42P01", "42704", "22023", "42501"]);

/**
 * Opens a Postgres as it is, for whoever must change nothing in it.
 * @throws MigrationError when its schema is not the one of this release
 */
export async function openUnmigrated(target: Omit<PostgresTarget, "kind">): Promise<Database> {
  const { url, maxConnections, onConnectionError } = target;
  const shared = { url, maxConnections, onConnectionError };
  const sessions = new PostgresSessions({ ...shared, maxConnections: 1, role: "credits_kit_writer" });
  const readers = new PostgresSessions({ ...shared, role: "credits_kit_reader" });
  const [writer, reader] = [overPool(sessions), overPool(readers)];
  const database: Database = {
    engine: "postgres",
    writer,
    reader,
    connect: () => sessions.connect(),
    close: async () => {
      await Promise.all([writer.destroy(), reader.destroy()]);
    },
  };
  try {
    refuseOtherSchema(await appliedMigrations(writer));
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

function overPool(pool: PostgresSessions): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

async function appliedMigrations(db: Kysely<Tables>): Promise<string[]> {
  try {
    const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
    return rows.map((row) => row.name);
  } catch (error) {
    if (error instanceof Error && "code" in error && NOT_OURS.has(String(error.code))) return [];
    throw error;
  }
}

function refuseOtherSchema(applied: readonly string[]): void {
  const missing = MIGRATION_NAMES.filter((name) => !applied.includes(name));
  const unknown = applied.filter((name) => !MIGRATION_NAMES.includes(name));
  if (unknown.length > 0) {
    throw new MigrationError(`the database is newer than this release: it has ${unknown.join(", ")}`, null);
  }
  if (applied.length === 0) {
    throw new MigrationError(
      "the database has none of our tables: start the product once, which makes them",
      null,
    );
  }
  if (missing.length === 0) return;
  throw new MigrationError(
    `the database is older than this release: it lacks ${missing.join(", ")}. Start the product once, which brings it up to date`,
    null,
  );
}
