import type { Kysely } from "kysely";
import { openPGlite, SingleSession } from "./dialects/pglite.ts";
import { openPostgres } from "./dialects/postgres.ts";
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
}

/** Opens and migrates the database. @throws MigrationError when the schema cannot be brought up to date. */
export function openDatabase(target: PostgresTarget | EmbeddedTarget): Promise<Database> {
  return target.kind === "postgres" ? openOnPostgres(target) : openEmbedded(target);
}

async function openOnPostgres(target: PostgresTarget): Promise<Database> {
  const { url, maxConnections, onConnectionError } = target;
  const owner = openPostgres({ url: target.migrationUrl ?? url, maxConnections: 1, role: null, onConnectionError });
  try {
    await migrate(owner);
  } finally {
    await owner.destroy();
  }
  const writer = openPostgres({ url, maxConnections, role: "credits_kit_writer", onConnectionError });
  const reader = openPostgres({ url, maxConnections: 2, role: "credits_kit_reader", onConnectionError });
  return {
    engine: "postgres",
    writer,
    reader,
    close: async () => {
      await Promise.all([writer.destroy(), reader.destroy()]);
    },
  };
}

async function openEmbedded(target: EmbeddedTarget): Promise<Database> {
  const session = new SingleSession(await openPGlite(target.directory));
  await migrate(session.as(null));
  return {
    engine: "pglite",
    writer: session.as("credits_kit_writer"),
    reader: session.as("credits_kit_reader"),
    close: () => session.close(),
  };
}
