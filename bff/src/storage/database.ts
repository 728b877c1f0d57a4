import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from "kysely";
import { openPGlite, SingleSession } from "./dialects/pglite.ts";
import { PostgresSessions } from "./dialects/postgres.ts";
import { migrate } from "./migrate.ts";
import type { Tables } from "./tables.ts";

export type { Tables } from "./tables.ts";

/** A database that is migrated and ready. */
export interface Database {
  readonly engine: "postgres" | "pglite";
  /** For the BFF's own work, as the writer role: it cannot touch a balance but through the guard. */
  readonly writer: Kysely<Tables>;
  /** For audits, as the read-only role. */
  readonly reader: Kysely<Tables>;
  /** A connection of the writer's, for the write path: it pipelines, which Kysely's connections do not. */
  connect(): Promise<PostgresPoolClient>;
  close(): Promise<void>;
}

export interface PostgresTarget {
  readonly kind: "postgres";
  readonly url: string;
  /** The owner's URL, where it differs. */
  readonly migrationUrl: string | null;
  readonly maxConnections: number;
  readonly onConnectionError: (error: Error) => void;
}

export interface EmbeddedTarget {
  readonly kind: "pglite";
  /** Where the files lie; in memory without one. */
  readonly directory: string | null;
  /** What a new database begins as: making one from nothing takes seconds. */
  readonly dump?: Blob;
}

/** Opens and migrates the database. @throws MigrationError when the schema cannot be brought up to date. */
export function openDatabase(target: PostgresTarget | EmbeddedTarget): Promise<Database> {
  return target.kind === "postgres" ? openOnPostgres(target) : openEmbedded(target);
}

async function openOnPostgres(target: PostgresTarget): Promise<Database> {
  const { url, maxConnections, onConnectionError } = target;
  const shared = { url, maxConnections, onConnectionError };
  await migrateAs(
    new PostgresSessions({ ...shared, url: target.migrationUrl ?? url, maxConnections: 1, role: null }),
  );
  const sessions = new PostgresSessions({ ...shared, role: "credits_kit_writer" });
  const writer = overPool(sessions);
  const reader = overPool(new PostgresSessions({ ...shared, maxConnections: 2, role: "credits_kit_reader" }));
  return {
    engine: "postgres",
    writer,
    reader,
    connect: () => sessions.connect(),
    close: async () => {
      await Promise.all([sessions.end(), reader.destroy()]);
    },
  };
}

async function openEmbedded(target: EmbeddedTarget): Promise<Database> {
  const session = new SingleSession(await openPGlite(target.directory, target.dump));
  await migrateAs(session.as(null));
  const sessions = session.as("credits_kit_writer");
  return {
    engine: "pglite",
    writer: overPool(sessions),
    reader: overPool(session.as("credits_kit_reader")),
    connect: () => sessions.connect(),
    close: () => session.close(),
  };
}

function overPool(pool: PostgresPool): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

async function migrateAs(pool: PostgresPool): Promise<void> {
  const owner = overPool(pool);
  try {
    await migrate(owner);
  } finally {
    await owner.destroy();
  }
}
